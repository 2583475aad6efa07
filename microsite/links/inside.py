"""Whether all that pages, styles, scripts, feeds and maps of an output lead to is in it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit
from xml.parsers import expat

from msgspec import Struct

from microsite.links.findings import Finding, Output
from microsite.links.pages import Kind, Way
from microsite.problems import N_, Fault, Level
from microsite.site.urls import Urls, file_of

_IN_STYLES = re.compile(r"""(?:url\(|@import)\s*["']?([^"')\s;]+)""")
_IN_SCRIPTS = re.compile(r"""\b(?:from|import)\s*\(?\s*["']([./][^"']*)["']""")
_GONE: dict[Kind, tuple[str, str]] = {
    "link": ("link-dead", N_("“{address}” leads to nothing. Pages with this link: {count}.")),
    "picture": (
        "picture-gone",
        N_("The picture “{address}” is not there. Pages with it: {count}."),
    ),
    "file": ("file-gone", N_("The file “{address}” is not there. Pages that need it: {count}.")),
}


class Target(Struct, frozen=True):
    """Where an address leads inside the site."""

    file: str  # path in the output; "" for what lies beside the site on its own host
    place: str  # on that page; "" for the whole


def target_of(address: str, page: str, urls: Urls) -> Target | None:
    """Where an address on a page of the output leads; None for another host, mail and the like.

    `page` is a path in the output.
    """
    here = f"{urls.base_url}/{page.removesuffix('index.html')}"
    try:
        whole, home = urlsplit(urljoin(here, address)), urlsplit(urls.base_url)
    except ValueError:
        return None
    if (whole.scheme, whole.netloc) != (home.scheme, home.netloc):
        return None
    path = whole.path or "/"
    if path == home.path:
        path += "/"
    if not path.startswith(f"{home.path}/"):
        return Target("", "")
    place = "" if ":~:" in whole.fragment or whole.fragment == "top" else whole.fragment
    return Target(file_of(unquote(path.removeprefix(home.path))), unquote(place))


def check_ways(output: Output) -> Iterator[Finding]:
    """What is wrong with the addresses in all pages."""
    known: dict[str, Target | None] = {}  # most addresses stand on every page
    for file, page in output.pages.items():
        for way in page.ways:
            if way.address.startswith("/"):
                if way.address not in known:
                    known[way.address] = target_of(way.address, file, output.urls)
                target = known[way.address]
            else:
                target = target_of(way.address, file, output.urls)
            found = _fault_of(way, target, file, output)
            if found is not None:
                yield found


def check_others(output: Output, read: Callable[[str], bytes]) -> Iterator[Finding]:
    """What is wrong with the addresses in styles, scripts, feeds, maps and data.

    `read` gives the bytes of a file of the output.
    """
    for file in sorted(output.files):
        ending = file.rpartition(".")[2]
        text = ""
        if ending in {"css", "js", "json", "xml", "csv", "txt"} or file == "_redirects":
            text = read(file).decode("utf-8", "replace")
        if ending in {"css", "js"}:
            form = _IN_STYLES if ending == "css" else _IN_SCRIPTS
            for match in form.finditer(text):
                if not match[1].startswith("data:"):
                    yield from _check_line(match[1], "file", file, text, match.start(1), output)
        elif file == "_redirects":
            for match in re.finditer(r"^\S+ (\S+)", text, re.MULTILINE):
                yield from _check_line(match[1], "link", file, text, match.start(1), output)
        elif text:
            yield from _check_data(file, ending, text, output)


def addresses_in(text: str, urls: Urls) -> Iterator[tuple[str, int]]:
    """Addresses of the site in the text of a feed, map, table or data, and where they begin."""
    base = re.escape(urls.base_url)
    for match in re.finditer(rf"""(?<![^\s"'<>,;(]){base}(?:/[^\s"'<>,\\]*)?""", text):
        yield unescape(match[0]), match.start()


def _fault_of(way: Way, target: Target | None, file: str, output: Output) -> Finding | None:
    address, subject = way.address, f"{way.kind} {way.address}"
    level: Level = "error"
    if target is None:
        if way.kind == "link" or urlsplit(address).scheme == "data":
            return None
        message = N_("“{address}” is loaded from another host. Pages that do so: {count}.")
        mend = N_("Put it into `assets/`: pages ask nothing of other hosts.")
        fault = Fault("loaded-from-elsewhere", message, mend, address=address)
    elif not target.file:
        message = N_("“{address}” leads out of the site, which lies at {base}. Pages: {count}.")
        fault = Fault("link-past", message, address=address, base=output.urls.base_url + "/")
    elif target.file not in output.files:
        if f"{target.file}/index.html" in output.files:
            message = N_("“{address}” lacks the slash at its end. Pages with this link: {count}.")
            fault, level = Fault("link-slash", message, address=address), "warning"
        else:
            rule, message = _GONE[way.kind]
            fault = Fault(rule, message, address=address)
    elif target.place and target.file in output.pages:
        if target.place in output.pages[target.file].names:
            return None
        message = N_("“{address}” leads to a place that its page does not have. Pages: {count}.")
        # On many pages, each to its own place: the template of them all is told of once.
        subject = f"#{target.place}" if target.file == file else f"{target}"
        fault = Fault("link-place", message, address=address)
    else:
        return None
    return Finding(file, fault, way.line, way.column, level, subject)


def _check_line(
    address: str, kind: Kind, file: str, text: str, start: int, output: Output
) -> Iterator[Finding]:
    line = text.count("\n", 0, start) + 1
    column = start - (text.rfind("\n", 0, start) + 1) + 1
    target = target_of(address, file, output.urls)
    found = _fault_of(Way(address, kind, line, column), target, file, output)
    if found is not None:
        yield found


def _check_data(file: str, ending: str, text: str, output: Output) -> Iterator[Finding]:
    fault = _broken(ending, text)
    if fault:
        yield Finding(file, fault)
        return
    for address, start in addresses_in(text, output.urls):
        yield from _check_line(address, "link", file, text, start, output)


def _broken(ending: str, text: str) -> Fault | None:
    """Why a file is no JSON or XML at all."""
    message = N_("Programs cannot read this file: {what}.")
    try:
        if ending == "json":
            json.loads(text)
        elif ending == "xml":
            expat.ParserCreate().Parse(text.encode(), True)
    except (ValueError, expat.ExpatError) as error:
        return Fault("data-broken", message, what=error)
    return None
