"""Rules for what pages tell search engines: names by schema.org, what must be there by Google.

Source: Google Search Central, structured data: product snippet, merchant listing, breadcrumb,
carousel, local business, organization, article, event, site name; schema.org. Narrower than both:
a property that no page of ours tells is a slip.
"""

import re

TEXT, LIST, NODE = str, list, dict
ABOUT = {"name": TEXT, "description": TEXT, "url": TEXT}
ITEM = {"@id": TEXT, **ABOUT, "category": TEXT, "offers": NODE}
OFFER = {"priceCurrency": TEXT, "url": TEXT}
OFFERED = {"availability": TEXT, "description": TEXT, "name": TEXT, "sku": TEXT}
MAKER = {"@id": TEXT, "name": TEXT, "url": TEXT}
MADE = {"description": TEXT, "alternateName": TEXT, "foundingDate": TEXT, "telephone": TEXT}
MADE |= {"email": TEXT, "image": LIST, "award": LIST, "sameAs": LIST}
WRITTEN = {"@id": TEXT, "description": TEXT, "url": TEXT, "inLanguage": TEXT}

# type -> (what it must have, what it may have)
TYPES = {
    "Product": (
        ITEM | {"brand": NODE},
        {"image": LIST, "sku": TEXT, "award": LIST, "additionalProperty": LIST},
    ),
    "Service": (ITEM | {"provider": NODE}, {"image": LIST, "award": LIST}),
    "Offer": (OFFER | {"price": TEXT}, OFFERED),
    "AggregateOffer": (
        OFFER | {"lowPrice": TEXT, "highPrice": TEXT},
        OFFERED | {"offerCount": int, "offers": LIST},
    ),
    "PropertyValue": ({"name": TEXT, "value": TEXT}, {}),
    "Organization": (MAKER, MADE | {"location": NODE}),
    "LocalBusiness": (MAKER | {"address": NODE}, MADE | {"geo": NODE}),
    "PostalAddress": (
        {"streetAddress": TEXT, "addressLocality": TEXT, "addressCountry": TEXT},
        {},
    ),
    "Place": ({"name": TEXT}, {"address": TEXT, "geo": NODE}),
    "GeoCoordinates": ({"latitude": float, "longitude": float}, {}),
    "NewsArticle": (
        WRITTEN | {"headline": TEXT, "datePublished": TEXT, "mainEntityOfPage": TEXT},
        {"image": LIST, "about": LIST},
    ),
    "Event": (
        WRITTEN | {"name": TEXT, "startDate": TEXT, "endDate": TEXT, "location": NODE},
        {"image": LIST},
    ),
    "WebSite": (WRITTEN | {"name": TEXT}, {"alternateName": LIST}),
    "BreadcrumbList": ({"itemListElement": LIST}, {}),
    "ItemList": ({"name": TEXT, "numberOfItems": int, "itemListElement": LIST}, {}),
    "ListItem": ({"position": int, "name": TEXT}, {"item": TEXT, "url": TEXT}),
}
FORMS = {
    "price": r"\d+\.\d\d",
    "lowPrice": r"\d+\.\d\d",
    "highPrice": r"\d+\.\d\d",
    "priceCurrency": r"[A-Z]{3}",
    "availability": r"https://schema\.org/(InStock|OutOfStock|MadeToOrder)",
    "addressCountry": r"[A-Z]{2}",
    "telephone": r"\+66\d{8,9}",
    "email": r"\S+@\S+",
    "foundingDate": r"(19|20)\d\d",
    "datePublished": r"20\d\d-\d\d-\d\d",
    "startDate": r"20\d\d-\d\d-\d\d",
    "endDate": r"20\d\d-\d\d-\d\d",
    "inLanguage": r"[a-z]{2,3}(-[A-Za-z0-9]+)*",
    "headline": r".{1,110}",
    "sameAs": r"https?://\S+",
}
OURS = {"@id", "url", "item", "image", "mainEntityOfPage"}  # addresses on the site itself


def things(value):
    """Every thing with a type, those inside others too."""
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for inside in value.values():
            yield from things(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from things(inside)


def faults(data, address, base_url):
    """What is wrong with the data of the page at `address`, in words."""
    if data.keys() != {"@context", "@graph"} or data["@context"] != "https://schema.org":
        yield "one @graph of https://schema.org"
    for thing in data["@graph"]:
        if thing.get("url", address) != address:
            yield f"url of {thing['@type']} is not that of its page"
    ids = [thing["@id"] for thing in data["@graph"] if "@id" in thing]
    if len(ids) != len(set(ids)):
        yield "two things have one @id"
    for thing in things(data):
        yield from _faults_of(thing, base_url)


def _faults_of(thing, base_url):
    type = thing["@type"]
    must, may = TYPES.get(type, ({}, {}))
    if not must:
        yield f"{type}: no page of ours tells of one"
        return
    for key in must.keys() - thing.keys():
        yield f"{type}: {key} is missing"
    for key, value in thing.items():
        kind = (must | may).get(key)
        if key == "@type":
            continue
        if kind is None:
            yield f"{type}: {key} is none of its properties"
        elif not isinstance(value, kind) or isinstance(value, bool) or value in ("", [], {}):
            yield f"{type}: {key} is {value!r}"
        else:
            for one in value if isinstance(value, list) else [value]:
                if key in FORMS and not re.fullmatch(FORMS[key], one, re.ASCII):
                    yield f"{type}: {key} is {one!r}"
                if key in OURS and not one.startswith(base_url + "/"):
                    yield f"{type}: {key} is {one!r}"
    if type in {"BreadcrumbList", "ItemList"}:
        yield from _faults_of_list(thing)
    if type == "AggregateOffer" and not float(thing["lowPrice"]) <= float(thing["highPrice"]):
        yield "AggregateOffer: lowPrice is above highPrice"


def _faults_of_list(thing):
    type, items = thing["@type"], thing["itemListElement"]
    if [item.get("position") for item in items] != list(range(1, len(items) + 1)):
        yield f"{type}: position does not count from 1"
    if type == "BreadcrumbList":
        if len(items) < 2:
            yield "BreadcrumbList: itemListElement has fewer than two"
        if any("item" not in item for item in items[:-1]):
            yield "BreadcrumbList: item is missing before the last"
    else:
        urls = [item.get("url") for item in items]
        if thing["numberOfItems"] != len(items):
            yield "ItemList: numberOfItems is not their number"
        if None in urls or len(urls) != len(set(urls)):
            yield "ItemList: url is missing, or there twice"
