"""Draft a record from the text of a press report, pasted by a maintainer.

How the text becomes a draft, in the order of the modules:

1. `press_text` decodes the bytes, cuts off the rest of the page (of a saved page with `saved_page`) and numbers the
   paragraphs. `attribution` tells the paragraphs of the statement from the outlet's own background.
2. Of the report: `report_date` finds its date and the statement's among the days of `dates`; `outlets` finds who
   published it, `byline` its title and author, `language` its language.
3. Of the statement: `statement_form` finds what was issued, `issuer` by whom. `names` finds every authority that is
   named; from these `recipients` finds the addressees and requests, `events` the events (with `dates`), `instruments`
   the legal instruments.
4. Of its figures: `numbers` finds the numbers, `measures` the words of what is counted and what became of it, `counts`
   puts them together sentence by sentence, `figure_event` chooses the event, `figures` makes the figures.
5. `findings` gathers all of it as findings: a field, a value, a place in the text and what is in doubt.
6. `draft` writes the record from the findings, and the account of them.

The words of three languages that are looked for stand in `words.yml`, which `lexicon` reads; names of authorities and
the phrases of measures come from the archive's own files; patterns that only one module needs stand at its top.
"""
