"""Pasted press text -> what can be told from it for a record: `press` reads it, the other modules find."""
