"""JSON Schema and the tables of fields: they say what a build says, since both are derived."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from microsite.editing.schemas import KINDS, field_table, json_schema
from microsite.language.catalogues import read_catalogue
from microsite.language.wording import ENGLISH
from microsite.records.declarations import fields_of
from microsite.records.fields import read_values
from microsite.records.kinds import Kind
from microsite.records.schema import TYPES
from microsite.records.source import read_entry

ROOT = Path(__file__).parents[2]
THAI = read_catalogue("th", (ROOT / "locale/th/messages.po").read_bytes())
SITES = ("content", "examples/sample-market/content", "tests/sites/tiny/content")
FOLDERS = {"enterprises": "enterprise", "products": "product", "partners": "partner"}
FOLDERS |= {"articles": "article", "pages": "page"}

# Fields of a product that are as they should be, and each of them spoilt in form or type.
SOUND = {
    "name": ["squid", "7", "yes"],
    "summary": ["words"],
    "enterprise": ["sample"],
    "category": ["seafood"],
    "kind": ["goods", "visit", ""],
    "price": ["180", '"๑,๒๕๐"', "120-250", "{from: 120, to: 250}", "99.50", "~"],
    "season": ["[11, 12, 1]", "[๕]", "[]"],
    "checked": ["2026-11-20", "2569-11-20", "2026-1-2"],
    "featured": ["true", "no", '"false"'],
    "order": ["3", '"-1"', "๓"],
    "sources": ["[words, https://a.example/]", ""],
    "aliases": ["[/th/products/old/]"],
    "photos": ["[{file: a/b.jpg, focus: {x: 0.5, y: 1}, alt: words}]", "[]"],
    "marks": ["[{kind: otop, stars: 4, year: 2567}]"],
    "variants": ["[{key: a, name: b, price: 95}]"],
}
SPOILT = {
    "name": ["[squid]", "{th: squid}", ""],
    "summary": ["[words]", "~"],
    "enterprise": ["[sample]", ""],
    "kind": ["gods", "[goods]", "7"],
    "price": ["[180]", "ask", "{from: 120}", "1 80", "true", "-5"],
    "season": ["11", "[november]", "{a: 1}"],
    "checked": ["soon", "20.11.2026", "[2026-11-20]"],
    "featured": ["maybe", "[true]"],
    "order": ["first", "1.5", "[1]"],
    "sources": ["words", "[[words]]"],
    "aliases": ["[old]", "/th/old/"],
    "photos": ["a.jpg", "[a.jpg]", "[{alt: words}]", "[{file: a.gif}]", "[{file: a.jpg, foto: 1}]"],
    "marks": ["[{kind: oscar}]", "[{stars: 4}]", "[{kind: otop, stars: 9}]"],
    "variants": ["[{name: b}]", "{key: a}"],
    "colour": ["red"],
}
CASES = [(name, typed, True) for name, all in SOUND.items() for typed in all]
CASES += [(name, typed, False) for name, all in SPOILT.items() for typed in all]


def entry_files():
    for site in SITES:
        for path in sorted((ROOT / site).glob("*/*/*.*")):
            if path.parent.name in FOLDERS:
                yield path, FOLDERS[path.parent.name]
        for path in sorted((ROOT / site).glob("*/*.yaml")):
            yield path, path.stem


def accepts(schema, text):
    """What an editor that knows JSON Schema says of fields."""
    loaded = yaml.safe_load(text)
    loaded = json.loads(json.dumps({} if loaded is None else loaded, default=str))
    return jsonschema.Draft202012Validator(schema).is_valid(loaded)


def fields_text(path):
    text = path.read_text("utf-8")
    return text.split("---\n")[1] if path.suffix == ".md" else text


@pytest.mark.parametrize("scope", ["all", "words"])
@pytest.mark.parametrize("type", TYPES)
def test_a_schema_is_one(type, scope):
    schema = json_schema(type, ENGLISH, scope)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert json.loads(json.dumps(schema)) == schema


def test_all_content_is_as_its_schema_says():
    seen = 0
    for path, type in entry_files():
        is_source = path.relative_to(ROOT).as_posix().split("content/")[1].startswith("th/")
        scope = "all" if is_source and type != "site" else "words"
        assert accepts(json_schema(type, ENGLISH, scope), fields_text(path)), path
        seen += 1
    assert seen > 100


@pytest.mark.parametrize(("name", "typed", "is_sound"), CASES)
def test_the_schema_and_the_build_agree_on_form_and_type(name, typed, is_sound):
    fields = {"name": "a", "summary": "b", "enterprise": "c", "category": "d", name: typed}
    text = "".join(f"{key}: {said}\n" for key, said in fields.items())
    entry, problems = read_entry(
        text.encode(), type="product", slug="x", language="th", file="x.yaml"
    )
    assert not problems
    _, problems = read_values(entry, "all")
    assert (not problems) is is_sound, problems
    assert accepts(json_schema("product", ENGLISH), text) is is_sound


def test_a_translation_has_words_and_what_joins_them():
    schema = json_schema("product", ENGLISH, "words")
    assert {"price", "season"}.isdisjoint(schema["properties"])
    assert accepts(schema, "name: a\nphotos: [{file: a.jpg, alt: b}]\n")
    assert not accepts(schema, "name: a\nprice: 180\n")


def test_a_schema_speaks_the_language_of_messages():
    told = json_schema("product", THAI)["properties"]["price"]
    assert told["title"] == "ราคา"
    assert told["description"] == THAI.gettext("Baht: 180, or 120-250.")


def kinds_in(type):
    for field in fields_of(type).values():
        if isinstance(field.kind, Kind):
            yield field.kind
        else:
            yield from kinds_in(field.kind)


def test_every_kind_of_field_has_a_form_and_a_name_for_people():
    for type in TYPES.values():
        for kind in kinds_in(type):
            assert kind.schema, kind.name
            assert kind.name in KINDS or "enum" in kind.schema, kind.name


@pytest.mark.parametrize(("file", "wording"), [("fields.md", ENGLISH), ("fields.th.md", THAI)])
def test_the_tables_in_the_docs_are_those_of_the_program(file, wording):
    text = (ROOT / "docs" / file).read_text("utf-8")
    table = re.search(r"<!-- fields -->\n(.*)\n<!-- end -->", text, re.DOTALL)
    assert table
    assert table[1] == field_table(wording), "run: python docs/make_fields.py"
