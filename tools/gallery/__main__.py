"""`python -m tools.gallery`: see tools/gallery/runner.py."""

import sys

from tools.gallery.runner import main

sys.exit(main())
