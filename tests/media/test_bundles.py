"""Style sheets come in their order, and a file's name changes with what is in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import tinycss2
from hypothesis import given
from hypothesis import strategies as st

from microsite.media.bundles import hashed_name, stylesheet, stylesheets
from microsite.problems import Fault

ROOT = Path(__file__).parents[2]
SHEETS = sorted([*ROOT.glob("assets/css/**/*.css"), *ROOT.glob("examples/*/assets/css/**/*.css")])
TRICKY = """
/* a "note" */
@layer parts {
  .a { --gap: calc( 1px + 2px ); width: calc( 100% - ( var(--gap) + 1px ) ) ; }
  .a:is(.b, .c) > d + e ~ f,
  g :not( .h ) { margin-inline: -1px +2px; content: "a  /* b */  c; }"; color: rgb(0 0 0 / 50%) }
  @media (48rem <= width < 62rem) and (prefers-color-scheme: dark) { .a { inset: 0 } }
  @supports not (text-wrap: balance) { .prose :lang(th) { top: 0 } }
  a[href^="https://"]::after { content: "\\2197  " /* an arrow */ }
  .n { & > a { font: 700 1rem/1.6 "Chakra Petch" , sans-serif !important } &:hover { top: 0 } }
  .s :hover { top: 0 } .s:hover { top: 0 } .s/* none */:hover { margin: 1px/* gap */2px; }
  .u { background: url( "a b.svg" ) , url(data:image/svg+xml;base64,AAA=); grid-area: 1 / 2 }
  .v { mask: url("data:image/svg+xml,<svg viewBox='0 0  4 4'>") } ; ;
}
"""


def meaning(css: str) -> list[object]:
    """What a browser reads: rules in rules, with only those spaces that part two words."""

    def words(tokens: list[object]) -> str:
        text = re.sub(r"\s+", " ", tinycss2.serialize(tokens).strip())
        return re.sub(r" ?, ?|(?<=\() | (?=\))|(?<=:) ", lambda m: m[0].strip(), text)

    def read(node) -> object:
        if node.type == "declaration":
            return node.name, words(node.value), node.important
        inside = tinycss2.parse_blocks_contents(node.content or [], True, True)
        return getattr(node, "at_keyword", ""), words(node.prelude), [read(one) for one in inside]

    return [read(rule) for rule in tinycss2.parse_stylesheet(css, True, True)]


def test_layers_come_from_the_weakest_to_the_strongest():
    parts = {
        "css/parts/b.css": b".b{top:0}",
        "css/parts/a.css": b".a{top:0}",
        "css/layouts/z.css": b".z{top:0}",
        "css/base/y.css": b".y{top:0}",
        "css/tokens/x.css": b".x{top:0}",
    }
    css = stylesheet(parts, [".last{top:0}"])
    assert css == (
        b"@layer tokens,base,layouts,parts;"
        b".x{top:0}.y{top:0}.z{top:0}.a{top:0}.b{top:0}.last{top:0}"
    )
    assert stylesheet(dict(reversed(parts.items())), [".last{top:0}"]) == css


def test_a_smaller_style_sheet_means_the_same():
    small = stylesheet({"css/parts/a.css": TRICKY.encode()}).decode()
    assert len(small) < 0.85 * len(TRICKY)
    assert meaning(small)[1:] == meaning(TRICKY)
    assert ".prose :lang(th){top:0}" in small


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_each_of_our_style_sheets_means_the_same_when_smaller(path):
    css = path.read_bytes()
    assert meaning(stylesheet({path.as_posix(): css}).decode())[1:] == meaning(css.decode())


def test_the_mark_of_a_windows_editor_is_no_part_of_the_styles():
    assert b"\xef\xbb\xbf" not in stylesheet({"css/parts/a.css": b"\xef\xbb\xbf.a{top:0}"})


@pytest.mark.parametrize(
    ("path", "css", "rule"),
    [
        ("css/parts/a.css", "/* ราคา */".encode("cp874"), "style-encoding"),
        ("css/part/a.css", b"", "style-folder"),
        ("parts.css", b"", "style-folder"),
        ("css/parts/a.css", b".a { top: 0", "style-open-end"),
        ("css/parts/a.css", b".a { top: 0 }}", "style-open-end"),
        ("css/parts/a.css", b".a { top: calc(1px }", "style-open-end"),
        ("css/parts/a.css", b".a { top: 0 } /* and", "style-open-end"),
        ("css/parts/a.css", b'.a { content: "a }', "style-open-end"),
    ],
)
def test_a_style_file_that_would_spoil_the_others_is_named(path, css, rule):
    with pytest.raises(Fault) as caught:
        stylesheet({"css/tokens/x.css": b".x{top:0}", path: css})
    assert caught.value.rule == rule
    assert path in caught.value.message.format(**caught.value.values)
    assert caught.value.remedy.format(**caught.value.values)


def test_brackets_in_notes_and_quotes_count_for_nothing():
    css = b'.a { content: "}{\\"" } /* { \' */ .b { content: \'("\' }'
    assert stylesheet({"css/parts/a.css": css})


@given(st.binary(), st.binary())
def test_a_name_changes_exactly_when_the_file_does(one, other):
    first, second = hashed_name("assets/site.css", one), hashed_name("assets/site.css", other)
    assert (first == second) == (one == other)


def test_a_hashed_name_keeps_folder_and_ending():
    name = hashed_name("assets/js/search.min.js", b"x")
    assert name.startswith("assets/js/search.min-") and name.endswith(".js")
    assert len(name) == len("assets/js/search.min-1a2b3c4d5e.js")


def test_a_template_gets_the_styles_of_its_parts_and_of_all_that_is_no_part():
    files = {
        "css/base/text.css": b"@layer base{p{top:1px}}",
        "css/parts/card.css": b"@layer parts{.card{top:2px}}",
        "css/parts/hero.css": b"@layer parts{.hero{top:3px}}",
    }
    made = stylesheets(files, {"home": {"card", "hero"}, "list": {"card"}}, [".tint{top:4px}"])
    assert made["home"] == stylesheet(files, [".tint{top:4px}"])
    assert made["list"] == stylesheet({**files, "css/parts/hero.css": b""}, [".tint{top:4px}"])


def test_a_slip_in_the_styles_of_an_idle_part_is_told():
    with pytest.raises(Fault) as caught:
        stylesheets({"css/parts/hero.css": b"@layer parts {"}, {"list": set()})
    assert caught.value.rule == "style-open-end"
