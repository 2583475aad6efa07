"""Drawings: flags and illustrations, read through a list of what they may hold and written anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from xml.etree import ElementTree  # entities are refused before it reads

from msgspec import Struct

from microsite.problems import N_, Fault

ICON_INK = "#77898a"  # for currentColor in an icon: seen on light and on dark browsers
TOUCH_INK, TOUCH_GROUND = "#32132f", "#f2f7f5"  # those of a page by day
LARGEST = 16_384  # bytes; the largest of ours has 1,700
_DEEPEST = 8
_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = r"-?(?:\d+(?:\.\d*)?|\.\d+)"
_NUMBERS = rf"{_NUMBER}(?:(?:[ ,]+|(?=-)){_NUMBER})*"  # one way to read it, so no backtracking
_HEX = r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})"
_PLAIN_PAINT = rf"none|white|black|{_HEX}"

_GEOMETRY: Mapping[str, Mapping[str, str]] = {
    "g": {},
    "path": {"d": r"[MmZzLlHhVvCcSsQqTtAa0-9., \-]+"},
    "rect": dict.fromkeys(("x", "y", "width", "height", "rx", "ry"), _NUMBER),
    "circle": dict.fromkeys(("cx", "cy", "r"), _NUMBER),
    "ellipse": dict.fromkeys(("cx", "cy", "rx", "ry"), _NUMBER),
    "polygon": {"points": _NUMBERS},
}
_STYLE: Mapping[str, str] = {
    "fill-rule": "nonzero|evenodd",
    "stroke-width": _NUMBER,
    "stroke-linecap": "butt|round|square",
    "stroke-linejoin": "miter|round|bevel",
    "stroke-miterlimit": _NUMBER,
    "stroke-dasharray": rf"none|{_NUMBERS}",
    "stroke-dashoffset": _NUMBER,
    "opacity": _NUMBER,
    "fill-opacity": _NUMBER,
    "stroke-opacity": _NUMBER,
    "transform": rf"(?:(?:translate|rotate|scale|skewX|skewY|matrix)\( ?{_NUMBERS} ?\)[ ,]*)+",
}
_FLAG_PAINT = rf"{_PLAIN_PAINT}|var\(--(?:ground|on-ground|tone|base)\)"
_PROPERTY = r"var\(--[a-z][a-z0-9-]*\)"
_ANY_PAINT = rf"{_PLAIN_PAINT}|currentColor|{_PROPERTY}"
_VIEW_BOX = rf"{_NUMBER}(?: {_NUMBER}){{3}}"
_FIT = r"none|x(?:Min|Mid|Max)Y(?:Min|Mid|Max)(?: meet| slice)?"
_COLOURS = ("data-ground", "data-text", "data-tone", "data-base")
_SYMBOLS = {"flag": "0 0 96 96", "cloth": "0 0 24 24"}  # name to viewBox


class Flag(Struct, frozen=True):
    """What an enterprise flies where there is no photo."""

    slug: str
    ground: str  # this and the next three: #rrggbb
    text: str  # reads well on the ground
    tone: str  # of the pattern on the cloth
    base: str  # of the waves below
    flag: str  # markup inside the symbol; viewBox 0 0 96 96
    cloth: str  # one tile of the pattern; viewBox 0 0 24 24


class Illustration(Struct, frozen=True):
    """A drawing to be set into a page; colours may be `currentColor` and custom properties."""

    name: str
    view_box: str  # "0 0 24 32"
    fit: str  # preserveAspectRatio
    markup: str  # what stands inside the svg element


def read_flag(slug: str, svg: bytes) -> Flag:
    """The flag in this file: symbols `flag` and `cloth`, four colours on the root.

    Raises:
        Fault: not such a file, or anything in it that is not plain shapes in plain colours.
    """
    root = _root(svg)
    _check(root, {"viewBox": "0 0 96 96", **dict.fromkeys(_COLOURS, _HEX)}, needed=True)
    symbols = {symbol.get("id", ""): symbol for symbol in root}
    if list(symbols) != list(_SYMBOLS) or len(root) != len(_SYMBOLS):
        raise Fault(
            "flag-symbols",
            N_(
                "A flag file holds two symbols, “flag” and “cloth”, in this order and nothing else."
            ),
            N_("Start from a copy of assets/illustrations/flags/default.svg."),
        )
    for name, symbol in symbols.items():
        if _name(symbol) != "symbol":
            raise _element_fault(_name(symbol))
        _check(symbol, {"id": name, "viewBox": _SYMBOLS[name]}, needed=True)
    ground, text, tone, base = (_full_hex(root.get(name, "")) for name in _COLOURS)
    markups = (_markup(symbol, _FLAG_PAINT) for symbol in symbols.values())
    return Flag(slug, ground, text, tone, base, *markups)


def read_illustration(name: str, svg: bytes) -> Illustration:
    """The drawing in this file. Its `viewBox` is needed, `preserveAspectRatio` is kept.

    Raises:
        Fault: not SVG, or anything in it that is not plain shapes.
    """
    root = _root(svg)
    values = _check(root, {"viewBox": _VIEW_BOX, "preserveAspectRatio": _FIT})
    view_box = _value(root, "viewBox", _VIEW_BOX)
    fit = values.get("preserveAspectRatio", "xMidYMid meet")
    return Illustration(name, view_box, fit, _markup(root, _ANY_PAINT))


def flag_css(flags: Iterable[Flag]) -> str:
    """One class a flag that sets its four colours; a page's markup states none of them."""
    return "".join(
        f".flag--{flag.slug}{{--ground:{flag.ground};--on-ground:{flag.text};"
        f"--tone:{flag.tone};--base:{flag.base}}}"
        for flag in sorted(flags, key=lambda flag: flag.slug)
    )


