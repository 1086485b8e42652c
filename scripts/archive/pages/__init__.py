"""The inside of every page, as HTML made by the templates in `templates/`."""
