"""Compiled templates: what is kept of them is used only if it is what it should be."""

import marshal

import pytest
from jinja2 import TemplateSyntaxError

from microsite.language.wording import ENGLISH
from microsite.pipeline import compiled
from microsite.site.templates import Templates, environment
from microsite.storage.whole import seal


@pytest.fixture
def say(tmp_path, monkeypatch):
    """What a template says in a process that has compiled none yet."""
    monkeypatch.setattr(compiled, "FOLDER", f"{tmp_path}/templates")

    def say(text):
        compiled.code_of.cache_clear()
        templates = Templates({"parts/a.html": text}, compiled.code_of)
        return environment(templates, ENGLISH).get_template("parts/a.html").render()

    return say


def test_a_template_that_was_changed_says_what_it_says_now(say):
    assert [say("one"), say("two"), say("one")] == ["one", "two", "one"]


def test_of_a_template_that_is_edited_a_few_are_kept(say, tmp_path):
    assert [say(f"{n}") for n in range(20)] == [f"{n}" for n in range(20)]
    assert 1 <= len(list((tmp_path / "templates").glob("*/*"))) <= 8


def test_what_is_kept_is_used(say, tmp_path):
    say("one")
    (kept,) = (tmp_path / "templates").glob("*/*")
    before = kept.stat().st_mtime_ns
    assert say("one") == "one"
    assert kept.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    "put",
    [
        lambda was: was[:-1],
        lambda was: was[:-1] + bytes([was[-1] ^ 1]),
        lambda was: seal("0" * 32, was[100:]),
        lambda was: marshal.dumps(compile("raise SystemExit", "x", "exec")),
        lambda was: b"",
    ],
    ids=["cut", "flipped", "of another", "bare", "empty"],
)
def test_what_is_damaged_is_not_executed(say, tmp_path, put):
    say("one")
    (kept,) = (tmp_path / "templates").glob("*/*")
    kept.write_bytes(put(kept.read_bytes()))
    assert say("one") == "one"


def test_where_nothing_can_be_kept_pages_are_made(say, tmp_path):
    (tmp_path / "templates").write_text("a file")
    assert say("one") == "one"


def test_one_that_cannot_be_read_is_told_each_time(say):
    for _ in range(2):
        with pytest.raises(TemplateSyntaxError):
            say("{% if %}")
