"""The archive program: text -> Document -> Statement -> Archive -> Index -> pages -> MkDocs or disk.

A type changes at every arrow, so no stage can be skipped.

- What there is: `model` (the records), `edtf` (dates), `choices`, `values`, `fields` (the field table).
- text -> Document: `read`, the only reader of content.
- Document -> Statement: `convert`, by the field table.
- Statements -> Archive, or every problem: `check`, with the rules in `rules` and, about wording, `wording`; both see a
  record beside its document, `checked`.
- Archive -> Index: `index`, the only place that sorts.
- Archive and Index -> pages: `pages`, from `calendar_pages`, `statement_pages`, `event_pages`, `addressee_pages`,
  `search_pages` and `dictionary`; what they share is in `page`, `lists`, `figures`, `material`, `provenance`, `hrefs`,
  `words`; `body` renders a summary, `addresses` says where everything stands. The templates are in `templates/`. What
  programs read in the head of a statement's page: `statement_head`, with the graph for JSON-LD, `statement_graph`.
- Archive and Index -> what the search page reads: `catalogue`.
- Archive and Index -> what is taken away, citations, feeds and data: `exports`. Citations: `exports.csl`, the form they
  all come from, `exports.bibtex`, `exports.ris`, and `exports.citations`, their files.
- Pages, catalogue and exports -> {path: content}: `site`.
- To MkDocs: `mkdocs_hook`, the only importer of mkdocs, with the theme in `theme/`. To disk: `publish`, by way of
  `replacing`, after `linkcheck`. Rendered site -> index of its words: `search_index`. To people: `cli`.
"""
