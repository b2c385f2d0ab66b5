"""`make pictures`: pictures of the README and the guides, drawn anew and small in docs/pictures."""

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

# The name in docs/pictures, and what it is called in the gallery.
BEST = {
    "today": "today/today-typical-100-light-1366",
    "intake": "intake/intake-date-typical-100-light-1920",
    "accepted": "intake/intake-accepted-typical-100-light-1366",
    "dossier": "dossier/dossier-typical-100-light-1366",
    "apology": "overdue/overdue-letter-typical-100-light-1366",
    "five-percent": "registers/registers-14-full-100-dark-1366",
    "courtesy": "courtesy/courtesy-full-100-light-1366",
    "mirror": "mirror/mirror-rating-typical-100-light-1366",
    "palette": "palette/palette-found-typical-100-light-1366",
    "list-preview": "lists/lists-preview-typical-100-light-1366",
    "list-mend": "lists/lists-mend-typical-100-light-1366",
    "list-taken": "lists/lists-taken-typical-100-light-1366",
    "list-day": "lists/lists-day-typical-100-light-1366",
    "list-dossier": "lists/lists-dossier-typical-100-light-1366",
    "lesson": "practice/practice-running-typical-100-light-1366",
}


def main() -> int:
    """Draw them into the folder named on the command line; return the exit code."""
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    asked = [
        f"--pages={','.join(sorted({name.partition('/')[0] for name in BEST.values()}))}",
        "--sizes=100",
    ]
    with tempfile.TemporaryDirectory() as out:
        drawn = subprocess.run(
            [sys.executable, "-m", "tools.gallery", out, "--states=typical,full", *asked],
            check=False,
        )
        for name, picture in BEST.items():
            few_colours = Image.open(f"{out}/{picture}.png").quantize(128, dither=Image.Dither.NONE)
            few_colours.save(target / f"{name}.png", optimize=True)
    return drawn.returncode


if __name__ == "__main__":
    sys.exit(main())
