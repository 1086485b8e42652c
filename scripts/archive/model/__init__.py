"""What there is: records, documents, dates, vocabularies, fields, URLs and settings. Imports no other room."""
