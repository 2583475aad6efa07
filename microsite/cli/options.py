"""Options: what was typed behind `build.py`, checked, and the language of the answers."""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from msgspec import Struct

from microsite.cli.again import plain_build
from microsite.cli.telling import say_fault
from microsite.language.wording import ENGLISH, Wording
from microsite.pipeline.catalogues import kept_catalogue
from microsite.pipeline.settings import Settings
from microsite.problems import N_, Fault
from microsite.records.addresses import read_base_url
from microsite.records.kinds import whole
from microsite.records.numbers import read_date

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
FORMATS = ("text", "json", "github")
MOST_JOBS = 1000
WRONG_USE = 2


class Options(Struct, frozen=True):
    """What a command is told."""

    command: str
    settings: Settings
    wording: Wording  # of the answers
    format: str  # one of FORMATS
    is_quiet: bool
    typed: Any = None  # argparse.Namespace: what only this command knows


def read_options(arguments: Sequence[str], wording: Wording, home: str) -> Options:
    """What was typed; wrong use ends the program here, with its code 2."""
    plain = plain_build(arguments)
    options = _of_build(plain, wording, home) if plain is not None else None
    if options is not None:
        return options
    from microsite.cli.expected import read_command  # loads argparse, 8 ms

    command, typed = read_command(arguments, wording, catalogues(home), cores())
    try:
        settings = _settings(
            home,
            typed.site,
            typed.output,
            today=typed.today,
            base_url=typed.base_url or "",
            drafts=typed.drafts,
            jobs=typed.jobs,
        )
    except Fault as fault:  # of the environment
        say_fault(fault, typed.format, wording)
        sys.exit(WRONG_USE)
    return Options(command, settings, wording, typed.format, typed.quiet, typed)


def message_wording(arguments: Sequence[str], home: str) -> Wording:
    """The language of messages: as asked for, else the system's, else English."""
    asked = ""
    for index, argument in enumerate(arguments):
        if argument == "--language" and index + 1 < len(arguments):
            asked = arguments[index + 1]
        elif argument.startswith("--language="):
            asked = argument.partition("=")[2]
    tag = (asked or _language_of_system()).replace("_", "-").split("-")[0].lower()
    path = f"{home}/locale/{'th' if tag == 'thai' else tag}/messages.po"  # Windows says Thai
    if not tag.isalpha() or not os.path.isfile(path):
        return ENGLISH
    with open(path, "rb") as file:
        po = file.read()
    return kept_catalogue(tag, po, f"{home}/.cache/catalogues")


def catalogues(home: str) -> list[str]:
    """The languages that messages can be in."""
    names = os.listdir(f"{home}/locale") if os.path.isdir(f"{home}/locale") else []
    return sorted({"en", *(n for n in names if os.path.isfile(f"{home}/locale/{n}/messages.po"))})


def cores() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def _of_build(plain: Mapping[str, str], wording: Wording, home: str) -> Options | None:
    """The options of a plain build; None where a value is not as it should be."""
    if any(not value or value.startswith("-") for key, value in plain.items() if value != key):
        return None
    form, language = plain.get("--format", "text"), plain.get("--language", "en")
    if form not in FORMATS or language not in catalogues(home):
        return None
    read_jobs: Any = whole(1, MOST_JOBS).read
    try:
        settings = _settings(
            home,
            plain.get("--site", "."),
            plain.get("--output"),
            today=read_date(plain["--today"]) if "--today" in plain else None,
            base_url=read_base_url(plain["--base-url"]) if "--base-url" in plain else "",
            drafts="--drafts" in plain,
            jobs=read_jobs(plain["--jobs"]) if "--jobs" in plain else cores(),
        )
    except Fault:
        return None
    return Options("build", settings, wording, form, "--quiet" in plain)


def _settings(
    home: str,
    site: str,
    output: str | None,
    *,
    today: dt.date | None,
    base_url: str,
    drafts: bool,
    jobs: int,
) -> Settings:
    return Settings(
        home=_as_typed(home),
        site=_as_typed(site),
        output=_as_typed(output or f"{site or '.'}/dist"),
        today=today or _today(),
        base_url=base_url,
        drafts=drafts,
        jobs=jobs,
    )


def _language_of_system() -> str:
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    if named or os.name != "nt":
        return named or ""
    import locale

    return locale.getlocale()[0] or ""


def _today() -> dt.date:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch:
        with suppress(ValueError, OverflowError, OSError):
            if epoch.isdecimal():
                return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date()
        message = N_("SOURCE_DATE_EPOCH is “{typed}”, which is no number of seconds since 1970.")
        mend = N_("Take it out of the environment, or name a day with --today.")
        raise Fault("epoch", message, mend, typed=epoch)
    return dt.datetime.fromtimestamp(time.time()).astimezone().date()


def _as_typed(path: str) -> str:
    """A path for people: as they would type it from here, with `/`."""
    here, real = os.getcwd(), os.path.realpath(path)
    if real == here or real.startswith(here.rstrip(os.sep) + os.sep):
        return real[len(here) :].lstrip(os.sep).replace(os.sep, "/") or "."
    typed = path.replace(os.sep, "/")
    steps = [step for step in typed.split("/") if step not in {"", "."}]
    root = typed[: len(typed) - len(typed.lstrip("/"))]
    return root[: 2 if os.name == "nt" else 1] + "/".join(steps) or "."
