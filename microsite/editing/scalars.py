"""Text as the fields of an entry hold it: plain where that is safe, else in quotation marks."""

from __future__ import annotations

import re

from microsite.problems import Fault
from microsite.records.outline import outline

Typed = str | list["Typed"] | dict[str, "Typed"]  # what a person would type for a value

_SIMPLE = re.compile(
    r"[A-Za-z\u0e01-\u0e4f]([A-Za-z0-9\u0e01-\u0e5b ()./+–—-]*[A-Za-z0-9\u0e01-\u0e5b().])?"
)
_NUMBER = re.compile(
    r"-?(0|[1-9][0-9]*)(\.[0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2}|[1-9][0-9.]*-[1-9][0-9.]*"
)
# What other readers of YAML take for a number, a time of day or a yes, and ours for text.
_LOOKS_OTHER = re.compile(
    r"[-+.\d][\d_.,:eExXoOa-fA-F+-]*|y|n|yes|no|on|off|null|~|\.nan|-?\.inf", re.IGNORECASE
)
_TRUTH = {"true", "false"}


def scalar(text: str, style: str = "", *, in_flow: bool = False, indent: int = 2) -> str:
    """The text as a value, in the style of before where that can hold it.

    `indent` is that of the lines of a text of several lines; between brackets (`in_flow`) such a
    text stands in one line.
    """
    if "\n" in text and text[0] not in " \n" and not in_flow:
        lines = text.rstrip("\n").split("\n")
        keep = {0: "-", 1: ""}.get(len(text) - len(text.rstrip("\n")), "+")
        margin = " " * indent
        return f"|{keep}\n" + "\n".join(margin + line if line else "" for line in lines)
    if style == "'" and "\n" not in text:
        return _single(text)
    if style == '"' or "\n" in text:
        return _double(text)
    if is_plain(text, in_flow=in_flow):
        return text
    return _single(text) if '"' in text or "\\" in text else _double(text)


def is_plain(text: str, *, in_flow: bool = False) -> bool:
    """Whether every reader of YAML takes the text, without quotation marks, for what it says."""
    if text in _TRUTH or _NUMBER.fullmatch(text):
        return True
    if not text or text != text.strip() or _LOOKS_OTHER.fullmatch(text):
        return False
    if _SIMPLE.fullmatch(text):
        return True
    try:
        read = outline(f"[{text}]" if in_flow else f"key: {text}\n")
    except Fault:
        return False
    if read is None:
        return False
    values = read.items if in_flow else list(read.fields.values())
    return len(values) == 1 and values[0].value == text and values[0].style == ""


def in_brackets(value: Typed) -> str:
    """A value in one line, as it stands between the brackets of another."""
    if isinstance(value, dict):
        inside = (f"{scalar(key, in_flow=True)}: {in_brackets(one)}" for key, one in value.items())
        return "{" + ", ".join(inside) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(in_brackets, value)) + "]"
    return scalar(value, in_flow=True)


def lines_of(key: str, value: Typed, indent: int = 0) -> list[str]:
    """The lines of a field, as a person would write them."""
    margin = " " * indent
    if isinstance(value, str):
        said = scalar(value, indent=indent + 2) if value else ""
        return f"{margin}{key}: {said}".rstrip(" ").split("\n")
    if _is_short(value):
        return [f"{margin}{key}: {in_brackets(value)}"]
    return [f"{margin}{key}:", *_lines_below(value, indent + 2)]


def item_lines(value: Typed, indent: int) -> list[str]:
    """The lines of an item of a list; the `-` stands at the indent."""
    if isinstance(value, dict) and value:
        first, *rest = _lines_below(value, indent + 2)
        return [" " * indent + "- " + first.lstrip(" "), *rest]
    said = scalar(value, indent=indent + 2) if isinstance(value, str) else in_brackets(value)
    return (" " * indent + "- " + said).split("\n")


def _lines_below(value: list[Typed] | dict[str, Typed], indent: int) -> list[str]:
    if isinstance(value, dict):
        return [line for key, one in value.items() for line in lines_of(key, one, indent)]
    return [line for one in value for line in item_lines(one, indent)]


def _is_short(value: list[Typed] | dict[str, Typed]) -> bool:
    """Numbers, such as months or a position, stand in one line."""
    inside = value.values() if isinstance(value, dict) else value
    return all(isinstance(one, str) and _NUMBER.fullmatch(one) for one in inside)


def _single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _double(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
