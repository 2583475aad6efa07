"""Builds the site: `python build.py`, or `python build.py --help`."""

import sys
from pathlib import Path

try:
    from microsite.cli import main
except ModuleNotFoundError as missing:
    if missing.name and missing.name.split(".")[0] == "microsite":
        raise
    sys.exit(
        f"{missing.name} is not installed. Run: make site\nยังไม่ได้ติดตั้ง {missing.name} สั่ง: make site"
    )

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], home=Path(__file__).resolve().parent))
