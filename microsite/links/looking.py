"""Looking over a site: as a build would make it now, and as it lies in the output."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from microsite.links.findings import Output, problems_of
from microsite.links.heads import check_heads, check_sitemap
from microsite.links.inside import check_others, check_ways
from microsite.links.pages import read_page
from microsite.pipeline.build import build_kept, expect_writable
from microsite.pipeline.folders import Folders
from microsite.pipeline.settings import Settings
from microsite.problems import N_, Fault, Place, Problem, Refusal, in_order, problem_of
from microsite.site.urls import ROBOTS_PATH, Urls, file_of
from microsite.storage.output import differing, read_output
from microsite.storage.owned import output_paths, refuse_kept


class Look(Struct, frozen=True):
    """What was seen."""

    problems: list[Problem]  # of content and pages, in order
    made: Output | None = None  # the site as it would be; None where faults keep it from being made
    is_output_there: bool = False
    differing: Sequence[str] = ()  # paths where the output is not like that
    only_there: Sequence[Problem] = ()  # in the output: a build mends them
    refused: Sequence[Problem] = ()  # why a build would not write the output


def look(settings: Settings, step: Callable[[str], None] = lambda _: None) -> Look:
    """What is wrong with content and pages.

    The site is made in `.cache/check`; `settings.output` stays as it is. What a build left there is
    looked over too where it is not the same: by an older build, or because somebody changed it; but
    not where a build would refuse it.

    Raises:
        Refusal: the output lies in `.cache`, another build is running, a disk is full.
    """
    folders = Folders(settings.home, settings.site)
    refuse_kept(settings.output, folders.kept())
    folder = folders.kept("check")
    built = build_kept(replace(settings, output=folder), step)
    if built.written is None or built.reading is None:
        return Look(built.problems)
    step(N_("Checking links"))
    base_url = settings.base_url or built.reading.library.source.site.base_url
    made = read_all(folder, base_url, built.origins)
    problems = [*built.problems, *look_over(made)]
    problems, there = in_order(problems), settings.output
    try:
        expect_writable(settings)
    except Refusal as refusal:
        return Look(problems, made, refused=[problem_of(refusal, Place(there))])
    if not output_paths(there):
        return Look(problems, made)
    others = differing(there, folder)
    only_there = _only_there(there, made, problems) if others else []
    return Look(problems, made, True, others, in_order(only_there))


def read_all(folder: str, base_url: str, origins: Mapping[str, str]) -> Output:
    """An output with all its pages; `origins` tells the content file of a page.

    Raises:
        Refusal: no build has made the folder.
    """
    files, pages = [], {}
    for path in output_paths(folder):
        try:
            data = read_output(folder, path)
        except OSError:
            continue
        files.append(path)
        if path.endswith(".html"):
            pages[path] = read_page(data.decode("utf-8", "replace"))
    return Output(folder, Urls(base_url), frozenset(files), pages, origins)


def look_over(output: Output) -> list[Problem]:
    """What is wrong with a finished site."""

    def read(path: str) -> bytes:
        return read_output(output.folder, path)

    findings = [
        *check_ways(output),
        *check_others(output, read),
        *check_heads(output, read),
        *check_sitemap(output, read),
    ]
    lost = [path for path in output_paths(output.folder) if path not in output.files]
    return [*problems_of(findings, output), *(_lost(output.folder, path) for path in lost)]


def _lost(folder: str, path: str) -> Problem:
    fault = Fault("file-lost", N_("A build wrote this file, and it is not there any more."))
    return problem_of(fault, Place(f"{folder}/{path}"))


def _only_there(folder: str, made: Output, problems: Sequence[Problem]) -> list[Problem]:
    """What is wrong with the output and not with the site as it would be made now."""
    output = read_all(folder, _base_url(folder) or made.urls.base_url, {})
    known = set(map(_about, problems))
    mend = N_("`python build.py` writes this folder anew.")
    return [replace(one, remedy=mend) for one in look_over(output) if _about(one) not in known]


def _about(problem: Problem) -> tuple[str, str]:
    """What a problem is about, wherever it stands."""
    values = {
        name: value for name, value in problem.values.items() if name not in {"count", "origin"}
    }
    return problem.rule, str(values)


def _base_url(folder: str) -> str:
    """The address for which an output was made, as it says to crawlers; "" where it does not."""
    try:
        told = read_output(folder, file_of(ROBOTS_PATH)).decode("utf-8", "replace")
    except OSError:
        return ""
    return told.rpartition("Sitemap: ")[2].strip().rpartition("/")[0]
