"""Make what the search page reads: the catalogue of dates and facets, and the word index."""
