"""What a whole list of products can be narrowed and sorted by: choices that know their cards.

A card is known by its place in the list, from 0. So a page says each fact once, cards stay what
they are everywhere, and the script that narrows the list need not know a single field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct

from microsite.language.writing import sort_key
from microsite.records.declarations import fields_of
from microsite.records.schema import Mark, Product
from microsite.site.viewer import Viewer
from microsite.site.views import ProductCard

Places = Sequence[int]  # of cards in a list
Cards = str  # which cards: a bit each, four to a hexadecimal digit, the first card lowest


class Choice(Struct, frozen=True):
    """One value of a field, and the cards that have it."""

    value: str
    cards: Cards


class Facet(Struct, frozen=True):
    """A field to narrow the list by."""

    field: str
    choices: tuple[Choice, ...]


class Order(Struct, frozen=True):
    """All cards in another order."""

    by: str  # listed, name, cheapest, dearest, newest
    cards: str  # their places, two hexadecimal digits each; "" for the order of the page


class Filters(Struct, frozen=True):
    """What stands beside a list that is whole on its page."""

    facets: tuple[Facet, ...]  # without category, enterprise and place, which have links
    priced: Cards  # those that show a price; "" where that divides nothing
    priced_count: int
    orders: tuple[Order, ...]  # the first is that of the page
    counts: tuple[str, ...]  # the forms of "{count} items" in this language
    form_of: str  # for each count from 0 on a digit: the place of its form


def filters(products: Sequence[Product], cards: Sequence[ProductCard], viewer: Viewer) -> Filters:
    """The filters of a list; `cards` are those of the products, in the same order."""
    edition, count = viewer.edition, len(products)
    facets = (
        _facet("kind", _options(Product, "kind"), products, lambda one: [one.kind or "goods"]),
        _facet(
            "availability",
            _options(Product, "availability"),
            products,
            lambda one: [one.availability or ""],
        ),
        _facet(
            "mark",
            _options(Mark, "kind"),
            products,
            lambda one: [mark.kind for mark in viewer.marks(one.marks)],
        ),
    )
    priced = [place for place, card in enumerate(cards) if card.shown_price]
    # The message of templates/parts/catalogue.html, before its number is filled in.
    said = [viewer.wording.ngettext("{count} item", "{count} items", n) for n in range(count + 1)]
    forms = tuple(dict.fromkeys(said))
    return Filters(
        facets=tuple(facet for facet in facets if facet.choices),
        priced=cards_at(priced) if len(priced) < count else "",
        priced_count=len(priced),
        orders=_orders(products, cards, edition.language),
        counts=forms,
        form_of="".join(str(forms.index(form)) for form in said),
    )


def cards_at(places: Places) -> Cards:
    """What a choice of the cards at these places carries."""
    bits = sum(1 << place for place in places)
    return f"{bits:x}"[::-1] if places else ""


def places_of(values: Iterable[str]) -> dict[str, list[int]]:
    """By value, the places of the products that have it; `values` are those of a list, in order."""
    places: dict[str, list[int]] = {}
    for place, value in enumerate(values):
        places.setdefault(value, []).append(place)
    return places


def _facet(
    field: str,
    options: Sequence[str],
    products: Sequence[Product],
    values_of: Callable[[Product], Iterable[str]],
) -> Facet:
    """The values of a field that some product has, in the order of `options`.

    None of them where every product has the same.
    """
    places: dict[str, list[int]] = {}
    for place, product in enumerate(products):
        for value in set(values_of(product)):
            places.setdefault(value, []).append(place)
    found = [value for value in options if value in places]
    divides = any(len(places[value]) < len(products) for value in found)
    choices = (Choice(value, cards_at(places[value])) for value in found)
    return Facet(field, tuple(choices) if divides else ())


def _options(record: type, field: str) -> list[str]:
    """The words that a field may hold, in the order in which the schema names them."""
    kind: Any = fields_of(record)[field].kind
    return list(kind.schema["enum"])


def _orders(
    products: Sequence[Product], cards: Sequence[ProductCard], language: str
) -> tuple[Order, ...]:
    """The order of the page, then others; a card whose price or day is not known comes last."""
    listed = range(len(cards))
    by_name = sorted(listed, key=lambda place: sort_key(cards[place].name.text, language))
    if by_name == [*listed]:
        orders = [Order("name", "")]
    else:
        orders = [Order("listed", ""), _order("name", by_name)]
    prices = {place: card.shown_price.low for place, card in enumerate(cards) if card.shown_price}
    if len(set(prices.values())) > 1:
        orders.append(_order("cheapest", _known_first(listed, prices, 1)))
        orders.append(_order("dearest", _known_first(listed, prices, -1)))
    days = {
        place: Decimal(one.publish_date.toordinal())
        for place, one in enumerate(products)
        if one.publish_date
    }
    if days:
        orders.append(_order("newest", _known_first(listed, days, -1)))
    return tuple(orders)


def _known_first(listed: Iterable[int], known: Mapping[int, Decimal], sign: int) -> Places:
    nothing = Decimal(0)
    return sorted(listed, key=lambda place: (place not in known, sign * known.get(place, nothing)))


def _order(by: str, places: Places) -> Order:
    return Order(by, "".join(f"{place:02x}" for place in places))
