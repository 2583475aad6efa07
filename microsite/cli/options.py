"""Options: what was typed behind `build.py`, checked, and the language of the answers."""

from __future__ import annotations

import argparse
import datetime as dt
import locale
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from microsite.cli.arguments import Arguments
from microsite.language.wording import ENGLISH, Wording
from microsite.pipeline import Settings
from microsite.problems import N_
from microsite.records.kinds import read_base_url, read_date, read_whole, whole
from microsite.records.schema import FOLDERS, TYPES

COMMANDS = {
    "build": N_("makes the site (if no command is named)"),
    "serve": N_("shows the site while you edit, drafts included"),
    "check": N_("says what is wrong with content, pages and links; dist stays"),
    "status": N_("says what is missing or outdated, and which products have no price"),
    "new": N_("begins an entry: asks, or takes a flag for each field"),
    "export": N_("writes the catalogue to a spreadsheet"),
    "import": N_("reads a spreadsheet back, after showing what it changes"),
    "schema": N_("tells what entries may hold (JSON Schema)"),
}
MOST_JOBS = 1000
_WITH_VALUE = {"--site", "--output", "--base-url", "--language", "--format", "--jobs", "--today"}


@dataclass(frozen=True, slots=True)
class Options:
    """What a command is told."""

    command: str
    settings: Settings
    wording: Wording  # of the answers
    format: str  # text, json or github
    is_quiet: bool
    typed: argparse.Namespace  # what only this command knows


def read_options(arguments: Sequence[str], wording: Wording, home: Path) -> Options:
    """What was typed; wrong use ends the program here, with its code 2."""
    command, rest = _command(arguments)
    expected = _expected(command, wording, home)
    typed, unknown = expected.read(rest, command, () if len(rest) < len(arguments) else COMMANDS)
    if command == "new":  # flags for fields depend on the site's languages: the command reads them
        typed.rest = unknown
    else:
        expected.refuse_rest(unknown)
    settings = Settings(
        home=_as_typed(home),
        site=_as_typed(Path(typed.site)),
        output=_as_typed(Path(typed.output or Path(typed.site) / "dist")),
        today=typed.today or _today(),
        base_url=typed.base_url or "",
        drafts=typed.drafts,
        jobs=typed.jobs,
    )
    return Options(command, settings, wording, typed.format, typed.quiet, typed)


def message_wording(arguments: Sequence[str], home: Path) -> Wording:
    """The language of messages: as asked for, else the system's, else English."""
    asked = ""
    for index, argument in enumerate(arguments):
        if argument == "--language" and index + 1 < len(arguments):
            asked = arguments[index + 1]
        elif argument.startswith("--language="):
            asked = argument.partition("=")[2]
    system = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    tag = asked or (system or locale.getlocale()[0] or "").replace("_", "-").split("-")[0].lower()
    path = home / "locale" / ("th" if tag == "thai" else tag) / "messages.po"  # Windows says Thai
    if not tag.isalpha() or not path.is_file():
        return ENGLISH
    from microsite.language.catalogues import read_catalogue

    return read_catalogue(tag, path.read_bytes())


def _command(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """The command, wherever it stands, and all the rest."""
    before = ""
    for index, argument in enumerate(arguments):
        if argument in COMMANDS and before not in _WITH_VALUE:
            return argument, [*arguments[:index], *arguments[index + 1 :]]
        before = argument
    return "build", list(arguments)


def _expected(command: str, wording: Wording, home: Path) -> Arguments:
    said = wording.gettext
    catalogues = sorted({"en", *(path.parent.name for path in home.glob("locale/*/messages.po"))})
    expected = Arguments(
        said(N_("build.py [{commands}] [options]")).format(commands="|".join(COMMANDS)),
        "\n".join(f"  {name:<8}{said(about)}" for name, about in COMMANDS.items()),
        wording,
    )
    add = expected.add
    add("--site", N_("folder of the site (here)"), default=".", metavar="DIR")
    add("--output", N_("folder to write to (dist in the site's folder)"), metavar="DIR")
    address = N_("address of the site, instead of the one in site.yaml")
    add("--base-url", address, metavar="URL", type=read_base_url)
    add("--drafts", N_("show drafts too"), action="store_true")
    add("--language", N_("language of the messages"), options=catalogues)
    formats = ("text", "json", "github")
    add("--format", N_("how problems are listed"), options=formats, default="text")
    add("--quiet", N_("say nothing unless something is wrong"), action="store_true")
    jobs = whole(1, MOST_JOBS).read
    add("--jobs", N_("how much to do at once"), metavar="N", type=jobs, default=_cores())
    add("--today", N_("build as on this day"), metavar="YYYY-MM-DD", type=read_date)
    if command == "serve":
        add("--port", N_("port of serve"), metavar="N", type=read_whole, default=8000)
    if command == "check":
        record = N_("note what translations were made from, and which addresses there are")
        add("--record", record, action="store_true")
        outside = N_("ask other hosts whether what we link to is still there")
        add("--external", outside, action="store_true")
    if command == "status":
        still_right = N_("translations that are still right as they are")
        add("--accept", still_right, metavar="FILE", nargs="+", default=[])
    _expect_editing(command, expected)
    return expected


def _expect_editing(command: str, expected: Arguments) -> None:
    """Options of the commands that change content, or bring it out."""
    add = expected.add
    if command == "new":
        add("type", N_("what to begin"), options=[type for type, _ in FOLDERS.values()])
        add("--slug", N_("file name, without its ending"), metavar="NAME")
    elif command in {"export", "import"}:
        add("file", N_("catalogue.xlsx, or products.csv and the like"), metavar="FILE")
        if command == "import":
            add("--yes", N_("write without asking"), action="store_true")
    elif command == "schema":
        add("type", N_("only this type"), nargs="?", options=list(TYPES))
        add("--words", N_("of a translation"), action="store_true")
        add("--table", N_("as a table for people"), action="store_true")


def _today() -> dt.date:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date()
    return dt.datetime.fromtimestamp(time.time()).astimezone().date()


def _cores() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def _as_typed(path: Path) -> str:
    """A path for people: as they would type it from here, with `/`."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()
