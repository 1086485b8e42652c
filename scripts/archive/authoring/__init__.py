"""Make the files of records from what a maintainer types, pastes or imports."""
