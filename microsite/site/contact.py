"""The channels of a contact as links that open the right app, in a fixed order."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from microsite.media.codes import code_path
from microsite.records.declarations import fields_of
from microsite.records.schema import Contact, Position
from microsite.site.views import Channel, Code

_PROFILES = {
    "facebook": "https://www.facebook.com/",
    "instagram": "https://www.instagram.com/",
    "tiktok": "https://www.tiktok.com/@",
}


def channels(contact: Contact | None, message: str = "") -> tuple[Channel, ...]:
    """Every channel that is stated, in the order of the fields of `Contact`.

    Where LINE can, it opens with `message` typed in, for the visitor to change and send.
    """
    if contact is None:
        return ()
    stated = [(kind, getattr(contact, kind)) for kind in fields_of(Contact)]
    return tuple(_channel(kind, typed, message) for kind, typed in stated if typed)


def line_code(contact: Contact | None) -> Code | None:
    """What a phone's camera reads to open LINE, which has no links on desktop computers.

    Without a message: its letters would make the code too fine for paper.
    """
    if contact is None or not contact.line:
        return None
    return Code(*code_path(_line(contact.line, "")))


def map_address(position: Position | None) -> str:
    """The point in Google Maps, which opens its app on phones; "" where none is stated.

    Source: developers.google.com/maps/documentation/urls, no key needed; `api=1` is.
    """
    if position is None:
        return ""
    point = quote(f"{position.lat},{position.lon}", safe=",")
    return f"https://www.google.com/maps/search/?api=1&query={point}"


def international(phone: str) -> str:
    """A Thai phone number in E.164: `081-234-5678` gives `+66812345678`."""
    digits = re.sub(r"[^0-9]", "", phone)
    return "+66" + digits.removeprefix("66" if phone.startswith("+66") else "0")


def _channel(kind: str, typed: str, message: str) -> Channel:
    if kind == "line":
        return Channel(kind, _line(typed, message), "" if "/" in typed else typed)
    if kind == "phone":
        return Channel(kind, f"tel:{international(typed)}", typed)
    if kind == "whatsapp":
        return Channel(kind, f"https://wa.me/{international(typed).removeprefix('+')}", typed)
    if kind == "email":
        return Channel(kind, f"mailto:{quote(typed, safe='@')}", typed)
    if kind in _PROFILES and "/" not in typed:
        name = typed.removeprefix("@")
        return Channel(kind, _PROFILES[kind] + quote(name), name)
    parts = urlsplit(typed)
    name = (
        (parts.hostname or "").removeprefix("www.") if kind == "website" else parts.path.strip("/@")
    )
    return Channel(kind, typed, name)


def _line(typed: str, message: str) -> str:
    """LINE's addresses: official accounts by `@id`, people by `~id`.

    Only official accounts take a message. Source: LINE URL scheme, developers.line.biz; an `@` is
    percent-encoded in their addresses.
    """
    if "/" in typed:
        return typed
    if typed.startswith("@") and message:
        return f"https://line.me/R/oaMessage/{quote(typed, safe='')}/?{quote(message, safe='')}"
    if typed.startswith("@"):
        return f"https://line.me/R/ti/p/{quote(typed, safe='')}"
    return f"https://line.me/ti/p/~{quote(typed, safe='')}"
