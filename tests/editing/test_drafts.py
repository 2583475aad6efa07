"""What a new entry offers: a field whose # is taken away is a field."""

from __future__ import annotations

import pytest

from microsite.editing.drafts import new_entry
from microsite.language.wording import ENGLISH
from microsite.problems import Fault
from microsite.records.declarations import fields_of
from microsite.records.fields import read_values
from microsite.records.schema import FOLDERS, TYPES
from microsite.records.source import read_entry

SAMPLES = {
    **{"date": "2026-11-20", "year": "2020", "whole": "1", "yes-no": "true", "month": "11"},
    **{
        "price": "120-250",
        "address": "https://a.example/",
        "source": "words",
        "phone": "081-234-5678",
    },
    **{"email": "a@b.example", "line-id": "sample", "photo": "a/b.jpg", "alias": "/th/old/"},
    **{"key": "sample", "line": "words", "text": "words", "handle": "sample"},
}


def sample(kind):
    """A value that is as it should be."""
    options = kind.schema.get("enum")
    found = options[0] if options and kind.name != "yes-no" else SAMPLES.get(kind.name)
    for typed in (
        found,
        "0.5",
        "13",
        "101",
        "https://shopee.co.th/a",
        "https://www.lazada.co.th/a",
    ):
        try:
            kind.read(str(typed))
        except Fault:
            continue
        return str(typed)
    raise AssertionError(kind.name)


def blocks_of(text):
    """The lines of each field that is not used, by its name."""
    found, name = {}, ""
    for line in text.splitlines():
        if line.startswith("#") and line[1] != " ":
            name = line[1:].split(":")[0]
            found[name] = [line]
        elif line.startswith("#  "):
            found[name].append(line)
    return found


def filled(line, kinds):
    """The line as somebody leaves it who takes the # away and writes at its end."""
    line = line.removeprefix("#")
    return line + sample(next(kinds)) if line.endswith(" ") else line


def kinds_of(field, is_source):
    if not isinstance(field.kind, type):
        yield field.kind
        return
    for name, inner in fields_of(field.kind).items():
        if is_source or inner.is_word or name == field.joined_by:
            yield from kinds_of(inner, is_source)


CASES = [(type, is_source) for type, _ in FOLDERS.values() for is_source in (True, False)]


@pytest.mark.parametrize(("type", "is_source"), CASES)
def test_every_field_that_a_new_file_offers_is_valid_once_its_mark_is_gone(type, is_source):
    text = new_entry(type, {}, ENGLISH, is_source=is_source, is_markdown=False)
    blocks = blocks_of(text)
    declared = fields_of(TYPES[type])
    assert set(blocks) >= {name for name, field in declared.items() if is_source or field.is_word}
    lines = []
    for name, block in blocks.items():
        kinds = kinds_of(declared[name], is_source)
        lines += [filled(line, kinds) for line in block]
        assert next(kinds, None) is None, name
    with_help = [one for one in text.splitlines() if one.startswith("# ") and one[2] != " "]
    written = "\n".join([*with_help, *lines]) + "\n"
    scope = "all" if is_source else "words"
    entry, problems = read_entry(
        written.encode(), type=type, slug="x", language="th", file="x.yaml"
    )
    assert not problems, written
    checked, problems = read_values(entry, scope)
    assert not problems, problems
    assert set(checked.values) == set(blocks)


def test_explanations_stand_between_the_lines_of_a_group_without_harm():
    text = new_entry("product", {"name": "x"}, ENGLISH, is_source=False, is_markdown=False)
    is_help = "# What the photo shows"
    assert is_help in text.splitlines()
    lines = text.splitlines()
    at = lines.index("#photos:")
    used = [
        line if line.startswith("# ") and line[2] != " " else line.removeprefix("#")
        for line in lines[at:]
    ]
    text = "\n".join(["name: x", *used]).replace("file: ", "file: a/b.jpg") + "\n"
    entry, problems = read_entry(
        text.encode(), type="product", slug="x", language="en", file="x.yaml"
    )
    assert not problems
    checked, problems = read_values(entry, "words")
    assert not problems
    assert [photo["file"] for photo in checked.values["photos"]] == ["a/b.jpg"]
