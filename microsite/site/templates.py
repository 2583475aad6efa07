"""Templates: the Jinja environment of one language, and a page rendered with it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from contextlib import suppress
from functools import cache
from types import CodeType
from typing import Any

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    pass_context,
)
from markupsafe import Markup

from microsite.language.thai import is_thai, split_at_compounds
from microsite.language.wording import ENGLISH, Wording
from microsite.language.writing import (
    format_date,
    format_date_range,
    format_money,
    format_months,
    format_number,
    format_year,
    join_list,
)
from microsite.problems import N_, Fault
from microsite.records.price import Price
from microsite.records.schema import Words
from microsite.site.policy import page_policies
from microsite.site.templates_jinja import QuickEnvironment
from microsite.site.views import Page

_WORD = re.compile(r"(?<=-)|(\s+)")
_PHRASE = re.compile("(?<=[,–-])( ?)")
_LONGEST_PHRASE = 24  # letters; longer ones look better broken
_LANG, _NOTHING = Markup(' lang="{}"'), Markup("")
_UNBROKEN, _SPAN = Markup('<span class="unbroken">'), Markup("</span>")  # faster than `format`
_MARK = "template "  # before a template's name, where Python names the file of a line of code


def compile_template(name: str, text: str) -> CodeType:
    """The code of a template, for all languages.

    Raises:
        TemplateSyntaxError: it cannot be read.
    """
    return _compiler().compile(text, name, _MARK + name)


class Templates(BaseLoader):
    """The templates of a site, by name: each compiled when it is used."""

    def __init__(
        self,
        texts: Mapping[str, str],
        compile: Callable[[str, str], CodeType] = compile_template,
    ) -> None:
        """`compile` makes code of a template's name and text, as `compile_template` does."""
        self._texts, self._compile = texts, compile
        self._codes: dict[str, CodeType] = {}

    def compile_all(self, names: Iterable[str]) -> None:
        """Compile these now; of one that cannot be read, who renders with it is told."""
        for name in names:
            with suppress(TemplateError):
                self._code(name)

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """The template as an environment uses it.

        Raises:
            TemplateNotFound: there is none of this name.
        """
        return environment.template_class.from_code(environment, self._code(name), globals or {})

    def _code(self, name: str) -> CodeType:
        if name not in self._codes:
            if name not in self._texts:
                raise TemplateNotFound(name)
            self._codes[name] = self._compile(name, self._texts[name])
        return self._codes[name]


@cache
def _compiler() -> Environment:
    return environment(Templates({}), ENGLISH)


def environment(templates: Templates, wording: Wording) -> Environment:
    """Templates that speak one language: its words and its way of writing dates and prices.

    Filters read nothing but their arguments, so that equal values give equal pages.
    """
    tag = wording.tag

    @cache
    def money(price: Price) -> str:
        return format_money(price.low, price.high, tag)

    @cache
    def date(day: dt.date) -> str:
        return format_date(day, tag)

    def date_range(start: dt.date, end: dt.date) -> str:
        return format_date_range(start, end, tag)

    def months(numbers: Sequence[int]) -> str:
        return format_months(numbers, tag)

    def year(number: int) -> str:
        return format_year(number, tag)

    @cache
    def number(n: int) -> str:
        return format_number(n, tag)

    def listed(items: Sequence[object]) -> str:
        return join_list([str(item) for item in items], tag)

    made = QuickEnvironment(
        loader=templates,
        autoescape=True,
        optimized=False,  # working out constants takes a tenth of the compiling, and saves nothing
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        auto_reload=False,
        cache_size=-1,
    )
    made.globals.update(_=wording.gettext, ngettext=wording.ngettext)
    made.filters.update(
        money=_of_language(money),
        date=_of_language(date),
        date_range=_of_language(date_range),
        months=_of_language(months),
        year=_of_language(year),
        number=_of_language(number),
        listed=_of_language(listed),
        lang=lang,
        policies=page_policies,
        tied=tied,
        as_name=cache(as_name),
        unbroken=cache(unbroken),
        kept=_keeper(),
    )
    return made


