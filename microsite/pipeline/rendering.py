"""Templates as they lie in the two folders, read and made ready for each language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from msgspec import Struct, field

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


class Renderer(Struct):
    """Renders pages. A template that nobody has compiled is, when a page first asks for it."""

    texts: Mapping[str, str]  # of templates, by path
    wordings: Mapping[str, Wording]  # by language
    codes: bytes  # what another process of this build compiled
    _environments: dict[str, Any] = field(default_factory=dict)

    def __call__(self, page: Page) -> bytes:
        """The page's HTML; raises what `site.templates.render` does."""
        tag = page.frame.language
        if tag not in self._environments:
            ready = Templates(self.texts, self.codes)
            self._environments[tag] = environment(ready, self.wordings[tag])
        return render(self._environments[tag], page)

    def __reduce__(self) -> tuple[type[Renderer], tuple[object, ...]]:
        """As another process gets it: environments are made there."""
        return Renderer, (self.texts, self.wordings, self.codes)


def template_problems(faults: Iterable[Fault], folders: Folders) -> Iterator[Problem]:
    """The faults that kept pages from being rendered, each at its template."""
    there = folders.overlaid("templates")
    for fault in faults:
        name, line = str(fault.values["name"]), int(str(fault.values["line"]))
        file = there[name].where if name in there else folders.of_site("templates", name)
        yield problem_of(fault, Place(file, line))
