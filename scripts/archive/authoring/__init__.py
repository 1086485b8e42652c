"""What a maintainer types, pastes or imports becomes the file of a record."""
