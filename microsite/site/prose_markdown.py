"""Python-Markdown with what staff need, sparing it the work that a text does not ask for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FN_BACKLINK_TEXT, NBSP_PLACEHOLDER, FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.treeprocessors import InlineProcessor, UnescapeTreeprocessor
from markdown.util import AMP_SUBSTITUTE, AtomicString

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
_SIGNS = re.compile(r"[`\\\[<*_]")  # one is in each mark, but for the spaces of a line break
# Text whose only marks are pairs of two asterisks around words: the library, which finds out what
# each opens or closes in any text, takes several times as long to find that.
_BOLD = re.compile(r"\*\*(?![\s*])([^*_`\\\[<]+)(?<!\s)\*\*(?!\*)")
_ONLY_BOLD = re.compile(rf"(?:[^*_`\\\[<]*{_BOLD.pattern})+[^*_`\\\[<]*")
# What the test of a kind of block cannot pass without, either or; each test reads the whole block.
_NEEDED_BLOCK = {
    "table": ("|",),
    "hashheader": ("#",),
    "setextheader": ("\n=", "\n-"),
    "hr": ("-", "_", "*"),
    "deflist": (":",),
    "quote": (">",),
    "footnote": ("[^",),
    "reference": ("]:",),
}
# A line by which a block may be more than a paragraph; and a block of which the first line is one.
_MARKED = r" {0,3}(?:[-#=>\[]|:[ ]|\d+\.[ ]|[*+][ ]|([*_]) {0,2}\1 {0,2}\1)"
_MARKED_FIRST = re.compile(rf"\n|    |\Z|{_MARKED}")
_MARKED_LATER = re.compile(rf"\n{_MARKED}")
# What the library's preparation changes, besides adding blank lines at the end
_UNPREPARED = ("\r", "\t", "\x02", "\x03", "\n ")
_LONE_AND = re.compile(r"&(?!(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);)", re.IGNORECASE)
_WITHOUT_END = {"br", "hr", "img"}
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


def to_html(root: Element) -> str:
    """The HTML of a tree's blocks: what the library's serializer gives for our tags."""
    html: list[str] = []
    for block in root:
        _write(block, html.append)
    return "".join(html)


def _write(element: Element, write: Callable[[str], None]) -> None:
    tag = element.tag
    if element.attrib:
        named = "".join(f' {name}="{_quoted(value)}"' for name, value in sorted(element.items()))
        write(f"<{tag}{named}>")
    else:
        write(f"<{tag}>")
    if element.text:
        write(_escaped(element.text))
    for child in element:
        _write(child, write)
    if tag not in _WITHOUT_END:
        write(f"</{tag}>")
    if element.tail:
        write(_escaped(element.tail))


def _escaped(text: str) -> str:
    if "&" in text:
        text = _LONE_AND.sub("&amp;", text)
    if "<" in text or ">" in text:
        text = text.replace("<", "&lt;").replace(">", "&gt;")
    return text


def _quoted(value: str) -> str:
    return _escaped(value).replace('"', "&quot;")


def _read(markdown: Markdown, body: str) -> Element:
    markdown.reset()
    root = Element(markdown.doc_tag)
    markdown.parser.parseChunk(root, _prepared(markdown, body))
    for treeprocessor in markdown.treeprocessors:
        if isinstance(treeprocessor, UnescapeTreeprocessor) and "\\" not in body:
            continue  # walks all text after marks that only a backslash leaves
        changed = treeprocessor.run(root)
        root = root if changed is None else changed
    for needed, stand_in, text in _STAND_INS:
        if needed in body:
            _replace(root, stand_in, text)
    return root


def _prepared(markdown: Markdown, body: str) -> str:
    if not any(map(body.__contains__, _UNPREPARED)):
        return f"{body}\n\n"
    lines = body.split("\n")
    for preprocessor in markdown.preprocessors:
        lines = preprocessor.run(lines)
    return "\n".join(lines)


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
        TableExtension(use_align_attribute=True),
        DefListExtension(),
        FootnoteExtension(BACKLINK_TITLE=note_back),
        SaneListExtension(),
    ]
    markdown = Markdown(extensions=extensions, output_format="html")
    markdown.preprocessors.deregister("html_block")
    markdown.inlinePatterns.deregister("html")
    markdown.inlinePatterns.deregister("entity")  # the serializer lets them stand
    blocks = markdown.parser.blockprocessors
    blocks.deregister("code")  # in Thai, an indent begins a paragraph
    blocks.register(_Paragraph(markdown.parser), "plain", 110)
    for name, needed in _NEEDED_BLOCK.items():
        blocks[name].test = _sparing(blocks[name].test, needed)  # type: ignore[assignment]
    markdown.treeprocessors.deregister("prettify")
    markdown.treeprocessors.register(_Inline(markdown), "inline", 20)
    markdown.parser.parseBlocks = _taking_turns([*blocks])  # type: ignore[assignment, method-assign]
    return markdown


def _taking_turns(
    processors: Sequence[BlockProcessor],
) -> Callable[[Element, list[str]], None]:
    """`BlockParser.parseBlocks`, which puts its processors into their order for each block."""

    def parse(parent: Element, blocks: list[str]) -> None:
        while blocks:
            for one in processors:
                if one.test(parent, blocks[0]) and one.run(parent, blocks) is not False:
                    break

    return parse


def _sparing(
    test: Callable[[Element, str], bool], needed: tuple[str, ...]
) -> Callable[[Element, str], bool]:
    """The test of a kind of block, asked only about blocks that can pass it."""

    def spared(parent: Element, block: str) -> bool:
        return any(map(block.__contains__, needed)) and test(parent, block)

    return spared


class _Paragraph(BlockProcessor):
    """Takes paragraphs, which most blocks are, before all others: a look at lines' beginnings."""

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser)
        self._paragraph = parser.blockprocessors["paragraph"]

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 # as the library calls it
        return not ("|" in block or _MARKED_FIRST.match(block) or _MARKED_LATER.search(block))

    def run(self, parent: Element, blocks: list[str]) -> None:
        self._paragraph.run(parent, blocks)


