"""Import statements from a CSV table.

`table` reads the file, `rows` turns the cells of a row into the fields of a record by the field table, and `plan`
checks what every row would create or change, and reports it.
"""
