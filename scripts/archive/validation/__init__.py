"""What is wrong with the content: rules, wording, copied passages, and the report of the problems."""