def icon(drawing: Illustration) -> bytes:
    """The drawing as a file of its own, square, as browsers want it beside a page's title."""
    left, top, side = _square(drawing)
    return _alone(drawing, ICON_INK, (left, top, side, side))


def touch_icon(drawing: Illustration) -> bytes:
    """The drawing on a square ground that it fills to two thirds, as home screens want it.

    Source: Apple, "Configuring web applications": without a ground of its own it would stand on
    black; its corners are cut round.
    """
    left, top, side = _square(drawing)
    whole = side * 1.5
    box = (left - side / 4, top - side / 4, whole, whole)
    edges = " ".join(
        f'{name}="{edge:g}"' for name, edge in zip(("x", "y", "width", "height"), box, strict=True)
    )
    return _alone(drawing, TOUCH_INK, box, f'<rect {edges} fill="{TOUCH_GROUND}"/>')


def _square(drawing: Illustration) -> tuple[float, float, float]:
    """Left, top and side of the smallest square around the drawing, which stands in its middle."""
    left, top, width, height = map(float, drawing.view_box.split())
    side = max(width, height)
    return left - (side - width) / 2, top - (side - height) / 2, side


def _alone(
    drawing: Illustration, ink: str, box: tuple[float, float, float, float], ground: str = ""
) -> bytes:
    """A whole SVG file; colours that pages would give it become `ink`."""
    markup = re.sub(_PROPERTY, "currentColor", drawing.markup)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" color="{ink}" viewBox="'
        f'{" ".join(f"{edge:g}" for edge in box)}">{ground}{markup}</svg>'
    ).encode()


