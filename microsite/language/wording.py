"""Interface words and messages in one language."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping

from msgspec import Struct, field


class UnreadableCatalogue(ValueError):
    """What is wrong with a catalogue, and in which line, counted from 1.

    In English only: while a catalogue cannot be read there is nothing to translate with.
    """

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(line, reason)
        self.line = line
        self.reason = reason

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


class Wording(Struct, frozen=True):
    """The words of one language; what it has no word for stays as written in the code.

    Plain values only, so that worker processes, caches and page keys can take it.
    """

    tag: str
    single: Mapping[str, str] = field(default_factory=dict)  # message -> translation
    plural: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # message for one -> forms
    rule: str = "n != 1"  # number -> place in the forms, in gettext's own notation

    def gettext(self, message: str) -> str:
        """The message in this language."""
        return self.single.get(message, message)

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The form that goes with `n`; the number itself is not yet filled in."""
        forms = self.plural.get(one)
        if forms is None:
            return one if n == 1 else many
        return forms[_chooser(self.rule)(n)]


ENGLISH = Wording("en")  # the messages of the code


def laid_over(below: Wording, above: Wording) -> Wording:
    """The words of both; where both have one, that of `above`, in the numbers of `below`."""
    if not below.plural:
        return Wording(above.tag, {**below.single, **above.single}, above.plural, above.rule)
    # The first number of each form of `below` finds the form of `above` that is said with it.
    rule, other = _chooser(below.rule), _chooser(above.rule)
    first = {rule(n): n for n in range(999, -1, -1)}
    forms = range(max(map(len, below.plural.values())))
    plural = {
        one: tuple(said[other(first.get(form, 0))] for form in forms)
        for one, said in above.plural.items()
    }
    single = {**below.single, **above.single}
    return Wording(above.tag, single, {**below.plural, **plural}, below.rule)


@functools.cache
def _chooser(rule: str) -> Callable[[int], int]:
    from gettext import c2py  # noqa: PLC0415 # 1 ms, and few pages count anything

    return c2py(rule)
