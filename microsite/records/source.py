"""One file's bytes become an Entry: its fields and body as typed, each with its place."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any, cast

import yaml
from msgspec import Struct
from msgspec.structs import replace

from microsite.language.thai import looks_thai
from microsite.problems import N_, Fault, Place, Problem, problem_of
from microsite.records import broken

FIELDS_LIMIT = 64 * 1024  # bytes of fields; hostile YAML costs time by the square of its length
FILE_LIMIT = 256 * 1024  # bytes of a whole file
_DEPTH = 8
_NODES = 5_000
_UNUSUAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ANY_BREAK = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_FENCE = re.compile(r"---[ \t]*")


class Node(Struct, frozen=True):
    """A value as typed: text, a list, or fields by key. Lines and columns count from 1."""

    value: str | list[Node] | dict[str, Node]
    line: int
    column: int
    width: int = 1
    key_line: int = 0  # where its key stands, if it has one
    key_column: int = 0
    end_line: int = 0  # behind its last letter, if it is text without quotation marks
    end_column: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed, which is the same as leaving the field out."""
        return self.value == "" or self.value == []


class Entry(Struct, frozen=True):
    """One file as typed."""

    type: str  # enterprise, product, partner, article, page, site or taxonomy
    slug: str
    language: str  # "" for the file that all languages share
    file: str  # as the caller would open it
    fields: dict[str, Node]
    body: str = ""
    body_line: int = 1
    body_indent: int = 0  # characters before each line of a body that is a field
    lines: tuple[str, ...] = ()

    def problem(self, fault: Fault, node: Node | None = None, **more: Any) -> Problem:
        """The fault at the place of a value (of its key with `at_key=True`), or of the file."""
        line, column, width = 1, 1, 0
        if node is not None:
            line, column, width = node.line, node.column, node.width
            if more.pop("at_key", False) and node.key_line:
                line, column, width = node.key_line, node.key_column, more.pop("width", 1)
        return self._at(fault, line, column, width, **more)

    def problem_at(self, fault: Fault, line: int, column: int, width: int, **more: Any) -> Problem:
        """The fault in the body: at a line of the file, and a column of the body's line."""
        return self._at(fault, line, column + self.body_indent, width, **more)

    def _at(self, fault: Fault, line: int, column: int, width: int, **more: Any) -> Problem:
        text = self.lines[line - 1] if width and line <= len(self.lines) else ""
        place = Place(self.file, line, column)
        return problem_of(fault, place, line_text=text, width=width, **more)


def read_entry(
    data: bytes, *, type: str, slug: str, language: str, file: str
) -> tuple[Entry | None, list[Problem]]:
    """The entry in a file's bytes, or none and what keeps it from being read.

    A name that ends in `.md` has fields between two lines `---`, then its body; every other
    name is fields throughout, where `body` is the body.
    """
    try:
        text = read_text(data)
    except _Faulty as found:
        place = Place(file, found.line, found.column)
        return None, [problem_of(found.fault, place, line_text=found.text, width=found.width)]
    lines = tuple(text.split("\n"))
    entry = Entry(type, slug, language, file, {}, lines=lines)
    try:
        if not file.endswith(".md"):
            fields, repeated = _read_fields(text, 1)
            read = _with_body_field(entry, fields)
        else:
            end = _end_of_fields(lines)
            fields, repeated = _read_fields("\n".join(lines[1:end]) + "\n", 2)
            body = "\n".join(lines[end + 1 :])
            read = Entry(type, slug, language, file, fields, body, end + 2, lines=lines)
    except _Faulty as found:
        return None, [found.in_entry(entry)]
    return read, [found.in_entry(entry) for found in repeated]


class _Faulty(Exception):
    """A fault with its place in the text."""

    def __init__(
        self, fault: Fault, line: int = 1, column: int = 1, width: int = 1, text: str = ""
    ) -> None:
        super().__init__(fault, line, column)
        self.fault, self.line, self.column = fault, line, column
        self.width, self.text = width, text

    def in_entry(self, entry: Entry) -> Problem:
        """The fault at its place in the file of an entry that has no body yet."""
        return entry.problem_at(self.fault, self.line, self.column, self.width)


