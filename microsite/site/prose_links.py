"""Where an address typed in prose leads: to an entry, to another place, or nowhere."""

from __future__ import annotations

import re
from difflib import get_close_matches

from microsite.problems import N_, Fault
from microsite.records.pictures import alt_file_name, is_file_name
from microsite.site.prose import PhotoReference, Reference

KINDS = ("product", "enterprise", "category", "place", "page", "article", "partner")

_SCHEME = re.compile(r"([^\s/?#:]*):(.*)", re.DOTALL)
_WEB = re.compile(r"https?://[^/?#\s]", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def read_link(typed: str, line: int, column: int) -> Reference | str:
    """The entry that `typed` names, else the address as it goes into the page.

    An address is `#id`, or begins with http://, https://, mailto: or tel:.

    Raises:
        Fault: it leads to anything else, or nowhere.
    """
    if not typed or typed == "#":
        raise _nowhere()
    if typed.startswith("#") and not _CONTROL.search(typed):
        return typed.replace(" ", "%20")
    if _CONTROL.search(typed) or "\\" in typed or typed.startswith("//"):
        raise _not_allowed(typed)
    scheme = _SCHEME.fullmatch(typed)
    if scheme is None:
        mend = N_(
            "Link an entry of this site by kind and name, such as product:dried-squid; "
            "an address elsewhere begins with https://."
        )
        message = N_("“{target}” is neither an entry nor a whole address.")
        raise Fault("prose-link-address", message, mend, target=typed)
    if scheme[1] in KINDS:
        slug, _, fragment = scheme[2].partition("#")
        if not slug.strip():
            raise _nowhere()
        return Reference(scheme[1], slug.strip(), line, column, fragment.strip())
    if _WEB.match(typed) or scheme[1].lower() in {"mailto", "tel"}:
        return typed.replace(" ", "%20")
    if guess := get_close_matches(scheme[1].lower(), KINDS, n=1):
        message = N_("“{kind}” is no kind of entry.")
        mend = N_("Did you mean {guess}?")
        meant = f"{guess[0]}:{scheme[2]}"
        raise Fault("prose-link-kind", message, mend, kind=scheme[1], guess=meant)
    raise _not_allowed(typed)


def read_photo(typed: str, alt: str, line: int, column: int) -> PhotoReference:
    """The photo that `typed` names.

    Raises:
        Fault: the path leads elsewhere, or nothing but a file's name describes the photo.
    """
    steps = typed.split("/")
    outside = _CONTROL.search(typed) or any(mark in typed for mark in "\\:?#")
    if outside or not all(steps) or {".", ".."} & set(steps):
        message = N_("“{target}” is no photo of assets/photos/.")
        mend = N_("Put the photo into assets/photos/ and write its path there: squid/rack.jpg")
        raise Fault("prose-photo-address", message, mend, target=typed)
    if not alt.strip():
        message = N_("The photo {file} has no description.")
        mend = N_("Say between the square brackets what it shows: ![Squid on a rack]({file})")
        raise Fault("photo-alt-missing", message, mend, file=typed)
    if is_file_name(alt):
        raise alt_file_name(alt)
    return PhotoReference(typed, alt, line, column)


def _nowhere() -> Fault:
    return Fault(
        "prose-link-empty",
        N_("This link leads nowhere."),
        N_("Say where to between the round brackets: product:dried-squid, or https://…"),
    )


def _not_allowed(typed: str) -> Fault:
    message = N_("A link cannot lead to “{target}”.")
    mend = N_(
        "Write an address that begins with https://, http://, mailto: or tel:, "
        "or an entry of this site, such as product:dried-squid."
    )
    return Fault("prose-link-scheme", message, mend, target=typed)
