"""The work that is spared changes nothing: the tree is the one that the plain library makes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension

from microsite.site.prose_markdown import read_tree, to_html

ROOT = Path(__file__).parents[2]
BODIES = [
    path.read_text("utf-8").split("\n---\n", 1)[-1]
    for path in sorted([*ROOT.glob("content/**/*.md"), *ROOT.glob("examples/*/content/**/*.md")])
]
CASES = (ROOT / "tests/cases/prose.md").read_text("utf-8")
BACK = "Back, note {}"
PIECES = [
    *"*_`\\[]()!<>&|#-+:=~^@. \n\n1aกิ",
    *("  \n", "**", "__", "[^1]", "[^1]: n\n", "![", "](b)", "<a@b.c>", "<http://a.b>", "\n\n"),
    *(" **ก** ", "**a b**", "\r\n", "\t", "\n  ", "\n * ", "_ _ _", "***", "\n๑. "),
    *("\n- ", "\n1. ", "\n> ", "\n# ", "\n---\n", "a|b\n-|-\n1|2\n", "\n: ", "&amp;", "คำ", "    "),
]


def plainly(body):
    """The HTML by the library alone, with the same extensions, and HTML switched off as there."""
    extensions = [
        TableExtension(use_align_attribute=True),
        DefListExtension(),
        FootnoteExtension(BACKLINK_TITLE=BACK),
        SaneListExtension(),
    ]
    markdown = Markdown(extensions=extensions, output_format="html")
    markdown.preprocessors.deregister("html_block")
    markdown.inlinePatterns.deregister("html")
    markdown.inlinePatterns.deregister("entity")
    markdown.parser.blockprocessors.deregister("code")
    markdown.treeprocessors.deregister("prettify")
    html = markdown.convert(body)
    return html.replace("&#8617;", "↩\ufe0e").replace("&#160;", "\u00a0")


def ours(body):
    return to_html(read_tree(body, BACK)).strip()


@pytest.mark.parametrize("body", [*BODIES, *re.split(r"\n\n+", CASES)])
def test_what_people_wrote_reads_as_the_plain_library_has_it(body):
    assert ours(body) == plainly(body)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_whatever_is_typed_reads_as_the_plain_library_has_it(body):
    assert ours(body) == plainly(body)


def test_a_text_that_is_too_deep_leaves_nothing_behind_for_the_next():
    body = "a\n\n[^1]: note\n\nb[^1]"
    alone = ours(body)
    with pytest.raises(RecursionError):
        read_tree("\n".join("    " * depth + "- a" for depth in range(500)), BACK)
    assert ours(body) == alone