def read_text(data: bytes) -> str:
    """The text of a file with `\\n` line ends and without a byte order mark."""
    if len(data) > FILE_LIMIT:
        message = N_("The file is larger than {limit} kB.")
        mend = N_("Shorten the text, or put pictures into assets/photos instead of the text.")
        raise _Faulty(Fault("file-too-large", message, mend, limit=FILE_LIMIT // 1024))
    # Files begin with a Latin letter or sign, which UTF-16 writes with a zero byte beside it.
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) or b"\0" in data[:2]:
        message = N_("This file is saved as UTF-16 (“Unicode”), which cannot be read here.")
        raise _Faulty(Fault("encoding", message, N_("Save the file again with encoding UTF-8.")))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _wrong_encoding(data, error) from None
    if not _UNUSUAL.search(text):  # one look for all that is looked for below
        return text
    text = _ANY_BREAK.sub("\n", text).replace("\ufeff", "")  # left over where files were joined
    if found := _CONTROLS.search(text):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        message = N_("There is an invisible control character here ({code}).")
        mend = N_("Delete it: retype the words around it.")
        fault = Fault("control-character", message, mend, code=f"U+{ord(found[0]):04X}")
        raise _Faulty(fault, line, column, 1, text.split("\n")[line - 1])
    return text


def _wrong_encoding(data: bytes, error: UnicodeDecodeError) -> _Faulty:
    line = data.count(b"\n", 0, error.start) + 1
    raw = data.split(b"\n")[line - 1].strip()
    mend = N_("Open the file, check that it reads well and save it again with encoding UTF-8.")
    try:
        as_thai = data.decode("cp874")
    except UnicodeDecodeError:
        as_thai = ""
    if as_thai and looks_thai(as_thai):
        message = N_("This file is saved as Windows-874 (TIS-620). The line seems to say “{text}”.")
        text = raw.decode("cp874", "replace")[:60]
        return _Faulty(Fault("encoding-thai", message, mend, text=text), line)
    message = N_("This file is not saved as UTF-8 (byte {byte}).")
    return _Faulty(Fault("encoding", message, mend, byte=f"0x{data[error.start]:02X}"), line)


def _end_of_fields(lines: tuple[str, ...]) -> int:
    """Index of the line that closes the fields."""
    if not _FENCE.fullmatch(lines[0]):
        message = N_("The file does not begin with its fields.")
        mend = N_("Begin with a line ---, then the fields, then a line ---, then the text.")
        raise _Faulty(Fault("fields-missing", message, mend), width=len(lines[0]))
    for index, line in enumerate(lines[1:], start=1):
        if _FENCE.fullmatch(line):
            return index
    message = N_("The fields have a beginning but no end.")
    mend = N_("Put a line with only --- between the fields and the text.")
    raise _Faulty(Fault("fields-open", message, mend), width=len(lines[0]))


def _with_body_field(entry: Entry, fields: dict[str, Node]) -> Entry:
    """The entry with its fields, of which `body` has become its body."""
    if "body" not in fields or entry.type in {"site", "taxonomy"}:
        return replace(entry, fields=fields)
    node = fields.pop("body")
    if not isinstance(node.value, str):
        message = N_("The body is written as text.")
        mend = N_("Write `body: |` and the text below it, each line indented by two spaces.")
        raise _Faulty(Fault("body-not-text", message, mend), node.line, node.column, node.width)
    typed = entry.lines[node.line - 1][node.column - 1 :]
    line, indent = node.line, node.column - 1 + typed.startswith(("'", '"'))
    if typed.startswith(("|", ">")):
        first = next((one for one in node.value.split("\n") if one.strip()), "")
        starts = (one.find(first) for one in entry.lines[line:] if one.strip())
        line, indent = line + 1, max(0, next(starts, 0))
    return replace(entry, fields=fields, body=node.value, body_line=line, body_indent=indent)


def _read_fields(text: str, first_line: int) -> tuple[dict[str, Node], list[_Faulty]]:
    """Fields by key, and keys that stand twice; `first_line` is the line of the file at the start.

    Reads YAML's events and never its types: `no` is a word, `0812345678` keeps its zero, and an
    alias cannot multiply. Each field's kind decides later what the text means.
    """
    if len(text.encode()) > FIELDS_LIMIT:
        message = N_("The fields are larger than {limit} kB.")
        mend = N_("Put long text below the second line ---.")
        raise _Faulty(Fault("fields-too-large", message, mend, limit=FIELDS_LIMIT // 1024))
    builder = _Builder(first_line)
    try:
        root = builder.build(text)
    except yaml.YAMLError as error:
        raise _broken(error, first_line, text) from None
    if root is None or root.value == "":
        return {}, []
    if not isinstance(root.value, dict):
        typed = root.value if isinstance(root.value, str) else ""
        raise _Faulty(broken.not_named(typed), root.line, root.column, root.width)
    return root.value, builder.repeated


def _broken(error: yaml.YAMLError, first_line: int, text: str) -> _Faulty:
    opened, mark = getattr(error, "context_mark", None), getattr(error, "problem_mark", None)
    fault, line, column = broken.explain(
        f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}",
        (mark.line, mark.column) if mark else (0, 0),
        (opened.line, opened.column) if opened else None,
        text.removesuffix("\n").split("\n"),
    )
    return _Faulty(fault, line + first_line, column + 1)


class _Builder:
    """Nodes from YAML events, within bounds."""

    def __init__(self, first_line: int) -> None:
        self._shift = first_line
        self._count = 0
        # Containers that are open; for fields also the key that waits for its value.
        self._open: list[tuple[Node, Node | None]] = []
        self._root: Node | None = None
        self._documents = 0
        self.repeated: list[_Faulty] = []

    def build(self, fields: str) -> Node | None:
        for event in _events(fields):
            kind = type(event)
            if kind is yaml.SequenceEndEvent or kind is yaml.MappingEndEvent:
                self._open.pop()
                continue
            start, end = event.start_mark, event.end_mark
            line, column = start.line + self._shift, start.column + 1
            if kind is yaml.ScalarEvent:
                _refuse_special(event, line, column)
                # One line of source is as much as a message quotes.
                width = end.column - start.column if end.line == start.line else 1
                ends = (end.line + self._shift, end.column + 1) if _is_plain(event) else (0, 0)
                self._place(_text(event, line, column), line, column, max(1, width), ends)
            elif kind is yaml.SequenceStartEvent or kind is yaml.MappingStartEvent:
                _refuse_special(event, line, column)
                node = self._place([] if kind is yaml.SequenceStartEvent else {}, line, column)
                self._open.append((node, None))
                if len(self._open) > _DEPTH:
                    raise _Faulty(_too_much(), line, column)
            elif kind is yaml.AliasEvent:
                raise _Faulty(broken.special(), line, column)
            elif kind is yaml.DocumentStartEvent:
                self._begin_document(line, column)
        return self._root

    def _begin_document(self, line: int, column: int) -> None:
        self._documents += 1
        if self._documents > 1:
            message = N_("The fields end here, and the file goes on.")
            mend = N_(
                "Delete this line; in a file that ends in .yaml the text stands in `body: |`."
            )
            raise _Faulty(Fault("fields-go-on", message, mend), line, column, 3)

    def _place(
        self, value: Any, line: int, column: int, width: int = 1, ends: tuple[int, int] = (0, 0)
    ) -> Node:
        self._count += 1
        if self._count > _NODES:
            raise _Faulty(_too_much(), line, column)
        container, key = self._open[-1] if self._open else (None, None)
        at_key = (key.line, key.column) if key is not None else (0, 0)
        node = Node(value, line, column, width, *at_key, *ends)
        if container is None:
            self._root = node
        elif isinstance(container.value, list):
            container.value.append(node)
        elif key is None:
            self._open[-1] = (container, self._as_key(container, node))
        else:
            _fields_in(container).setdefault(str(key.value), node)
            self._open[-1] = (container, None)
        return node

    def _as_key(self, container: Node, node: Node) -> Node:
        if not isinstance(node.value, str) or not node.value:
            raise _Faulty(broken.not_named(), node.line, node.column, node.width)
        before = _fields_in(container).get(node.value)
        if before is not None:
            message = N_("“{key}” stands here twice; the first time is in line {line}.")
            mend = N_("Keep one of the two.")
            fault = Fault("duplicate-key", message, mend, key=node.value, line=before.key_line)
            self.repeated.append(_Faulty(fault, node.line, node.column, node.width))
        return node


def _events(fields: str) -> Iterator[Any]:
    """As `yaml.parse`, which looks at each event twice."""
    loader = yaml.CSafeLoader(fields)
    try:
        while (event := loader.get_event()) is not None:
            yield event
    finally:
        loader.dispose()


def _refuse_special(event: Any, line: int, column: int) -> None:
    if event.anchor or event.tag:
        raise _Faulty(broken.special(), line, column)


def _text(event: yaml.ScalarEvent, line: int, column: int) -> str:
    """The scalar's text; `~` and `null` without quotes are YAML's words for nothing."""
    value: str = event.value
    if found := _CONTROLS.search(value):
        message = N_("There is an invisible control character here ({code}).")
        mend = N_("Delete it: retype the words around it.")
        fault = Fault("control-character", message, mend, code=f"U+{ord(found[0]):04X}")
        raise _Faulty(fault, line, column)
    return "" if _is_plain(event) and value in {"~", "null"} else value


def _is_plain(event: yaml.ScalarEvent) -> bool:
    return event.style is None or event.style == ""


def _fields_in(container: Node) -> dict[str, Node]:
    return cast("dict[str, Node]", container.value)


def _too_much() -> Fault:
    message = N_("The fields are nested too deeply or are too many.")
    return Fault("fields-too-many", message, N_("Write fewer and simpler fields."))
