"""The files of `statements/`: read with line and column, parsed, formatted and saved."""
