"""Addresses once published: which of them nothing answers any more, and the line that keeps one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from microsite.language.writing import is_language_tag
from microsite.problems import N_, Fault, Level, Place, Problem, problem_of
from microsite.records.briefs import Key
from microsite.records.kinds import did_you_mean
from microsite.records.library import Library
from microsite.site.press import PagePlan
from microsite.site.urls import SECTIONS, record_path

# Types whose entries may have `aliases`, in the order in which one of the same slug is proposed
ALIASED = ("product", "enterprise", "article", "page")
MOST_COMPARED = 50  # entries; comparing names takes a few ms each, and a whole site may be renamed
_MOST_WARNINGS = 20  # a file that is something else altogether says so often enough by then
_ADDRESS = re.compile(r"(/(?!\.\.?/)[^/\s]+)+/")
# A path that may lack a slash at its beginning or end; marks of a merge are none
_CLEAR = re.compile(r"[\w\u0e31-\u0e4e./-]*/[\w\u0e31-\u0e4e./-]*")
_TYPES = {folder: type for type, folder in SECTIONS.items()}


class Ledger(Struct, frozen=True):
    """What content/ledger/addresses.txt holds."""

    file: str  # as the caller would open it
    lines: Mapping[str, int]  # the line of each address
    comments: Sequence[str]  # lines that begin with #


class _Lost(Struct, frozen=True):
    """What stood at one place in one or more languages."""

    tail: str  # the address without its language
    addresses: Sequence[str]
    line: int  # in the ledger


def read_addresses(text: str, file: str, base_url: str) -> tuple[Ledger, list[Problem]]:
    """The addresses of a ledger; a line that is none is left out, with a warning at its place.

    A whole address of the site, which is at `base_url`, and a path that lacks a slash at its
    beginning or end are taken for what they mean.
    """
    lines: dict[str, int] = {}
    comments: dict[str, None] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), start=1):
        address = _meant(_composed(line.strip()), base_url)
        if address.startswith("#"):
            comments.setdefault(line.strip())
        elif _ADDRESS.fullmatch(address):
            lines.setdefault(address, number)
        elif address and len(problems) < _MOST_WARNINGS:
            message = N_("This line is not an address of the site.")
            mend = N_("Delete it; `python build.py check --record` writes what is needed.")
            fault, place = Fault("address-line", message, mend), Place(file, number)
            quoted = line.rstrip("\r")
            problems.append(
                problem_of(fault, place, level="warning", line_text=quoted, width=len(quoted))
            )
    return Ledger(file, lines, tuple(comments)), problems


def as_text(addresses: Iterable[str], comments: Iterable[str]) -> str:
    """The ledger as a file: the comments as they come, then an address a line, sorted."""
    return "".join(f"{line}\n" for line in (*comments, *sorted(addresses)))


def published(pages: Iterable[PagePlan]) -> set[str]:
    """The addresses that people may keep: of every page and old address but drafts and `/`."""
    return {_composed(page.path) for page in pages if _is_lasting(page.path) and not page.is_draft}


def gone(
    ledger: Ledger,
    paths: Iterable[str],
    library: Library,
) -> list[Problem]:
    """What was published and would not be found: a warning each, or a note where it may come back.

    `paths` are those of the pages that there will be.
    """
    if not ledger.lines:
        return []
    answered = set(map(_composed, paths))
    by_language: dict[str, list[str]] = {}
    for address in ledger.lines:
        if address not in answered:
            by_language.setdefault(_dropped(address, ledger, library.languages), []).append(address)
    lost = list(_lost(ledger, by_language.pop("", ())))
    guesses = _guesses(lost, ledger, library)
    owners = {_composed(alias): key for alias, key in library.contents.aliases}
    told = [_told(one, ledger.file, library, owners, guesses.get(one.tail)) for one in lost]
    return [_language_told(tag, them, ledger) for tag, them in by_language.items()] + told


def _is_lasting(path: str) -> bool:
    return path.endswith("/") and path != "/"


def _composed(path: str) -> str:
    return unicodedata.normalize("NFC", path)


def _meant(typed: str, base_url: str) -> str:
    """The address that a line of the ledger means, or the line where that is not clear."""
    path = typed
    if "://" in typed:
        try:
            whole, home = urlsplit(typed), urlsplit(base_url)
        except ValueError:
            return typed
        is_ours = whole.netloc.lower() == home.netloc and whole.path.startswith(f"{home.path}/")
        if not is_ours or whole.query or whole.fragment:
            return typed
        path = _composed(unquote(whole.path.removeprefix(home.path)))
    is_clear = _CLEAR.fullmatch(path) and "." not in path.rpartition("/")[2]
    return f"/{path.strip('/')}/" if is_clear else typed


def _dropped(address: str, ledger: Ledger, languages: Collection[str]) -> str:
    """The language of an address, if it had a home page and is on the site no more, else ""."""
    tag = address.split("/")[1]
    was_there = f"/{tag}/" in ledger.lines and is_language_tag(tag)
    return tag if was_there and tag not in languages else ""


def _language_told(tag: str, addresses: Sequence[str], ledger: Ledger) -> Problem:
    message = N_(
        "The language “{tag}” is not on the site any more. Addresses gone with it: {count}."
    )
    mend = N_(
        "If it is to come back, add it to `languages` in site.yaml. If not, delete the lines here "
        "that begin with /{tag}/; `aliases` of an entry can keep single ones."
    )
    fault = Fault("address-language", message, mend, tag=tag, count=len(addresses))
    first = min(ledger.lines[one] for one in addresses)
    return problem_of(fault, Place(ledger.file, first), level="warning")


def _lost(ledger: Ledger, gone: Iterable[str]) -> Iterator[_Lost]:
    by_tail: dict[str, list[str]] = {}
    for address in gone:
        tail = "/" + address.lstrip("/").partition("/")[2]
        by_tail.setdefault(tail, []).append(address)
    for tail, addresses in by_tail.items():
        yield _Lost(tail, sorted(addresses), min(ledger.lines[one] for one in addresses))


def _told(
    lost: _Lost, file: str, library: Library, owners: Mapping[str, Key], guess: Key | None
) -> Problem:
    key = key_of(lost.tail) or ("", "")
    owner = next((owners[one] for one in lost.addresses if one in owners), key)
    edition = library.source
    values: dict[str, object] = {
        "addresses": ", ".join(lost.addresses),
        "line": _alias_line(lost.addresses),
    }
    level: Level = "note"
    if owner in edition.hidden:
        message = N_("Published before, and not on the site today: {addresses} ({file}).")
        mend = N_(
            "If it is not to come back, add `{line}` to the entry that visitors should find "
            "instead, or delete it here."
        )
        values["file"] = library.file(owner)
    elif _is_list(lost.tail) or key[1] in _terms(library, key[0]):
        message = N_("Published before, and nothing to list there today: {addresses}.")
        mend = N_("Leave it if the list will fill again; else delete it here.")
    else:
        level = "warning"
        message = N_("Published before, and gone now: {addresses}.")
        mend = N_(
            "Add `{line}` to the entry that visitors should find instead; if there is none, "
            "delete it here."
        )
        if guess is not None:
            mend = N_(
                "If it lives on in {file}, write there `{line}`; if nothing takes its place, "
                "delete it here."
            )
            record = edition.record(*guess)
            values["file"] = library.file(guess)
            values["line"] = _alias_line([*getattr(record, "aliases", ()), *lost.addresses])
    fault = Fault("address-gone", message, mend, **values)
    return problem_of(fault, Place(file, lost.line), level=level)


def _alias_line(addresses: Iterable[str]) -> str:
    return f"aliases: [{', '.join(dict.fromkeys(addresses))}]"


def key_of(tail: str) -> Key | None:
    """Type and slug of what stands at an address without its language; None for lists."""
    steps = tail.strip("/").split("/")
    if len(steps) == 2 and steps[0] in _TYPES:
        return _TYPES[steps[0]], steps[1]
    if len(steps) == 1 and steps[0] and steps[0] not in _TYPES:
        return "page", steps[0]
    return None


def _is_list(tail: str) -> bool:
    """Whether it is a list of one type, or a further page of any list."""
    steps = tail.strip("/").split("/")
    return steps[0] in _TYPES and (len(steps) == 1 or steps[-2] == "page")


def _terms(library: Library, type: str) -> Collection[str]:
    """Keys of taxonomy.yaml: a category or place has a page while there is something in it."""
    edition = library.source
    by_type = {"category": edition.categories, "place": edition.places}
    return by_type.get(type, {})


def _guesses(lost: Sequence[_Lost], ledger: Ledger, library: Library) -> dict[str, Key]:
    """Where what is lost has likely gone, by its address without the language.

    An entry of the same slug and another type; else one that is new and called alike, or is the
    only new one where only one is gone; else one that is called alike.
    """
    source = library.languages[0]
    present = library.briefs.keys() - set(library.hidden)
    by_type = {type: sorted(slug for of, slug in present if of == type) for type in ALIASED}
    new = {
        type: [slug for slug in slugs if record_path(source, type, slug) not in ledger.lines]
        for type, slugs in by_type.items()
    }
    keys = {one.tail: key for one in lost if (key := key_of(one.tail))}
    gone_of = {type: [slug for of, slug in keys.values() if of == type] for type in ALIASED}
    found: dict[str, Key] = {}
    for tail, (type, slug) in keys.items():
        same = [one for one in (type, *ALIASED) if one in by_type and (one, slug) in present]
        if same:
            found[tail] = (same[0], slug)
        elif type in by_type and (near := _near(slug, type, gone_of, new, by_type)):
            found[tail] = (type, near)
    return found


def _near(
    slug: str,
    type: str,
    gone_of: Mapping[str, Sequence[str]],
    new: Mapping[str, list[str]],
    known: Mapping[str, list[str]],
) -> str:
    if len(gone_of[type]) > MOST_COMPARED:
        return ""
    near = did_you_mean(slug, new[type])
    if not near and len(new[type]) == len(gone_of[type]) == 1:
        return new[type][0]
    return near or did_you_mean(slug, known[type])
