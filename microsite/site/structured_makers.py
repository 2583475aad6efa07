"""What search engines read of a maker: an organisation, or a business that can be visited."""

from __future__ import annotations

from collections.abc import Sequence

from microsite.records.schema import Enterprise
from microsite.site.contact import channels, international
from microsite.site.structured import Node, stated

# Pages that are the maker's own, or the maker's on another site.
_SAME = ("website", "facebook", "instagram", "tiktok", "shopee", "lazada")


def maker_data(
    maker: Enterprise, *, url: str, place: str, pictures: Sequence[str], awards: Sequence[str]
) -> Node:
    """The maker; `url` and `pictures` are absolute, `place` is the name of its place.

    Source: Google Search Central, "Local business structured data": one without an address is not
    valid, so that such a maker is an organisation that is somewhere.
    """
    contact = maker.contact
    here = {
        "geo": {"@type": "GeoCoordinates", "latitude": maker.map.lat, "longitude": maker.map.lon}
        if maker.map
        else None
    }
    if maker.address:
        address = {
            "@type": "PostalAddress",
            "streetAddress": maker.address.text,
            "addressLocality": place,
            "addressCountry": "TH",
        }
        where = stated(address=address, **here)
    else:
        where = {"location": {"@type": "Place", "name": place, **stated(**here)}}
    return {
        "@type": "LocalBusiness" if maker.address else "Organization",
        "@id": _id(url),
        "name": maker.name.text,
        "description": maker.summary.text,
        "url": url,
        **where,
        **stated(
            alternateName=maker.short_name.text if maker.short_name else "",
            foundingDate=str(maker.founded) if maker.founded else "",
            telephone=international(contact.phone) if contact and contact.phone else "",
            email=contact.email if contact else "",
            image=list(pictures),
            award=list(awards),
            sameAs=[one.url for one in channels(contact) if one.kind in _SAME],
        ),
    }


def maker_named(maker: Enterprise, url: str) -> Node:
    """The maker as other things name it; `url` is of its page, where the rest is said."""
    return {"@type": "Organization", "@id": _id(url), "name": maker.name.text, "url": url}


def _id(url: str) -> str:
    return f"{url}#maker"
