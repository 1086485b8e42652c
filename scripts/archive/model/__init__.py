"""The data model: records, documents, dates, vocabularies, fields, URLs and settings. Imports no other package."""
