"""How heavy the code of a page is: what a first visit fetches, packed as hosts pack it."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath

_IMPORTED = re.compile(
    r"""(?:\bfrom|\bimport)\s*["'](\.{1,2}/[^"']+)["']"""
)  # not `import()`, which waits until somebody asks for it


@dataclass(frozen=True)
class Weight:
    """Bytes, after gzip at level 6; the face is packed by itself."""

    html: int
    css: int
    js: int
    font: int

    @property
    def code(self) -> int:
        """HTML, styles and scripts together."""
        return self.html + self.css + self.js


class _Links(HTMLParser):
    """Addresses of styles, scripts and faces that a page loads at once."""

    def __init__(self) -> None:
        super().__init__()
        self.css: list[str] = []
        self.js: list[str] = []
        self.font: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "script" and said.get("src"):
            self.js.append(said["src"])
        if tag == "link" and said.get("rel") == "stylesheet":
            self.css.append(said["href"])
        if tag == "link" and said.get("rel") == "modulepreload":
            self.js.append(said["href"])
        if tag == "link" and said.get("rel") == "preload" and said.get("as") == "font":
            self.font.append(said["href"])


def weigh(dist: Path, page: Path, prefix: str = "") -> Weight:
    """What a visitor who comes to `page` fetches; links begin with `prefix`."""
    data = page.read_bytes()
    links = _Links()
    links.feed(data.decode())

    def file(link: str) -> Path:
        return dist / link.removeprefix(f"{prefix}/")

    scripts = {name for link in links.js for name in _with_imports(file(link))}
    return Weight(
        html=packed(data),
        css=sum(packed(file(link).read_bytes()) for link in sorted(set(links.css))),
        js=sum(packed(Path(name).read_bytes()) for name in sorted(scripts)),
        font=sum(file(link).stat().st_size for link in sorted(set(links.font))),
    )


def packed(data: bytes) -> int:
    """Bytes that travel."""
    return len(gzip.compress(data, 6, mtime=0))


def cards(page: Path) -> int:
    """How many products the page lists."""
    return len(re.findall(r'<li class="product-card[" ]', page.read_text("utf-8")))


def _with_imports(script: Path, seen: frozenset[str] = frozenset()) -> Iterator[str]:
    name = script.as_posix()
    if name in seen:
        return
    yield name
    for found in _IMPORTED.findall(script.read_text("utf-8")):
        other = Path(normpath(join(dirname(name), found)))
        yield from _with_imports(other, seen | {name})
