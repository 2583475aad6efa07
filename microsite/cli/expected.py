"""What each command expects behind its name, for argparse; not loaded for a plain build."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from microsite.cli.again import WITH_VALUE
from microsite.cli.arguments import Arguments
from microsite.cli.options import COMMANDS, FORMATS, MOST_JOBS
from microsite.language.wording import Wording
from microsite.problems import N_
from microsite.records.addresses import read_base_url
from microsite.records.kinds import whole
from microsite.records.numbers import read_date, read_whole
from microsite.records.schema import FOLDERS, TYPES


def read_command(
    arguments: Sequence[str], wording: Wording, catalogues: Sequence[str], cores: int
) -> tuple[str, Namespace]:
    """The command, and the values that it was given; wrong use ends the program here, with code 2.

    `catalogues` are the languages that messages can be in.
    """
    command, rest = _command(arguments)
    expected = _expected(command, wording, catalogues, cores)
    typed, unknown = expected.read(rest, command, () if len(rest) < len(arguments) else COMMANDS)
    if command == "new":  # flags for fields depend on the site's languages: the command reads them
        typed.rest = unknown
    else:
        expected.refuse_rest(unknown)
    return command, typed


def _command(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """The command, wherever it stands, and all the rest."""
    before = ""
    for index, argument in enumerate(arguments):
        if argument in COMMANDS and before not in WITH_VALUE:
            return argument, [*arguments[:index], *arguments[index + 1 :]]
        before = argument
    return "build", list(arguments)


def _expected(command: str, wording: Wording, catalogues: Sequence[str], cores: int) -> Arguments:
    said = wording.gettext
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
    add("--format", N_("how problems are listed"), options=FORMATS, default="text")
    add("--quiet", N_("say nothing unless something is wrong"), action="store_true")
    jobs = whole(1, MOST_JOBS).read
    add("--jobs", N_("how much to do at once"), metavar="N", type=jobs, default=cores)
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
