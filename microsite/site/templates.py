"""Templates: the Jinja environment of one language, and a page rendered with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from jinja2 import DictLoader, Environment, StrictUndefined, TemplateError, TemplateSyntaxError
from markupsafe import Markup

from microsite.language.thai import split_at_compounds
from microsite.language.wording import Wording
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
from microsite.site.views import Page


def environment(templates: Mapping[str, str], wording: Wording) -> Environment:
    """Templates that speak one language: its words and its way of writing dates and prices.

    Filters read nothing but their arguments, so that equal values give equal pages.
    """
    tag = wording.tag

    def money(price: Price) -> str:
        return format_money(price.low, price.high, tag)

    def date(day: dt.date) -> str:
        return format_date(day, tag)

    def date_range(start: dt.date, end: dt.date) -> str:
        return format_date_range(start, end, tag)

    def months(numbers: Sequence[int]) -> str:
        return format_months(numbers, tag)

    def year(number: int) -> str:
        return format_year(number, tag)

    def number(n: int) -> str:
        return format_number(n, tag)

    def listed(items: Sequence[object]) -> str:
        return join_list([str(item) for item in items], tag)

    made = Environment(
        loader=DictLoader(dict(templates)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        auto_reload=False,
        cache_size=-1,
    )
    made.globals.update(_=wording.gettext, ngettext=wording.ngettext)
    made.filters.update(
        money=money,
        date=date,
        date_range=date_range,
        months=months,
        year=year,
        number=number,
        listed=listed,
        lang=lang,
        tied=tied,
        unbroken=unbroken,
    )
    return made


def render(made: Environment, page: Page) -> bytes:
    """The page's HTML.

    Raises:
        Fault: a template is missing, cannot be read, or asks for what is not there.
    """
    try:
        template = made.get_template(page.template)
        html = template.render(site=page.frame, head=page.head, flags=page.flags, **page.context)
    except TemplateSyntaxError as error:
        raise _failing(f"{error.name}:{error.lineno}", error) from error
    except (TemplateError, TypeError, ValueError, LookupError) as error:
        raise _failing(page.template, error) from error
    return html.encode()


def _failing(name: str, error: Exception) -> Fault:
    message = N_("The template {name} cannot be used: {reason}")
    return Fault(
        "template-unusable", message, N_("Undo the last change to it."), name=name, reason=error
    )


def lang(words: Words | str) -> Markup:
    """A ` lang` attribute for words that had to be borrowed from another language, else nothing."""
    tag = words.borrowed_from if isinstance(words, Words) else words
    return Markup(' lang="{}"').format(tag) if tag else Markup("")


def unbroken(text: object) -> Markup:
    """Text whose compound Thai words no line breaks, for headings, where a break inside shows."""
    pieces = split_at_compounds(str(text))
    whole = Markup('<span class="unbroken">{}</span>')
    return Markup("").join(
        whole.format(piece) if index % 2 else piece for index, piece in enumerate(pieces)
    )


def tied(text: object) -> str:
    """Text whose spaces and hyphens do not break: numbers with their units, phone numbers."""
    return str(text).replace(" ", "\u00a0").replace("-", "\u2011")
