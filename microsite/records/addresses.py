"""Addresses: what people type to say where a maker, the site or an old page is reached."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from microsite.language.thai import arabic_digits
from microsite.problems import N_, Fault

# Names that Windows keeps for itself
DEVICES = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)),
}
LONGEST_STEP = 240  # bytes of a name in a folder; file systems take 255
LONGEST_ALIAS = 400  # characters
FILES = (".html", ".xml", ".json", ".csv", ".txt")  # endings of what a site has beside folders
# The end of a path that is no folder, such as /shop.php; a year or version is not one
_FILE = re.compile(r"[^/.]\.[a-z][a-z0-9]{1,4}/?$", re.ASCII | re.IGNORECASE)
_PHONE = re.compile(r"(?:0|\+66 ?-?)\d(?:[ -]?\d){7,8}", re.ASCII)
_MAIL = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+\.[a-z]{2,}", re.ASCII | re.IGNORECASE)
_LINE_ID = re.compile(r"@?[a-z0-9._-]{3,30}", re.ASCII | re.IGNORECASE)


def single(typed: object) -> str:
    """What was typed, as text.

    Raises:
        Fault: a list, or fields of its own.
    """
    if isinstance(typed, list | dict):
        message = N_("This field takes one value.")
        raise Fault("not-single", message, N_("Write one value after the colon."))
    return str(typed)


def read_address(typed: object) -> str:
    """A web address with http or https."""
    text = single(typed).strip()
    if not is_address(text):
        mend = N_("Copy the whole address from the browser, beginning with https://.")
        raise Fault("address", N_("“{typed}” is not a web address."), mend, typed=text)
    return text


def read_base_url(typed: object) -> str:
    """The address at which the site is published: host in small letters, no slash at its end.

    Raises:
        Fault: no http(s) address, or one with a login, question mark, fragment, `.` or `..`.
    """
    text = single(typed).strip().rstrip("/")
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if "@" in parts.netloc:
        # Not repeated here: where it was an option, it would come into a log.
        message = N_("A user name or password has no place in the address of the site.")
        mend = N_("Take out what stands before the @, and the @; whoever opens a page can read it.")
        raise Fault("base-url-login", message, mend)
    is_plain = re.fullmatch(r"(/(?!\.\.?(?:/|$))[\w.~-]+)*", parts.path, re.ASCII)
    if (
        parts.scheme not in {"http", "https"}
        or not parts.hostname
        or parts.query
        or parts.fragment
        or not is_plain
    ):
        message = N_("“{typed}” cannot be the address of a site.")
        mend = N_("Write it like https://example.org or https://example.org/shop.")
        raise Fault("base-url", message, mend, typed=text)
    return f"{parts.scheme}://{parts.netloc.lower()}{parts.path}"


def read_phone(typed: object) -> str:
    """One Thai phone number, as typed.

    Raises:
        Fault: not 9 or 10 digits that begin with 0, nor +66 with 8 or 9.
    """
    text = arabic_digits(single(typed)).strip()
    if not _PHONE.fullmatch(text):
        message = N_("“{typed}” is not one Thai phone number.")
        mend = N_("Write one number, such as 081-234-5678 or 038-123-456.")
        raise Fault("phone", message, mend, typed=text)
    return text


def read_email(typed: object) -> str:
    """An e-mail address."""
    text = single(typed).strip()
    if not _MAIL.fullmatch(text):
        mend = N_("Write it like name@example.com.")
        raise Fault("email", N_("“{typed}” is not an e-mail address."), mend, typed=text)
    return text


def read_line_id(typed: object) -> str:
    """A LINE id, or an address at line.me or lin.ee."""
    text = single(typed).strip()
    if _LINE_ID.fullmatch(text) or is_address(text, "line.me", "lin.ee"):
        return text
    message = N_("“{typed}” is not a LINE id.")
    mend = N_(
        "Write the id, such as @name, or the address that begins with https://line.me/ or https://lin.ee/."
    )
    raise Fault("line-id", message, mend, typed=text)


def read_alias(typed: object) -> str:
    """An old path of this site, such as `/th/products/old-name/`.

    Its steps are folders of the output, so every system must be able to store them.
    """
    text = single(typed).strip()
    if not _is_alias(text):
        message = N_("“{typed}” is not an old address of this site.")
        whole = f"/{text.strip('/')}/"
        raise Fault("alias", message, _alias_mended(text, whole), typed=text, whole=whole)
    return text


def _is_alias(text: str) -> bool:
    steps = text.strip("/").split("/")
    return (
        re.fullmatch(r"(/[\w\u0e31-\u0e4e.-]+)+/", text) is not None
        and steps[0] != "assets"
        and len(text) <= LONGEST_ALIAS
        and all(map(_is_folder, steps))
    )


def _alias_mended(text: str, whole: str) -> str:
    """The remedy; `whole` is the text with one slash at each end."""
    if "://" in text:
        return N_("Write it without the host, such as /th/products/old-name/.")
    if _FILE.search(text):
        return N_(
            "This is the address of a file, and only the web host can lead on from there: "
            "see docs/hosting.md. Take it out here."
        )
    if _is_alias(whole):
        return N_("Write {whole}, with a slash at the beginning and at the end.")
    return N_("Write letters, digits and hyphens between slashes, such as /th/products/old-name/.")


def _is_folder(step: str) -> bool:
    is_file = step.endswith(FILES)
    is_device = step.split(".")[0].lower() in DEVICES
    return not (step.startswith(".") or step.endswith(".") or is_file or is_device) and (
        len(step.encode("utf-8", "replace")) <= LONGEST_STEP
    )


def is_address(text: str, *hosts: str) -> bool:
    """Whether text is an http(s) address, on one of the hosts or below them if any are given."""
    if re.search(r"[\s<>\"\\]", text):
        return False
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"} or "." not in host or parts.username or port:
        return False
    return not hosts or any(host == known or host.endswith("." + known) for known in hosts)