class _Inline(InlineProcessor):
    """Tries a pattern only on text that has its mark: most text of most bodies has none."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        names = {
            id(md.inlinePatterns[one]): one for one in _NEEDED_INLINE if one in md.inlinePatterns
        }
        self._patterns = [(one, names.get(id(one), "")) for one in md.inlinePatterns]
        self._always = not all(name for _, name in self._patterns)
        self._by_signs: dict[frozenset[str], list[tuple[int, Any, str]]] = {}

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Walks only blocks in which there is something to find, and more than bold words."""
        walked: Element = tree
        if not any(block.tail for block in tree):
            walked = Element(tree.tag)
            walked.extend(one for one in tree if self._has_more(one))
        if len(walked):
            super().run(walked, ancestors)
        return tree

    def _has_more(self, block: Element) -> bool:
        """Whether a pattern can match in a block, once its bold words are found."""
        has_more = False
        for one in list(block.iter()) if len(block) else [block]:
            if one.tail and self._has_mark(one.tail):
                has_more = True
            if one.text and self._has_mark(one.text):
                if "  \n" not in one.text and _ONLY_BOLD.fullmatch(one.text):
                    _embolden(one, one.text)
                else:
                    has_more = True
        return has_more or self._always

    def _has_mark(self, text: str) -> bool:
        return bool(self._always or _SIGNS.search(text) or "  \n" in text)

    def _InlineProcessor__handleInline(  # noqa: N802 # the library's name
        self, data: str, index: int = 0
    ) -> str:
        if isinstance(data, AtomicString) or not self._has_mark(data):
            return data
        for at, pattern, name in self._wanted(frozenset(_SIGNS.findall(data))):
            if at < index or (name and not any(map(data.__contains__, _NEEDED_INLINE[name]))):
                continue
            matched, start = True, 0
            while matched:
                data, matched, start = self._apply(pattern, data, at, start)
        return data

    def _wanted(self, signs: frozenset[str]) -> list[tuple[int, Any, str]]:
        """The patterns that can match a text with these signs, each with its place."""
        if signs not in self._by_signs:
            self._by_signs[signs] = [
                (at, pattern, name)
                for at, (pattern, name) in enumerate(self._patterns)
                if not name
                or any(signs & {*mark} or mark.isspace() for mark in _NEEDED_INLINE[name])
            ]
        return self._by_signs[signs]

    def _apply(self, pattern: Any, data: str, at: int, start: int) -> tuple[str, bool, int]:
        found: tuple[str, bool, int] = self._InlineProcessor__applyPattern(  # type: ignore[attr-defined]
            pattern, data, at, start
        )
        return found


def _embolden(element: Element, text: str) -> None:
    """Give an element a text of which `_ONLY_BOLD` is true."""
    element.text, *found = _BOLD.split(text)
    for at, (words, tail) in enumerate(zip(found[::2], found[1::2], strict=True)):
        strong = Element("strong")
        strong.text, strong.tail = words, tail
        element.insert(at, strong)
