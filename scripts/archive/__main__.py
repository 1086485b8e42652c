"""`python -m archive` is the command `archive`."""

import sys

from archive.cli import main

sys.exit(main())