def _of_language(write: Callable[..., str]) -> Callable[..., str]:
    """A filter that waits for a page: `{{ 1000 | number }}` would else be written for all languages
    as the first one does when the template is compiled.
    """

    @pass_context
    def filter(_: object, *values: Any) -> str:
        return write(*values)

    return filter


def render(made: Environment, page: Page) -> bytes:
    """The page's HTML.

    Raises:
        Fault: a template is missing, cannot be read, or asks for what is not there; its values
            `name` and `line` say which template and where.
    """
    try:
        template = made.get_template(page.template)
        html = template.render(site=page.frame, head=page.head, flags=page.flags, **page.context)
    except TemplateSyntaxError as error:
        raise _unusable(error.name or page.template, error.lineno, error) from error
    except (TemplateError, TypeError, ValueError, LookupError) as error:
        name, line, step = page.template, 1, error.__traceback__
        while step:
            file = step.tb_frame.f_code.co_filename
            if file.startswith(_MARK):
                name, line = file.removeprefix(_MARK), step.tb_lineno
            step = step.tb_next
        raise _unusable(name, line, error) from error
    return html.encode()


def _unusable(name: str, line: int, error: Exception) -> Fault:
    message = N_("The template cannot be used: {reason}")
    mend = N_("Undo the last change to it.")
    # Its text is another one where it comes from another process.
    reason = error.message if isinstance(error, TemplateSyntaxError) else error
    return Fault("template-unusable", message, mend, name=name, line=line, reason=reason)


def _keeper() -> Callable[..., Markup]:
    """A filter: what a macro makes of a value, made once however many pages show it."""
    kept: dict[tuple[object, ...], tuple[object, Markup]] = {}

    def keep(value: object, macro: Any, *more: object) -> Markup:
        key = id(value), macro.name, more
        if key not in kept:
            kept[key] = value, macro(value, *more)  # holds the value, so that its id stays its own
        return kept[key][1]

    return keep


def lang(words: Words | str) -> Markup:
    """A ` lang` attribute for words that had to be borrowed from another language, else nothing."""
    tag = words.borrowed_from if isinstance(words, Words) else words
    return _LANG.format(tag) if tag else _NOTHING


def unbroken(text: object, name: object = "") -> Markup:
    """Text whose compound Thai words no line breaks, for headings, where a break inside shows.

    A name in it, such as the maker's, stays whole too: no dictionary of a browser knows names.
    """
    words = str(name)
    parts = str(text).split(words) if words else [str(text)]
    return _whole(words).join(map(_with_compounds, parts))


def as_name(text: object) -> Markup:
    """A proper name whose Thai words no line breaks: no dictionary of a browser knows names.

    A word is what stands between spaces, hyphens and known compounds:
    `แม่บ้าน|ประมง|เรือเล็ก|ตากวน-|อ่าวประดู่`. In a name without Thai, words stay together that
    stand between commas and dashes: `Suan Khun Ya,|Nong Faep`.
    """
    name, pieces = str(text), Markup("")
    if not any(map(is_thai, name)):
        for phrase in filter(None, _PHRASE.split(name)):
            is_whole = " " in phrase.strip() and len(phrase) <= _LONGEST_PHRASE
            pieces += _whole(phrase) if is_whole else phrase
        return pieces
    for index, part in enumerate(split_at_compounds(name)):
        words = [part] if index % 2 else filter(None, _WORD.split(part))
        for word in words:
            pieces += _whole(word) if any(map(is_thai, word)) else word
    return pieces


def _with_compounds(text: str) -> Markup:
    pieces = enumerate(split_at_compounds(text))
    return Markup("").join(_whole(piece) if index % 2 else piece for index, piece in pieces)


def _whole(words: str) -> Markup:
    return _UNBROKEN + words + _SPAN


def tied(text: object) -> str:
    """Text whose spaces and hyphens do not break: numbers with their units, phone numbers."""
    return str(text).replace(" ", "\u00a0").replace("-", "\u2011")
