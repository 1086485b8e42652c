"""The archive program: text -> Document -> Statement -> Archive -> Index -> pages -> MkDocs or disk.

A type changes at every arrow, so no stage can be skipped.

- What there is: `model` (the records), `edtf` (dates), `choices`, `values`, `fields` (the field table).
- text -> Document: `read`, the only reader of content.
- Document -> Statement: `convert`, by the field table.
- Statements -> Archive, or every problem: `check`, with the rules in `rules` and, about wording, `wording`; both see a
  record beside its document, `checked`. An edition against the manifest of an earlier one: `continuity`.
- Archive -> Index: `index`, the only place that sorts.
- Archive and Index -> pages: `pages`, from `calendar_pages`, `statement_pages`, `event_pages`, `addressee_pages`,
  `figures_pages`, `corrections_pages`, `search_pages`, `redirect_pages`, `data_page` and `dictionary`; what they share
  is in `page`, `lists`, `figures`, `material`, `provenance`, `hrefs`, `follow`, `words`; `statement_head` and
  `statement_graph` make what programs read of a statement's page; `body` renders a summary, `addresses` says where
  everything stands. The templates are in `templates/`.
- Archive and Index -> what the search page reads: `catalogue`.
- Archive and Index -> what is taken away: `exports`. Citations: `csl` is the form that `bibtex` and `ris` are made
  from, `citations` says which files there are. Feeds: `feeds` says which there are, `entries` what stands in them,
  `atom` and `jsonfeed` how they are written. Data: `records` by the field table (`plain`, `columns`), `tables` for
  `guarded_csv`, `sqlite` and `datapackage`, `schemas` by the field table too, `manifest` of what was published, by the
  hashes in `substance`, all gathered in `dataset`. Besides these, `calendar`, `robots` and `headers`.
- What a maintainer pastes -> a draft of a record: `drafting`.
- Fields -> the text of a record: `compose`.
- Date and title -> a new draft: `newly`, with the words of its id from `slugs`.
- A table of statements -> the records it would make or change: `importing`.
- Record and the text of its source -> the words they share: `overlap`.
- What a maintainer sets -> where errors are reported, files edited and forms saved: `settings`; `web_editor` opens the
  host's editor at a new statement; `admin` makes the page of a form, of the fields in `admin_form`, and `admin_program`
  gets the program that shows it, by way of `npm`.
- Pages, catalogue and exports -> {path: content}: `site`.
- To MkDocs: `mkdocs_hook`, the only importer of mkdocs, with the theme in `theme/`. The live preview: `serving`, around
  MkDocs' server, and `preview`, which says above a page what is wrong. To disk: `publish`, by way of `replacing` and
  `exchange`, after `linkcheck`; records, by `writing`. Rendered site -> index of its words: `search_index`. Files ->
  their hashes, and what differs from them: `fixity`; captured texts beside the records: `captures`. Sources and site ->
  a bag to be kept elsewhere: `bag`. To people: `cli`, with the commands in
  `cli.build`, `cli.records` and `cli.keep`; `problem_list` says the problems, for programs too. What stops a command is
  an `errors.ArchiveError`. To a web server: `nginx`, with the headers that `exports.headers` lists.
"""
