"""Pasted press text -> what can be told from it for a record -> a draft of one.

- The text: `press` reads it, up to where `page` says that it ends; `intake` refuses what is none, `attribution` tells
  the statement from the outlet's background.
- Its head: `head_date` (of the days that `dates` reads), `outlets`, `byline`, `form`, `issuer`, `language`.
- What it speaks of: `names` finds every name of an authority; from these `events`, `addressees` and `instruments`;
  `figures` from `numbers` and what the measures say.
- `findings` gathers all of it; `draft` makes the record, `account` tells the person, in the words of `places`;
  `drafted` puts them together.
"""
