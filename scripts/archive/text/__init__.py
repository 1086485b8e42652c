"""Words for people: Markdown, numbers and dates in words, descriptions of sources, slugs."""
