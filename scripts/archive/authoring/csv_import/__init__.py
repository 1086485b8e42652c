"""A table of statements (CSV) -> the records it would make or change: `table` reads it, `columns` says what its columns
are by the field table, `rows` makes fields of a row's cells, `plan` checks them all, `account` says what would be done.
"""
