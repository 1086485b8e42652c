"""The archive program: text -> Document -> Statement -> Archive -> Index -> pages -> MkDocs or disk.

A type changes at every arrow, so no stage can be skipped: `read` makes Documents (fields with line and column),
`check` makes an Archive or a list of Problems, `index` sorts it, `pages` places it in templates, `site` composes
these into `{path: content}`, and only the MkDocs hook, `publish` and `cli` write or print.
"""
