"""What search engines read of a page, as one graph of JSON-LD by schema.org."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup
from msgspec import json

Node = Mapping[str, object]  # a thing with its type and properties, or a value in one

# What could end the script element or begin another.
_UNSAFE = {char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def graph(nodes: Sequence[Node]) -> Markup | None:
    """The text of the script element that holds these; None where there is nothing to say.

    It is the whole text: equal nodes give equal text, and a policy may name its hash.
    """
    if not nodes:
        return None
    data = {"@context": "https://schema.org", "@graph": nodes}
    text = json.encode(data, order="sorted").decode()
    for char, escaped in _UNSAFE.items():
        text = text.replace(char, escaped)
    return Markup(text)  # noqa: S704 # nothing in it can end its script element


def web_site(*, name: str, others: Sequence[str], url: str, description: str, tag: str) -> Node:
    """The site, for its home page; `others` are its names in other languages."""
    return {
        "@type": "WebSite",
        "@id": f"{url}#website",
        "name": name,
        "url": url,
        "description": description,
        "inLanguage": tag,
        **stated(alternateName=[other for other in others if other != name]),
    }


def breadcrumbs(above: Sequence[tuple[str, str]], name: str) -> Node:
    """The way down to a page: names and addresses of those above it, then its own name.

    Source: Google Search Central, "Breadcrumb structured data": two items or more, each with its
    address but for the last.
    """
    items: list[Node] = [
        {"@type": "ListItem", "position": place, "name": above_name, "item": url}
        for place, (above_name, url) in enumerate(above, 1)
    ]
    last = {"@type": "ListItem", "position": len(items) + 1, "name": name}
    return {"@type": "BreadcrumbList", "itemListElement": [*items, last]}


def item_list(name: str, items: Sequence[tuple[str, str]]) -> list[Node]:
    """A list of pages by name and address, in its order; nothing for an empty list.

    Source: Google Search Central, "Carousel structured data": on a page that sums up others, an
    item has a place and an address.
    """
    if not items:
        return []
    elements = [
        {"@type": "ListItem", "position": place, "name": item_name, "url": url}
        for place, (item_name, url) in enumerate(items, 1)
    ]
    listed = {"name": name, "numberOfItems": len(items), "itemListElement": elements}
    return [{"@type": "ItemList", **listed}]


def stated(**properties: object) -> dict[str, object]:
    """Those properties that have something to say."""
    return {name: value for name, value in properties.items() if value}
