"""Fetch axe-core, the checker of pages for screen readers and keyboards, from npm to .venv.

The package is pinned by its content; only the tests of the city's pages use it, nothing of it is
shipped.
"""

import base64
import hashlib
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "axe-core@4.14.1"  # MPL-2.0
SHA512 = "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="
TARGET = Path(".venv/axe.min.js")


def main() -> int:
    """Exit code 0 once it is there."""
    if TARGET.exists():
        return 0
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["npm", "pack", PACKAGE, "--silent"], cwd=folder, check=True, stdout=subprocess.DEVNULL
        )
        (packed,) = Path(folder).glob("*.tgz")
        if base64.b64encode(hashlib.sha512(packed.read_bytes()).digest()).decode() != SHA512:
            sys.stderr.write(f"{PACKAGE}: nội dung khác với bản đã ghim; chưa dùng.\n")
            return 1
        with tarfile.open(packed) as archive:
            script = archive.extractfile("package/axe.min.js")
            assert script is not None, "the script stands in the pinned package"
            TARGET.write_bytes(script.read())
    return 0


if __name__ == "__main__":
    sys.exit(main())
