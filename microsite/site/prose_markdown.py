"""Python-Markdown with what staff need, sparing it the work that a text does not ask for."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FN_BACKLINK_TEXT, NBSP_PLACEHOLDER, FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension, TableProcessor
from markdown.serializers import to_html_string
from markdown.treeprocessors import InlineProcessor
from markdown.util import AMP_SUBSTITUTE

# What an inline pattern needs to match, either or; a pattern that is not named is always tried.
_NEEDED_INLINE = {
    "backtick": ("`",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "em_strong": ("*", "_"),
    "em_strong2": ("_",),
    "not_strong": ("*", "_"),
}
_MARKS = {mark for marks in _NEEDED_INLINE.values() for mark in marks}
# What Python-Markdown lets stand in until the end: what it takes to get there, what it stands for
_STAND_INS = (
    ("&", AMP_SUBSTITUTE, "&"),
    ("<", AMP_SUBSTITUTE, "&"),
    ("[^", FN_BACKLINK_TEXT, "↩\ufe0e"),  # as text, not as a picture
    ("[^", NBSP_PLACEHOLDER, "\u00a0"),
)


def read_tree(body: str, note_back: str) -> Element:
    """The tree of a body: what `Markdown.convert` does, as far as that.

    `note_back` names the way back from a footnote.

    Raises:
        RecursionError: lists or quotes lie too deep in each other.
    """
    markdown = _markdown(note_back)
    try:
        return _read(markdown, body)
    except RecursionError:
        _markdown.cache_clear()  # it stopped half-way
        raise


def to_html(block: Element) -> str:
    """The HTML of one block of a tree."""
    html: str = to_html_string(block)
    return html


def _read(markdown: Markdown, body: str) -> Element:
    markdown.reset()
    lines = body.split("\n")
    for preprocessor in markdown.preprocessors:
        lines = preprocessor.run(lines)
    root = Element(markdown.doc_tag)
    markdown.parser.parseChunk(root, "\n".join(lines))
    for treeprocessor in markdown.treeprocessors:
        if treeprocessor is markdown.treeprocessors["unescape"] and "\\" not in body:
            continue  # walks all text after marks that only a backslash leaves
        changed = treeprocessor.run(root)
        root = root if changed is None else changed
    for needed, stand_in, text in _STAND_INS:
        if needed in body:
            _replace(root, stand_in, text)
    return root


def _replace(root: Element, stand_in: str, text: str) -> None:
    for element in root.iter():
        if stand_in in (element.text or ""):
            element.text = (element.text or "").replace(stand_in, text)
        if stand_in in (element.tail or ""):
            element.tail = (element.tail or "").replace(stand_in, text)
        for name, value in element.items():
            element.set(name, value.replace(stand_in, text))


@lru_cache
def _markdown(note_back: str) -> Markdown:
    """Nothing that lets HTML through; made once, for making it costs as much as a body."""
    extensions = [
        _Tables(use_align_attribute=True),
        DefListExtension(),
        FootnoteExtension(BACKLINK_TITLE=note_back),
        SaneListExtension(),
    ]
    markdown = Markdown(extensions=extensions, output_format="html")
    markdown.preprocessors.deregister("html_block")
    markdown.inlinePatterns.deregister("html")
    markdown.inlinePatterns.deregister("entity")  # the serializer lets them stand
    markdown.parser.blockprocessors.deregister("code")  # in Thai, an indent begins a paragraph
    markdown.treeprocessors.deregister("prettify")
    markdown.treeprocessors.register(_Inline(markdown), "inline", 20)
    return markdown


class _Tables(TableExtension):
    """Its test takes each block apart: asked only about blocks with a bar."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 # the library's name
        super().extendMarkdown(md)
        md.parser.blockprocessors.register(_Table(md.parser, self.getConfigs()), "table", 75)


class _Table(TableProcessor):
    def test(self, parent: Element, block: str) -> bool:
        return "|" in block and super().test(parent, block)


class _Inline(InlineProcessor):
    """Tries a pattern only on text that has its mark: most text of most bodies has none."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        patterns = md.inlinePatterns
        self._needed = {
            id(patterns[name]): marks for name, marks in _NEEDED_INLINE.items() if name in patterns
        }
        self._has_mark = re.compile("|".join(map(re.escape, sorted(_MARKS)))).search
        if len(self._needed) < len(patterns):
            self._has_mark = re.compile("").search

    def _InlineProcessor__handleInline(  # noqa: N802 # the library's name
        self, data: str, index: int = 0
    ) -> str:
        if not self._has_mark(data):
            return data
        text: str = super()._InlineProcessor__handleInline(data, index)  # type: ignore[misc]
        return text

    def _InlineProcessor__applyPattern(  # noqa: N802 # the library's name
        self, pattern: Any, data: str, index: int, start: int = 0
    ) -> tuple[str, bool, int]:
        needed = self._needed.get(id(pattern))
        if needed is not None and not any(map(data.__contains__, needed)):
            return data, False, 0
        found: tuple[str, bool, int] = super()._InlineProcessor__applyPattern(  # type: ignore[misc]
            pattern, data, index, start
        )
        return found
