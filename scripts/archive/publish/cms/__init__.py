"""The form at `/admin/`: its page, its fields and the program that shows it."""
