"""The archive program: text -> Document -> Statement -> Archive -> Index -> pages and exports -> renderer or disk.

A type changes at every arrow, so no stage can be skipped. Ten packages, each of which imports only those before it:

- `model`: what there is: records, documents, fields, vocabularies, dates, URLs, settings; `index` puts it in order.
- `text`: words for people: Markdown, formatting, descriptions of sources, slugs.
- `content`: text -> Document -> Statement, and back: `reader`, `parser`, `writer`, `save`.
- `validation`: Statements -> Archive, or every problem: `validate`, with `rules` and `wording`.
- `exports`: Archive and Index -> what can be downloaded: `citations`, `feeds`, `data`, `ical`.
- `search`: Archive and Index -> what the search page reads: `facets`, `words`.
- `pages`: Archive and Index -> pages, by the templates in `templates/`.
- `authoring`: what a maintainer types, pastes or imports -> the file of a record: `new`, `extract`, `csv_import`.
- `publish`: pages and exports -> the site: `generate`, `build`, `renderer_mkdocs` with the frame in `theme/`,
  `preview`; then `linkcheck`, `fixity`, `continuity`, `bag`.
- `cli`: the command.

docs/developing.md says more, and which files to open for what.
"""
