"""`python -m manual` is the command `manual`."""

import sys

from manual.cli import main

sys.exit(main())
