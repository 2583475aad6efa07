"""Templates as they lie in the two folders, read and made ready for each language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from microsite.language.wording import Wording
from microsite.pipeline.compiled import code_of
from microsite.pipeline.folders import Folders
from microsite.problems import Fault, Place, Problem, problem_of
from microsite.site.makeup import used_by_pages
from microsite.site.templates import Templates, environment, render
from microsite.site.views import Page


def compile_used(templates: Mapping[str, str]) -> None:
    """Compile all templates that pages use, for whoever renders later."""
    _ready(templates).compile_all(used_by_pages(templates))


def _ready(templates: Mapping[str, str]) -> Templates:
    """The templates, whose code is kept."""
    return Templates(templates, code_of)


class Renderer(Struct):
    """Renders pages. A template that nobody has compiled is, when a page first asks for it."""

    texts: Mapping[str, str]  # of templates, by path
    wordings: Mapping[str, Wording]  # by language
    _environments: dict[str, Any] = field(default_factory=dict)

    def __call__(self, page: Page) -> bytes:
        """The page's HTML; raises what `site.templates.render` does."""
        tag = page.frame.language
        if tag not in self._environments:
            self._environments[tag] = environment(_ready(self.texts), self.wordings[tag])
        return render(self._environments[tag], page)

    def __reduce__(self) -> tuple[type[Renderer], tuple[object, ...]]:
        """As another process gets it: environments are made there."""
        return Renderer, (self.texts, self.wordings)


def template_problems(faults: Iterable[Fault], folders: Folders) -> Iterator[Problem]:
    """The faults that kept pages from being rendered, each at its template."""
    there = folders.overlaid("templates")
    for fault in faults:
        name, line = str(fault.values["name"]), int(str(fault.values["line"]))
        file = there[name].where if name in there else folders.of_site("templates", name)
        yield problem_of(fault, Place(file, line))
