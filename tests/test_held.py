"""A build reads again what people have changed, and no more: from memory, or from what is kept."""

import datetime as dt
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from microsite.pipeline.build import build
from microsite.pipeline.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
SQUID = "products/dried-squid"


@pytest.fixture(scope="module", params=["process that stays", "build of its own"])
def held(request, copy_of, tmp_path_factory):
    """A site that is known, and how it is built after an edit."""
    site = copy_of("sample-market", tmp_path_factory.mktemp("held") / "site")
    settings = Settings(str(ROOT), str(site), str(site / "dist"), dt.date(2026, 11, 24))
    build(settings)
    time.sleep(0.05)
    held = SimpleNamespace(site=site, good=build(settings))  # which has it from what is kept
    stays = request.param == "process that stays"

    def again():
        built = build(settings, last=held.good if stays else None)
        held.good = built if built.written else held.good
        return built

    held.again = again
    other = replace(settings, output=str(site / "other"))
    held.elsewhere = lambda: build(other)  # as when a site is built while its preview is open
    return held


@pytest.fixture
def edit(held):
    """Changes a file of the site; what became of it is undone after the test, and built."""
    undone = {}

    def change(path, old, new):
        path = held.site / path
        words = path.read_text("utf-8")
        assert old in words
        undone.setdefault(path, words)
        path.write_text(words.replace(old, new, 1), "utf-8", newline="\n")
        time.sleep(0.05)  # what was saved just now would be looked at twice

    yield change
    for path, words in undone.items():
        path.write_text(words, "utf-8", newline="\n")
    time.sleep(0.05)
    held.again()


def page(held, name, output="dist"):
    return (held.site / output / name / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("language", "old", "new", "where"),
    [
        ("th", "price: 180\n", "price: 185\n", ["th/products", "en/products", f"en/{SQUID}"]),
        ("th", "## กินอย่างไร", "## กินกับอะไร", [f"th/{SQUID}"]),
        ("en", "Only squid landed", "Only the squid landed", [f"en/{SQUID}"]),
        ("en", "unit: 200 g bag", "unit: bag of 200 g", [f"en/{SQUID}", "en/products"]),
        ("th", "alt: ปลาหมึกหนีบ", "alt: ปลาหมึกที่หนีบ", [f"th/{SQUID}"]),
    ],
)
def test_of_an_entry_with_other_words_nothing_else_is_read(held, edit, language, old, new, where):
    before = {name: page(held, name) for name in where}
    edit(f"content/{language}/{SQUID}.md", old, new)
    assert held.again().reading.renewed == [("product", "dried-squid")]
    assert all(page(held, name) != before[name] for name in where)
    assert new.rpartition(": ")[2].strip("\n# ") in page(held, f"{language}/{SQUID}")
    assert held.again().reading.renewed == []


def test_a_warning_moves_with_its_line(held, edit):
    def told():
        return [(one.place.line, one.rule) for one in held.again().problems if one.level != "note"]

    ((line, rule),) = told()
    edit("content/th/products/mango-leather.yaml", "price:", "# ราคาปลีก\nprice:")
    assert told() == [(line + 1, rule)]
    assert held.good.reading.renewed == [("product", "mango-leather")]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (f"content/th/{SQUID}.md", "name: ปลาหมึกแห้งอ่าวสมมุติ", "name: ปลาหมึกแห้ง"),
        (f"content/th/{SQUID}.md", "availability: in-stock", "availability: out-of-stock"),
        (f"content/th/{SQUID}.md", "## กินอย่างไร", "## [กินอย่างไร](product:mango-leather)"),
        ("content/th/taxonomy.yaml", "name: ", "name: ตลาด"),
        ("content/site.yaml", "languages: [th, en]", "languages: [th]"),
    ],
)
def test_what_others_know_has_all_be_read(held, edit, path, old, new):
    edit(path, old, new)
    assert held.again().reading.renewed is None


def test_a_page_that_somebody_has_changed_is_put_right(held, edit):
    path = held.site / "dist" / "en" / "partners" / "index.html"
    before = path.read_bytes()
    path.write_text("by hand")
    edit(f"content/th/{SQUID}.md", "price: 180\n", "price: 190\n")
    held.again()
    assert path.read_bytes() == before
    assert "190" in page(held, f"en/{SQUID}")


def test_data_that_somebody_has_changed_are_not_built_upon(held, edit):
    path = held.site / "dist" / "th" / "products.csv"
    before = path.read_bytes().count(b"\n")
    path.write_bytes(path.read_bytes() + b"by hand\n")
    edit(f"content/th/{SQUID}.md", "price: 180\n", "price: 1234\n")
    held.again()
    assert path.read_bytes().count(b"\n") == before
    assert b"1234" in path.read_bytes()


def test_a_fault_that_is_mended_takes_no_more_than_another_edit(held, edit):
    edit(f"content/th/{SQUID}.md", "price: 180\n", "price: cheap\n")
    assert held.again().written is None
    edit(f"content/th/{SQUID}.md", "price: cheap\n", "price: 170\n")
    assert held.again().reading.renewed == [("product", "dried-squid")]
    assert "170" in page(held, f"th/{SQUID}")


def test_what_another_build_has_read_meanwhile_is_not_mixed_with_what_is_held(held, edit):
    held.elsewhere()
    before = page(held, f"th/{SQUID}")
    edit(f"content/th/{SQUID}.md", "category: seafood", "category: home")
    assert held.elsewhere().written.changed
    edit(f"content/th/{SQUID}.md", "category: home", "category: seafood")
    held.again()
    edit("content/th/products/mango-leather.yaml", "price:", "# ราคาปลีก\nprice:")
    held.elsewhere()
    assert page(held, f"th/{SQUID}") == page(held, f"th/{SQUID}", "other") == before
    assert SQUID in page(held, "th/categories/seafood", "other")
