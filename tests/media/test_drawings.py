"""Flags and illustrations: what is a plain drawing comes through, everything else does not."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.media.drawings import Flag, flag_css, read_flag, read_illustration
from microsite.problems import Fault

ROOT = Path(__file__).parents[2]
SITES = (ROOT, *sorted(ROOT.glob("examples/*")))
OURS = [path for site in SITES for path in sorted(site.glob("assets/illustrations/flags/*.svg"))]
DRAWN = [path for site in SITES for path in sorted(site.glob("assets/illustrations/*.svg"))]
HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" data-ground="#ABC" '
    'data-text="#32132f" data-tone="#8fd2c9" data-base="#00616b">'
)
FLAG = '<symbol id="flag" viewBox="0 0 96 96">{}</symbol>'
CLOTH = '<symbol id="cloth" viewBox="0 0 24 24"><circle cx="12" cy="12" r="4"/></symbol>'
SHAPE = '<path d="M0 0h96v96z" fill="#f4511e"/>'


def flag_file(shapes: str = SHAPE, *, head: str = HEAD, symbols: str = FLAG + CLOTH) -> bytes:
    return (head + symbols.replace("{}", shapes) + "</svg>").encode()


def test_a_flag_is_its_two_pictures_and_four_colours():
    flag = read_flag("sample", flag_file(f'\n <g  transform="rotate(45 48,48)">\n{SHAPE}</g>\n'))
    assert flag == Flag(
        slug="sample",
        ground="#aabbcc",
        text="#32132f",
        tone="#8fd2c9",
        base="#00616b",
        flag='<g transform="rotate(45 48,48)"><path d="M0 0h96v96z" fill="#f4511e"/></g>',
        cloth='<circle cx="12" cy="12" r="4"/>',
    )


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_every_flag_that_we_draw_can_be_flown(path):
    flag = read_flag(path.stem, path.read_bytes())
    assert flag.flag and flag.cloth


@pytest.mark.parametrize("path", DRAWN, ids=lambda path: path.stem)
def test_every_illustration_that_we_draw_can_be_shown(path):
    assert read_illustration(path.stem, path.read_bytes()).markup


HOSTILE_SHAPES = [
    "<script>alert(1)</script>",
    '<path d="M0 0" onload="alert(1)"/>',
    '<path d="M0 0" style="fill:red"/>',
    '<path d="M0 0" class="x"/>',
    '<path d="M0 0" id="x"/>',
    '<path d="M0 0" fill="url(#x)"/>',
    '<path d="M0 0" fill="url(https://example.com/x)"/>',
    '<path d="M0 0" fill="var(--ink)"/>',
    '<path d="M0 0" fill="var(--ground, url(x))"/>',
    '<path d="M0 0" fill="javascript:alert(1)"/>',
    '<path d="M0 0" fill="#fff;x"/>',
    '<path d="M0 0&quot; onload=&quot;alert(1)"/>',
    '<path d="M0 0" transform="translate(1) url(x)"/>',
    '<path d="M0 0" clip-path="none"/>',
    '<path d="M0 0" xlink:href="#x" xmlns:xlink="http://www.w3.org/1999/xlink"/>',
    '<path d="M0 0"><animate attributeName="d"/></path>',
    '<path d="M0 0"><path d="M0 0"/></path>',
    '<use href="https://example.com/x.svg#x"/>',
    '<image href="https://example.com/x.png"/>',
    "<foreignObject><b>x</b></foreignObject>",
    '<b xmlns="http://www.w3.org/1999/xhtml">x</b>',
    '<path xmlns="http://www.w3.org/1999/xhtml" d="M0 0"/>',
    "<text>x</text>",
    "<style>*{fill:red}</style>",
    "<a href='x'/>",
    "words",
    '<path d="M0 0"/>words',
    "<!-- a note -->",
    "<![CDATA[x]]>",
    '<rect width="100%" height="1e9"/>',
    '<rect width="٣" height="1"/>',
    "<g>" * 9 + "</g>" * 9,
    "<g>" * 2000 + "</g>" * 2000,
    SHAPE * 500,
    "\ufffe",
    "&nbsp;",
    "<path",
]


@pytest.mark.parametrize("shapes", HOSTILE_SHAPES, ids=lambda shapes: shapes[:40])
def test_what_is_no_plain_shape_is_refused(shapes):
    with pytest.raises(Fault) as caught:
        read_flag("sample", flag_file(shapes))
    assert caught.value.rule.startswith("drawing-")
    assert (caught.value.message + caught.value.remedy).format(**caught.value.values)


@pytest.mark.parametrize(
    "svg",
    [
        b"",
        b"\xff\xfe<",
        flag_file().decode().encode("utf-16"),
        b"<!DOCTYPE svg [<!ENTITY x 'y'>]>" + flag_file(),
        flag_file(head=HEAD.replace("<svg", "<svg onload='x'")),
        flag_file(head=HEAD.replace("2000/svg", "1999/xhtml")),
        flag_file(head=HEAD.replace('data-base="#00616b"', "")),
        flag_file(head=HEAD.replace("#00616b", "teal")),
        flag_file(head=HEAD.replace("0 0 96 96", "0 0 48 48")),
        flag_file(symbols=FLAG),
        flag_file(symbols=CLOTH + FLAG),
        flag_file(symbols=FLAG + CLOTH + CLOTH),
        flag_file(symbols=FLAG + CLOTH + SHAPE),
        flag_file(symbols=FLAG + CLOTH.replace("0 0 24 24", "0 0 12 12")),
        flag_file(symbols=FLAG + CLOTH.replace("symbol", "g")),
    ],
)
def test_a_file_of_another_make_is_refused(svg):
    with pytest.raises(Fault) as caught:
        read_flag("sample", svg)
    assert caught.value.rule.startswith(("drawing-", "flag-"))
    assert (caught.value.message + caught.value.remedy).format(**caught.value.values)


@given(st.data())
def test_a_mangled_flag_is_a_plain_drawing_or_a_fault(data):
    svg = bytearray(flag_file(f'<g opacity=".5">{SHAPE}</g>'))
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(svg)))
        svg[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    try:
        flag = read_flag("sample", bytes(svg))
    except Fault:
        return
    written = ElementTree.fromstring(f"<svg>{flag.flag}{flag.cloth}</svg>")  # noqa: S314 (made here)
    for element in written.iter():
        assert element.tag in {"svg", "g", "path", "circle", "rect", "ellipse", "polygon"}
        assert element.attrib.keys() <= {"d", "fill", "opacity", "cx", "cy", "r"}


@given(st.text(max_size=40))
def test_no_value_breaks_out_of_its_attribute(value):
    shape = ElementTree.tostring(ElementTree.Element("path", d=value, fill=value), "unicode")
    try:
        markup = read_flag("sample", flag_file(shape)).flag
    except Fault:
        return
    assert markup.count('"') == 4 and markup.count("<") == 1 and "&" not in markup


def test_an_illustration_takes_the_colours_of_the_page():
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 32" '
        b'preserveAspectRatio="xMaxYMax meet">'
        b'<path fill="currentColor" d="M2 1h3"/>\n<path fill="var(--hero-sun)" d="M2 1h3"/></svg>'
    )
    drawing = read_illustration("horizon", svg)
    assert (drawing.view_box, drawing.fit) == ("0 0 24 32", "xMaxYMax meet")
    assert drawing.markup == (
        '<path fill="currentColor" d="M2 1h3"/><path fill="var(--hero-sun)" d="M2 1h3"/>'
    )


def test_an_illustration_without_its_measure_says_so():
    with pytest.raises(Fault) as caught:
        read_illustration("mark", b'<svg xmlns="http://www.w3.org/2000/svg"/>')
    assert caught.value.rule == "drawing-lacks"


def test_each_flag_has_one_class_whatever_the_order_they_come_in():
    one, other = read_flag("b", flag_file()), read_flag("a", flag_file())
    assert flag_css([one, other]) == flag_css([other, one])
    assert flag_css([other]) == (
        ".flag--a{--ground:#aabbcc;--on-ground:#32132f;--tone:#8fd2c9;--base:#00616b}"
    )
