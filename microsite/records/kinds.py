"""Kinds of field: typed text becomes a value, or a Fault says why it is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches

from msgspec import Struct, field

from microsite.language.thai import arabic_digits, without_invisible
from microsite.language.thai import mend as mend_thai
from microsite.language.writing import is_language_tag
from microsite.problems import N_, Fault
from microsite.records.addresses import (
    DEVICES,
    is_address,
    read_address,
    read_alias,
    read_base_url,
    read_email,
    read_line_id,
    read_phone,
    single,
)
from microsite.records.numbers import read_date, read_month, read_whole, read_year
from microsite.records.price import read_price


class Kind(Struct, frozen=True, eq=False):
    """How one value is typed. `read` takes text (or the plain object that was typed)."""

    name: str
    read: Callable[[object], object]
    refers_to: str = ""  # the record type, or "category" or "place", whose key this is
    # What JSON Schema can say of what is typed: its form, not whether it is so.
    schema: Mapping[str, object] = field(default_factory=dict)


SLUG_PATTERN = re.compile(r"[a-z0-9][a-z0-9-]{0,79}", re.ASCII)
_DECIMAL = re.compile(r"-?\d{1,3}(\.\d{1,9})?", re.ASCII)
_HANDLE = re.compile(r"@?[\w.-]{2,80}", re.ASCII)
_PHOTO = re.compile(
    r"[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*)*\.(?:jpe?g|png|webp)", re.ASCII | re.IGNORECASE
)
_OTHER_FORMAT = re.compile(
    r"\.(?:avif|bmp|cr2|dng|eps|gif|hei[cf]|jfif|jxl|nef|pdf|psd|raw|svg|tiff?)$", re.IGNORECASE
)
_DIGIT = "[0-9๐-๙]"
# An editor's YAML may take a text for a number or a yes; here it is the text.
_ANY_TEXT = {"type": ["string", "number", "boolean"]}


def did_you_mean(typed: str, known: list[str]) -> str:
    """The known name nearest to what was typed, or "" where none is near."""
    near = get_close_matches(typed, known, n=1, cutoff=0.6)
    return near[0] if near else ""


def check_slug(slug: str) -> None:
    """Nothing, if a file name without its ending can be an address on every host.

    Raises:
        Fault: other characters, too long, or a name that Windows keeps for itself.
    """
    if not SLUG_PATTERN.fullmatch(slug) or slug in DEVICES or slug == "page":
        message = N_("An entry cannot be called “{slug}”.")
        mend = N_(
            "Name the file with small Latin letters, digits and hyphens, such as dried-squid.md; "
            "`page` and names of Windows devices such as con are taken."
        )
        raise Fault("slug", message, mend, slug=slug)


def read_line(typed: object) -> str:
    """Text on one line; marks in their usual order, runs of spaces as one, none that are unseen."""
    text = without_invisible(single(typed))
    if "\n" in text.strip():
        message = N_("This field is a single line.")
        raise Fault("not-one-line", message, N_("Write it in one line."))
    return " ".join(mend_thai(text).split())


def read_text(typed: object) -> str:
    """Text of one or more lines."""
    return mend_thai(single(typed)).strip()


def read_yes_no(typed: object) -> bool:
    """Whether yes (`true`, `yes`) or no (`false`, `no`) was typed."""
    text = single(typed).strip().casefold()
    if text not in {"true", "yes", "false", "no"}:
        mend = N_("Write true or false.")
        raise Fault("yes-no", N_("“{typed}” is neither true nor false."), mend, typed=text)
    return text in {"true", "yes"}


def read_source(typed: object) -> str:
    """A web address, or plain words such as the title of a book."""
    text = read_line(typed)
    return read_address(text) if re.match(r"[a-z]+:/", text, re.IGNORECASE) else text


def read_photo(typed: object) -> str:
    """The path of a photo below assets/photos/."""
    text = single(typed).strip().removeprefix("assets/photos/")
    if _OTHER_FORMAT.search(text):
        message = N_("“{typed}” is in a format that pages here do not show.")
        mend = N_("Save the photo as JPEG (.jpg) and write the name of that file.")
        raise Fault("photo-format", message, mend, typed=text)
    if not _PHOTO.fullmatch(text) or ".." in text:
        message = N_("“{typed}” cannot be the name of a photo.")
        mend = N_(
            "Name photos with Latin letters, digits and hyphens, such as squid/rack.jpg "
            "(jpg, png or webp)."
        )
        raise Fault("photo-name", message, mend, typed=text)
    return text


def read_language(typed: object) -> str:
    """A language tag such as `th` or `zh-Hant`."""
    text = single(typed).strip()
    if not is_language_tag(text):
        mend = N_("Write a language tag such as th, en or zh.")
        raise Fault("language", N_("“{typed}” is not a language."), mend, typed=text)
    return text


def read_format(typed: object) -> int:
    """The number of the content format, of which there is one."""
    text = arabic_digits(single(typed)).strip()
    if text != "1":
        message = N_("“{typed}” is not a format of content that can be read here.")
        mend = N_("Write format: 1. A higher number needs a newer version of this program.")
        raise Fault("format", message, mend, typed=text)
    return 1


def read_key(typed: object) -> str:
    """The key of another entry, a category or a place."""
    return single(typed).strip()


def choice(*options: str) -> Kind:
    """One of a few words."""

    def read(typed: object) -> str:
        text = single(typed).strip()
        if text in options:
            return text
        near = did_you_mean(text, list(options))
        message = N_("“{typed}” is not one of the possible words.")
        if near:
            mend = N_("Did you mean {near}? Possible: {options}.")
        else:
            mend = N_("Possible: {options}.")
        raise Fault("choice", message, mend, typed=text, near=near, options=", ".join(options))

    return Kind("choice", read, schema={"enum": list(options)})


def between(low: float, high: float) -> Kind:
    """A decimal number from low to high."""

    def read(typed: object) -> float:
        text = arabic_digits(single(typed)).strip()
        if not _DECIMAL.fullmatch(text) or not low <= float(text) <= high:
            message = N_("“{typed}” is not a number from {low} to {high}.")
            mend = N_("Write it with a decimal point, such as {example}.")
            example = round((low + high) / 2, 2)
            raise Fault(
                "number-range", message, mend, typed=text, low=low, high=high, example=example
            )
        return float(text)

    as_text = {"type": "string", "pattern": rf"^{_DIGIT}{{1,3}}(\.{_DIGIT}{{1,9}})?$"}
    as_number = {"type": "number", "minimum": low, "maximum": high}
    return Kind("number", read, schema={"anyOf": [as_number, as_text]})


def profile_on(*hosts: str) -> Kind:
    """A name on a social site, or an address on one of its hosts."""

    def read(typed: object) -> str:
        text = single(typed).strip()
        if _HANDLE.fullmatch(text) or is_address(text, *hosts):
            return text
        message = N_("“{typed}” is neither a name nor an address on {host}.")
        mend = N_("Copy the address of the page from the browser, or its last part.")
        raise Fault("profile", message, mend, typed=text, host=hosts[0])

    return Kind("profile", read, schema=_form(r"^\S+$"))


def address_on(*hosts: str) -> Kind:
    """An address on one of the hosts of a shop."""

    def read(typed: object) -> str:
        text = single(typed).strip()
        if is_address(text, *hosts):
            return text
        message = N_("“{typed}” is not an address on {host}.")
        mend = N_("Copy the address of the shop from the browser, beginning with https://.")
        raise Fault("shop-address", message, mend, typed=text, host=hosts[0])

    return Kind("address", read, schema=_WEB)


def key_of(type: str) -> Kind:
    """A reference to another entry, a category or a place."""
    return Kind("key", read_key, refers_to=type, schema=_ANY_TEXT)


def whole(low: int, high: int) -> Kind:
    """A whole number from low to high."""

    def read(typed: object) -> int:
        number = read_whole(typed)
        if not low <= number <= high:
            message = N_("“{typed}” is not a number from {low} to {high}.")
            mend = N_("Check the number.")
            raise Fault("whole-range", message, mend, typed=number, low=low, high=high)
        return number

    return Kind("whole", read, schema=_number(low, high))


def _form(pattern: str) -> Mapping[str, object]:
    """What JSON Schema says of a text of this form."""
    return {"type": "string", "pattern": pattern}


def _number(low: int, high: int) -> Mapping[str, object]:
    """What JSON Schema says of a whole number, which may also be typed in Thai digits."""
    as_number = {"type": "integer", "minimum": low, "maximum": high}
    return {"anyOf": [as_number, _form(rf"^-?{_DIGIT}{{1,9}}$")]}


_WEB = _form(r"^https?://\S+$")
_ENDS = {
    "anyOf": [{"type": "number", "exclusiveMinimum": 0}, _form(rf"^{_DIGIT}[{_DIGIT[1:-1]},.]*$")]
}
LINE = Kind("line", read_line, schema=_ANY_TEXT)
TEXT = Kind("text", read_text, schema=_ANY_TEXT)
DATE = Kind("date", read_date, schema=_form(rf"^{_DIGIT}{{4}}-{_DIGIT}{{1,2}}-{_DIGIT}{{1,2}}$"))
YEAR = Kind("year", read_year, schema=_number(1800, 2743))
WHOLE = Kind("whole", read_whole, schema=_number(-999_999_999, 999_999_999))
YES_NO = Kind(
    "yes-no",
    read_yes_no,
    schema={"anyOf": [{"type": "boolean"}, {"enum": ["true", "false", "yes", "no"]}]},
)
MONTH = Kind("month", read_month, schema=_number(1, 12))
PRICE = Kind(
    "price",
    read_price,
    schema={
        "anyOf": [
            {"type": "number", "exclusiveMinimum": 0},
            _form(rf"^\s*{_DIGIT}[{_DIGIT[1:-1]},.]*(\s*[-–]\s*{_DIGIT}[{_DIGIT[1:-1]},.]*)?\s*$"),
            {
                "type": "object",
                "properties": {"from": _ENDS, "to": _ENDS},
                "required": ["from", "to"],
                "additionalProperties": False,
            },
        ]
    },
)
ADDRESS = Kind("address", read_address, schema=_WEB)
SOURCE = Kind("source", read_source, schema=_ANY_TEXT)
PHONE = Kind(
    "phone",
    read_phone,
    schema={"anyOf": [_form(rf"^(0|\+66|๐|\+๖๖)[{_DIGIT[1:-1]} -]+$"), {"type": "integer"}]},
)
EMAIL = Kind("email", read_email, schema=_form(r"^[^@\s]+@[^@\s]+\.[A-Za-z]{2,}$"))
LINE_ID = Kind("line-id", read_line_id, schema=_form(r"^\S{3,}$"))
PHOTO = Kind(
    "photo", read_photo, schema=_form(r"\.([jJ][pP][eE]?[gG]|[pP][nN][gG]|[wW][eE][bB][pP])$")
)
BASE_URL = Kind("address", read_base_url, schema=_WEB)
ALIAS = Kind("alias", read_alias, schema=_form("^/.+/$"))
LANGUAGE = Kind("language", read_language, schema=_form("^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$"))
FORMAT = Kind("whole", read_format, schema={"enum": [1, "1"]})
