"""Whatever is typed: an entry, or problems at places; never a traceback.

200 examples of each kind; `make torture` takes 2,000 (MICROSITE_EXAMPLES says how many).
"""

from __future__ import annotations

import datetime as dt
import functools
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from microsite.language.catalogues import read_catalogue
from microsite.language.wording import ENGLISH
from microsite.media.renditions import PhotoFacts
from microsite.pipeline.folders import Folders
from microsite.pipeline.whole import Content, check_content
from microsite.problems import as_github, as_json, as_text
from microsite.records.declarations import fields_of
from microsite.records.library import join
from microsite.records.places import Located, locate
from microsite.records.schema import TYPES
from microsite.records.source import read_entry
from microsite.site.prose import render_prose
from microsite.site.prose_reading import read_prose

ROOT = Path(__file__).parents[1]
TINY = ROOT / "tests/sites/tiny/content"
TODAY = dt.date(2026, 11, 24)
EXAMPLES = int(os.environ.get("MICROSITE_EXAMPLES", "200"))
much = settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])

PLACES = [
    "th/products/x.md",
    "en/products/sample-squid.md",
    "th/enterprises/sample-group.yaml",
    "th/partners/x.yaml",
    "th/articles/x.md",
    "th/pages/x.md",
    "th/site.yaml",
    "th/taxonomy.yaml",
    "site.yaml",
]
FIELDS = sorted({name for type in TYPES.values() for name in fields_of(type)} | {"body", "nmae"})
YAML_SIGNS = [
    *":-[]{}&*!|>'\"#%@`?, \t\n",
    "---",
    "...",
    "\n- ",
    "\n  ",
    ": ",
    "{{",
    "!!int ",
    "<<: ",
]
MARKDOWN = [*"[]()*_`<>|#-=~\\!&:\n", "[^1]", "[^1]: ", "](", "![", "](product:", "\n\n", "\n    "]
MARKDOWN += ["- ", "1. ", "> ", "| - |", "```", "<b>", "http://a.b", "__ก__", "squid/rack.png"]
LETTERS = [
    *"กำเ่้ิ์๐๙ a\u200b\u00a0\ufeff\u202e",
    "\u0e4d\u0e32",
    "น้ํา",
    "👩‍🌾",
    "\x00",
    "\x85",
    "\ufffd",
]
VALUES = ["180", "๑๒๐-250", "-1", "1e9", "2569-02-30", "2567-02-29", "no", "~", "null", "[]", "{}"]
VALUES += ["[1, 2", "{file: a.jpg}", "[{file: squid/rack.png, alt: IMG_1.jpg}]", "[[[[]]]]", "0x10"]
VALUES += ["[{kind: tcps, number: 1/2563, expires: 2026-12-01}]", "[{kind: otop, year: 9999}]"]
VALUES += ["[{key: a, name: ๒, price: 5}]", "{lat: 91, lon: .nan}", "sample-group", "sample-goods"]
VALUES += [
    "food",
    "goods",
    "../..",
    "con",
    "รักษา",
    "'",
    '"',
    "|\n  a\n  b",
    ">\n  cures cancer",
    "*a",
]

texts = st.lists(st.sampled_from(LETTERS + MARKDOWN + YAML_SIGNS), max_size=40).map("".join)
values = st.sampled_from(VALUES) | texts
lines = st.tuples(st.sampled_from(FIELDS), values).map(": ".join)
yaml_texts = st.lists(lines, max_size=12).map("\n".join) | texts
entries = st.tuples(yaml_texts, texts).map(lambda pair: f"---\n{pair[0]}\n---\n{pair[1]}")
noise = st.binary(max_size=400) | (yaml_texts | entries).map(
    lambda text: text.encode("utf-8", "surrogatepass")
)


@functools.cache
def thai():
    return read_catalogue("th", (ROOT / "locale/th/messages.po").read_bytes())


def say(problems):
    """Every problem in every form and language."""
    for form in (as_text, as_json, as_github):
        form(problems, ENGLISH)
        form(problems, thai()).encode("utf-8")
    for problem in problems:
        assert problem.place.line >= 1
        assert problem.place.column >= 1


def read(path, data):
    located = locate(path, is_regular=True)
    more = {"type": located.type, "slug": located.slug, "language": located.language}
    return located, read_entry(data, file=f"content/{path}", **more)


@much
@given(noise, st.sampled_from(PLACES))
def test_any_bytes_are_an_entry_or_problems(data, path):
    _, (entry, problems) = read(path, data)
    assert entry is not None or problems
    say(problems)


@functools.cache
def tiny():
    paths = sorted(path.relative_to(TINY).as_posix() for path in TINY.rglob("*.*"))
    return {path: (TINY / path).read_bytes() for path in paths}


@much
@given(noise, st.sampled_from(PLACES))
def test_any_entry_in_a_site_is_valid_or_problems(data, path):
    found = [read(*item) for item in (tiny() | {path: data}).items()]
    problems = [problem for _, (_, problems) in found for problem in problems]
    present: list[Located] = [located for located, _ in found]
    content = Content([one for _, (one, _) in found if one], present, ("th", "en"))
    photos = {"squid/rack.png": PhotoFacts(1280, 960, "0", 0)}
    whole = check_content(
        content,
        Folders("home", "site"),
        problems,
        wordings={"th": ENGLISH, "en": ENGLISH},
        photos=photos,
        today=TODAY,
        drafts=True,
    )
    say(problems)
    is_whole = {("site", ""), ("site", "th")} <= {
        (one.type, one.language) for one in content.entries
    }
    if is_whole and not any(problem.level == "error" for problem in problems):
        join(whole.checked, content.languages, today=TODAY, drafts=True)


@much
@given(texts | st.binary(max_size=400).map(lambda data: data.decode("utf-8", "surrogateescape")))
def test_any_text_is_prose(text):
    prose, findings = read_prose(text, note_back="{}")
    for finding in findings:
        assert finding.line >= 1
        assert finding.column >= 1
        finding.fault.message.format(**finding.fault.values)
    render_prose(prose, lambda _: ("/x/", "ก"), lambda _: Markup("")).encode("utf-8")


@pytest.mark.parametrize("path", PLACES)
def test_each_place_of_the_torture_is_one_of_the_site(path):
    assert locate(path, is_regular=True) is not None
