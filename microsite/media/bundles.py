"""Bundles: styles and scripts as visitors get them, under names that change with the bytes."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from posixpath import splitext

from rjsmin import jsmin

from microsite.digest import digest
from microsite.problems import N_, Fault

LAYERS = ("tokens", "base", "layouts", "parts")  # folders of css/, the weakest first
_QUOTED = r"""("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')"""
_NOTE = re.compile(rf"{_QUOTED}|(\s*/\*.*?\*/\s*)", re.DOTALL)
_SPACE = re.compile(
    rf"{_QUOTED}|[\s;]*(\}})\s*|\s*([{{;,])\s*|(\()\s+|\s+(\))|(:)\s+(?=[^\s;])|(\s+)", re.DOTALL
)
_IDLE = 7  # the last group of it: spaces that one stands for
_PAIRS = {"}": "{", ")": "(", "]": "["}


def stylesheet(parts: Mapping[str, bytes], extra: Sequence[str] = ()) -> bytes:
    """One minified style sheet: the order of the layers, the files in it, then `extra`.

    `parts` is path to bytes, such as `css/parts/card.css`; its folder names the layer. What stands
    in `extra` is in no layer and so prevails.

    Raises:
        Fault: a file in no folder of a layer, not in UTF-8, or with brackets, a text or a comment
            left open, which would swallow the files after it.
    """
    return stylesheets(parts, {"": {_name_of(path) for path in parts}}, extra)[""]


def stylesheets(
    parts: Mapping[str, bytes], uses: Mapping[str, Collection[str]], extra: Sequence[str] = ()
) -> dict[str, bytes]:
    """As `stylesheet`, one for each template: of the files of parts, only those that it uses.

    `uses` is template to names of parts, such as `card` for `css/parts/card.css`. A phone that
    comes to one page then loads two thirds of what all pages would need.

    Raises:
        Fault: as `stylesheet`, also for the file of a part that nothing uses.
    """
    ordered = sorted(parts, key=lambda path: (_layer(path), path))
    needed = frozenset().union(*uses.values())
    texts = [(path, _text(path, parts[path])) for path in ordered]
    small = [(path, _minified(text)) for path, text in texts if not _is_idle(path, needed)]
    first, last = f"@layer {','.join(LAYERS)};", _minified("\n".join(extra))
    return {
        template: "".join(
            [first, *(text for path, text in small if not _is_idle(path, used)), last]
        ).encode()
        for template, used in uses.items()
    }


def scripts(parts: Mapping[str, bytes]) -> tuple[str, dict[str, bytes]]:
    """A folder of the output, and its minified files by path there.

    One digest names the folder, so that modules import each other by their plain names.
    """
    small = {path: jsmin(data.decode("utf-8-sig")).encode() for path, data in sorted(parts.items())}
    folder = f"assets/scripts-{digest(small)[:10]}"
    return folder, {f"{folder}/{path}": data for path, data in small.items()}


def hashed_name(path: str, data: bytes) -> str:
    """`assets/site.css` as `assets/site-1a2b3c4d5e.css`: another name whenever the bytes change."""
    stem, suffix = splitext(path)
    return f"{stem}-{digest(data)[:10]}{suffix}"


def _is_idle(path: str, used: Collection[str]) -> bool:
    return LAYERS[_layer(path)] == "parts" and _name_of(path) not in used


def _name_of(path: str) -> str:
    return splitext(path)[0].rpartition("/")[2]


def _layer(path: str) -> int:
    for folder in path.split("/")[:-1]:
        if folder in LAYERS:
            return LAYERS.index(folder)
    raise Fault(
        "style-folder",
        N_("{file} lies in none of the folders that style sheets are put together from."),
        N_("Move it to one of these folders of assets/css: {folders}."),
        file=path,
        folders=", ".join(LAYERS),
    )


def _text(path: str, data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Fault(
            "style-encoding",
            N_("{file} is not in UTF-8."),
            N_("Save it anew with the encoding UTF-8."),
            file=path,
        ) from error
    if not _is_whole(text):
        raise Fault(
            "style-open-end",
            N_("{file} ends while a bracket, a text in quotes or a comment is still open."),
            N_("Look for a missing bracket or quotation mark, or the */ at the end of a note."),
            file=path,
        )
    return text


def _is_whole(css: str) -> bool:
    """Whether every comment, quoted text and bracket that begins also ends."""
    bare = _NOTE.sub(" ", css)
    opened = []
    for mark in re.findall(r"[{}()\[\]]", bare):
        if mark not in _PAIRS:
            opened.append(mark)
        elif not opened or opened.pop() != _PAIRS[mark]:
            return False
    return not opened and not re.search(r"/\*|[\"']", bare)


def _minified(css: str) -> str:
    """The same styles without notes and idle spaces.

    A space before a colon stays, as in `.prose :lang(th)`: rcssmin 1.3 takes it out inside @layer,
    where it would be a selector of something else.
    """
    bare = _NOTE.sub(lambda m: m[1] or (" " if m[2] != m[2].strip() else "/**/"), css)
    return _SPACE.sub(lambda m: " " if m.lastindex == _IDLE else m[m.lastindex or 0], bare).strip()