def _root(svg: bytes) -> ElementTree.Element:
    if len(svg) > LARGEST:
        raise Fault(
            "drawing-too-large",
            N_("The drawing has {size} KB; {most} KB are the most."),
            N_("Draw it with fewer points; a photo belongs in assets/photos."),
            size=-(-len(svg) // 1024),
            most=LARGEST // 1024,
        )
    try:
        text = svg.decode("utf-8-sig")
        if "<!" in text:
            raise Fault(
                "drawing-has-more",
                N_("The drawing holds “<!”, which begins a note or a definition."),
                N_("Delete that part. In Inkscape: Save As, Optimized SVG, comments removed."),
            )
        root = ElementTree.fromstring(text)  # noqa: S314 (bounded in size, no entities)
    except (UnicodeDecodeError, ElementTree.ParseError, ValueError) as error:
        line = error.position[0] if isinstance(error, ElementTree.ParseError) else 1
        raise Fault(
            "drawing-unreadable",
            N_("This is not a whole SVG drawing: line {line} cannot be read."),
            N_("Save it anew as plain SVG, encoded as UTF-8."),
            line=line,
        ) from error
    if root.tag != f"{_SVG}svg":
        raise _element_fault(_name(root))
    return root


def _markup(parent: ElementTree.Element, paint: str, depth: int = 1) -> str:
    """The shapes inside, written by us in the shortest form: nothing is passed through."""
    if depth > _DEEPEST:
        raise Fault(
            "drawing-too-deep",
            N_("The drawing has groups within groups, more than {most} deep."),
            N_("Ungroup what need not be grouped."),
            most=_DEEPEST,
        )
    if (parent.text or "").strip() or any((child.tail or "").strip() for child in parent):
        raise Fault(
            "drawing-has-text",
            N_("The drawing holds text outside its shapes."),
            N_("Turn words into shapes, or write them on the page."),
        )
    written = []
    for child in parent:
        name = _name(child)
        if name not in _GEOMETRY:
            raise _element_fault(name)
        values = _check(child, {**_GEOMETRY[name], **_STYLE, "fill": paint, "stroke": paint})
        attributes = "".join(f' {key}="{escape(value)}"' for key, value in values.items())
        inside = _markup(child, paint, depth + 1)
        if inside and name != "g":
            raise _element_fault(_name(child[0]))
        written.append(f"<{name}{attributes}" + (f">{inside}</{name}>" if inside else "/>"))
    return "".join(written)


def _check(
    element: ElementTree.Element, allowed: Mapping[str, str], *, needed: bool = False
) -> dict[str, str]:
    """The element's attributes, spaces evened out, when all are allowed in name and value."""
    for name in element.attrib:
        if name not in allowed:
            raise Fault(
                "drawing-attribute",
                N_("“{attribute}” on <{element}> has no place in a drawing of the site."),
                N_("Delete it. Allowed here: {allowed}."),
                attribute=_local(name),
                element=_name(element),
                allowed=", ".join(sorted(allowed)),
            )
    names = allowed if needed else element.attrib
    return {name: _value(element, name, allowed[name]) for name in names}


def _value(element: ElementTree.Element, name: str, pattern: str) -> str:
    value = " ".join(element.get(name, "").split())
    if not value:
        raise Fault(
            "drawing-lacks",
            N_("<{element}> lacks its “{attribute}”."),
            N_("Look at the drawings that are there, and write it as they do."),
            element=_name(element),
            attribute=name,
        )
    if not re.fullmatch(pattern, value, re.ASCII):
        raise Fault(
            "drawing-value",
            N_("“{value}” cannot be the {attribute} of <{element}>."),
            N_("Use plain numbers, and colours such as #00616b; look at the flags that are there."),
            value=value[:60],
            attribute=name,
            element=_name(element),
        )
    return value


def _element_fault(name: str) -> Fault:
    return Fault(
        "drawing-element",
        N_("<{element}> has no place here in a drawing of the site."),
        N_("Draw with these shapes only: {allowed}."),
        element=name,
        allowed=", ".join(_GEOMETRY),
    )


def _name(element: ElementTree.Element) -> str:
    """Name of an SVG element; elements of other worlds keep theirs with a mark before it."""
    tag = str(element.tag)
    return tag.removeprefix(_SVG) if tag.startswith(_SVG) else f"?:{_local(tag)}"


def _local(name: str) -> str:
    return name.rpartition("}")[2][:40]


def _full_hex(colour: str) -> str:
    digits = colour.strip().lower().removeprefix("#")
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))
