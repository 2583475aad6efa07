"""What the Nu HTML checker says of pages, styles and drawings."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

JAR = "node_modules/vnu-jar/build/dist/vnu.jar"
HERE_TOO = "-Dnu.validator.servlet.allow-forbidden-hosts=true"  # an address on this computer


def check(tools: Path, dist: Path, address: str, paths: Iterable[str]) -> tuple[int, list[str]]:
    """How many files were checked, and every message about them, warnings too.

    Pages by their addresses: in a plain file, `'self'` of a page's policy would mean nothing.
    """
    checked = {"--html": [address + path for path in paths]}
    for kind in ("css", "svg"):
        checked[f"--{kind}"] = [str(path) for path in sorted(dist.rglob(f"*.{kind}"))]
    said = [
        _told(one, (f"{address}/", f"file:{dist}/"))
        for kind, documents in checked.items()
        if documents
        for one in _messages(tools, kind, documents)
    ]
    return sum(map(len, checked.values())), said


def _messages(tools: Path, kind: str, documents: Iterable[str]) -> list[dict[str, str]]:
    done = subprocess.run(  # noqa: S603 # its own arguments
        ["java", HERE_TOO, "-jar", tools / JAR, "--Werror", "--format", "json", kind, *documents],  # noqa: S607
        capture_output=True,
        check=False,  # 1: there are messages
    )
    answer: list[dict[str, str]] = json.loads(done.stderr)["messages"]
    assert bool(answer) == bool(done.returncode), done.stderr
    return answer


def _told(one: dict[str, str], bases: Iterable[str]) -> str:
    name = one.get("url", "")
    for base in bases:
        name = name.removeprefix(base)
    where = f"{name}:{one.get('lastLine', 1)}:{one.get('lastColumn', 1)}"
    level = one.get("subType", one["type"])
    extract = " ".join(one.get("extract", "").split())[:80]
    return f"{where} {level}: {one['message']}  {extract}".rstrip()
