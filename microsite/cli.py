"""Commands, options and exit codes. Clock, arguments and environment are read only here."""

from __future__ import annotations

import argparse
import datetime as dt
import locale
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from microsite.language.catalogues import read_catalogue
from microsite.language.wording import ENGLISH, Wording
from microsite.pipeline import Built, Settings, build
from microsite.problems import N_, Fault, Problem, Refusal, as_github, as_json, as_text
from microsite.records.kinds import read_base_url

OK, FAULTY = 0, 1  # argparse ends wrong use with 2
FORMATS = ("text", "json", "github")


def main(arguments: Sequence[str], *, home: Path) -> int:
    """The exit code: 0 done (with warnings or without), 1 faults or a refusal, 2 wrong use.

    `home` is the generator's folder, where templates, assets and locale lie.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr] # text streams
    wording = _wording(arguments, home)
    options = _parser(wording, home).parse_args(arguments)
    settings = Settings(
        home=_as_typed(home),
        site=_as_typed(Path(options.site)),
        output=_as_typed(Path(options.output or Path(options.site) / "dist")),
        today=options.today or _today(),
        base_url=options.base_url or "",
        drafts=options.drafts,
        jobs=options.jobs,
    )
    try:
        if options.command == "serve":
            from microsite.preview.server import serve

            return serve(settings, wording, port=options.port)
        return _build(settings, options, wording)
    except Refusal as refusal:
        _say(_refused(refusal, wording), to=sys.stderr)
        return FAULTY
    except KeyboardInterrupt:
        return FAULTY


def _build(settings: Settings, options: argparse.Namespace, wording: Wording) -> int:
    started = time.perf_counter()
    built = build(settings, _progress(wording, quiet=options.quiet))
    seconds = time.perf_counter() - started
    _report(built.problems, options.format, wording)
    has_errors = built.written is None
    if not options.quiet and options.format != "json":
        _say(_summary(built, settings, seconds, wording), to=sys.stderr if has_errors else None)
    return FAULTY if has_errors else OK


def _report(problems: Sequence[Problem], form: str, wording: Wording) -> None:
    if form == "json":
        print(as_json(problems, wording))
    elif problems:
        show = as_github if form == "github" else as_text
        _say(show(problems, wording) + ("\n" if form == "text" else ""), to=sys.stderr)


def _summary(built: Built, settings: Settings, seconds: float, wording: Wording) -> str:
    errors = sum(problem.level == "error" for problem in built.problems)
    warnings = sum(problem.level == "warning" for problem in built.problems)
    if built.written is None:
        said = wording.ngettext(
            "{errors} error. Nothing was written; {output} is as it was.",
            "{errors} errors. Nothing was written; {output} is as it was.",
            errors,
        )
        return said.format(errors=errors, output=settings.output)
    said = wording.ngettext(
        "{pages} page in {output}: {files} files new or changed. Warnings: {warnings}. "
        "{seconds} seconds.",
        "{pages} pages in {output}: {files} files new or changed. Warnings: {warnings}. "
        "{seconds} seconds.",
        built.pages,
    )
    return said.format(
        pages=built.pages,
        output=settings.output,
        files=built.written.new + built.written.changed,
        warnings=warnings,
        seconds=f"{seconds:.1f}",
    )


def _progress(wording: Wording, *, quiet: bool) -> Callable[[str], None]:
    """Says each step on one line of the terminal, once a build has taken a second."""
    if quiet or not sys.stderr.isatty():
        return lambda _: None
    started = time.perf_counter()

    def say(step: str) -> None:
        if time.perf_counter() - started > 1:
            print(f"\r\x1b[K{wording.gettext(step)} …", end="\r", file=sys.stderr, flush=True)

    return say


def _refused(refusal: Refusal, wording: Wording) -> str:
    message = wording.gettext(refusal.message).format(**refusal.values)
    mend = wording.gettext(refusal.remedy).format(**refusal.values)
    return f"{message}\n  {mend}   [{refusal.rule}]"


def _say(text: str, to: object = None) -> None:
    print(text, file=sys.stdout if to is None else sys.stderr)


def _parser(wording: Wording, home: Path) -> argparse.ArgumentParser:
    said = wording.gettext
    catalogues = sorted({"en", *(path.parent.name for path in home.glob("locale/*/messages.po"))})
    parser = argparse.ArgumentParser(
        prog="build.py", description=said(N_("Makes the site, or shows it while you edit."))
    )
    parser.add_argument(
        "command",
        nargs="?",
        choices=("build", "serve"),
        default="build",
        help=said(
            N_("build, if nothing is named: make the site; serve: show it while you edit")
        ),
    )

    def add(name: str, help: str, **more: Any) -> None:
        parser.add_argument(name, help=said(help), **more)

    add("--site", N_("folder of the site (here)"), default=".", metavar="DIR")
    add("--output", N_("folder to write to (dist in the site's folder)"), metavar="DIR")
    address = N_("address of the site, instead of the one in site.yaml")
    add("--base-url", address, metavar="URL", type=_base_url)
    add("--drafts", N_("show drafts too"), action="store_true")
    add("--language", N_("language of the messages"), choices=catalogues)
    add("--format", N_("how problems are listed"), choices=FORMATS, default="text")
    add("--quiet", N_("say nothing unless something is wrong"), action="store_true")
    add("--jobs", N_("how much to do at once"), metavar="N", type=_jobs, default=_cores())
    add("--today", N_("build as on this day"), metavar="YYYY-MM-DD", type=_day)
    add("--port", N_("port of serve"), metavar="N", type=int, default=8000)
    return parser


def _wording(arguments: Sequence[str], home: Path) -> Wording:
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
    return read_catalogue(tag, path.read_bytes())


def _today() -> dt.date:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date()
    return dt.datetime.now().astimezone().date()


def _cores() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def _base_url(typed: str) -> str:
    try:
        return read_base_url(typed)
    except Fault as fault:
        raise argparse.ArgumentTypeError(fault.message.format(**fault.values)) from None


def _day(typed: str) -> dt.date:
    try:
        return dt.date.fromisoformat(typed)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{typed!r} is not YYYY-MM-DD") from None


def _jobs(typed: str) -> int:
    if not typed.isdecimal() or int(typed) < 1:
        raise argparse.ArgumentTypeError(f"{typed!r} is not a number from 1 on")
    return int(typed)


def _as_typed(path: Path) -> str:
    """A path for people: as they would type it from here, with `/`."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()
