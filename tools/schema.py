"""Write docs/parcel.schema.json from the shapes that are signed between desk and city."""

import json
import sys
from pathlib import Path

from cchc_desk.sync.parcel import schema

TARGET = Path(__file__).parent.parent / "docs" / "parcel.schema.json"


def main() -> int:
    TARGET.write_text(json.dumps(schema(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
