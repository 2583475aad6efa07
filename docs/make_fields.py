"""Writes the tables of fields into docs/fields.md and docs/fields.th.md."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from microsite.editing.schemas import field_table  # noqa: E402 # after the path is known
from microsite.language.catalogues import read_catalogue  # noqa: E402
from microsite.language.wording import ENGLISH  # noqa: E402

_BETWEEN = re.compile(r"(<!-- fields -->\n).*(\n<!-- end -->)", re.DOTALL)


def main() -> None:
    """Replace what stands between the two marks."""
    thai = read_catalogue("th", (ROOT / "locale/th/messages.po").read_bytes())
    for name, wording in (("fields.md", ENGLISH), ("fields.th.md", thai)):
        path = ROOT / "docs" / name
        table = field_table(wording)
        text = path.read_text("utf-8")
        new = _BETWEEN.sub(lambda found, said=table: found[1] + said + found[2], text)
        path.write_bytes(new.encode())


if __name__ == "__main__":
    main()
