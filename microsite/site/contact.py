"""The channels of a contact as links that open the right app, in a fixed order."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from microsite.records.schema import Contact, fields_of
from microsite.site.views import Channel

_PROFILES = {
    "facebook": "https://www.facebook.com/",
    "instagram": "https://www.instagram.com/",
    "tiktok": "https://www.tiktok.com/@",
}


def channels(contact: Contact | None) -> tuple[Channel, ...]:
    """Every channel that is stated, in the order of the fields of `Contact`."""
    if contact is None:
        return ()
    stated = [(kind, getattr(contact, kind)) for kind in fields_of(Contact)]
    return tuple(_channel(kind, typed) for kind, typed in stated if typed)


def international(phone: str) -> str:
    """A Thai phone number in E.164: `081-234-5678` gives `+66812345678`."""
    digits = re.sub(r"[^0-9]", "", phone)
    return "+66" + digits.removeprefix("66" if phone.startswith("+66") else "0")


def _channel(kind: str, typed: str) -> Channel:
    if kind == "line":
        return Channel(kind, _line(typed), "" if "/" in typed else typed)
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


def _line(typed: str) -> str:
    """LINE's addresses: official accounts by `@id`, people by `~id`.

    Source: LINE URL scheme, developers.line.biz; an `@` is percent-encoded in the first.
    """
    if "/" in typed:
        return typed
    if typed.startswith("@"):
        return f"https://line.me/R/ti/p/{quote(typed, safe='')}"
    return f"https://line.me/ti/p/~{quote(typed, safe='')}"
