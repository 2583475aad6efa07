"""Templates as they lie in the two folders, read and made ready for each language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache

from microsite.language.wording import Wording
from microsite.pipeline.folders import Folders, read_text
from microsite.pipeline.spread import ahead
from microsite.problems import Fault, Place, Problem, problem_of
from microsite.site.makeup import used_by_pages
from microsite.site.templates import Templates, compiled, environment, render
from microsite.site.views import Page


def read_templates(folders: Folders, problems: list[Problem]) -> dict[str, str]:
    """The text of each template by its path; one that cannot be read is a problem."""
    templates: dict[str, str] = {}
    for path, found in folders.overlaid("templates").items():
        try:
            templates[path] = read_text(found)
        except Fault as fault:
            problems.append(problem_of(fault, Place(found.where)))
    return templates


@contextmanager
def compiling(templates: Mapping[str, str], jobs: int) -> Iterator[Callable[[], bytes]]:
    """Answers with the codes of all templates that pages use, compiled beside us from now on.

    With one job they are not: the answer is none.
    """
    if jobs < 2:
        yield bytes
        return
    with ahead(lambda: compiled(templates, used_by_pages(templates)), jobs) as codes:
        yield codes


def renderer(
    templates: Mapping[str, str], wordings: Mapping[str, Wording], codes: bytes = b""
) -> Callable[[Page], bytes]:
    """Renders pages; `wordings` by language, `codes` what another process of this build compiled.

    All other templates are read when a page first asks for them.
    """
    ready = Templates(templates, codes)
    environment_of = cache(lambda language: environment(ready, wordings[language]))
    return lambda page: render(environment_of(page.frame.language), page)


def template_problems(faults: Iterable[Fault], folders: Folders) -> Iterator[Problem]:
    """The faults that kept pages from being rendered, each at its template."""
    there = folders.overlaid("templates")
    for fault in faults:
        name, line = str(fault.values["name"]), int(str(fault.values["line"]))
        file = there[name].where if name in there else folders.of_site("templates", name)
        yield problem_of(fault, Place(file, line))
