"""Entry point of `python -m cchc_desk.console`."""

import sys

from cchc_desk.console import main

sys.exit(main())
