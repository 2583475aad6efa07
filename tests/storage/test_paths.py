"""Names of files in the output."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from microsite.problems import Fault
from microsite.storage.paths import check_paths, near


def rule_of(*paths):
    with pytest.raises(Fault) as caught:
        check_paths(paths)
    return caught.value.rule


@pytest.mark.parametrize(
    "path",
    [
        *(
            "",
            "/",
            "/th/index.html",
            "th/",
            "th//index.html",
            ".",
            "..",
            "../x",
            "th/../x",
            "th/./x",
        ),
        *("C:/x", "th\\x", "a\0b", "a\nb", "a\x85b", "a.", "a /b", "a?", "a*", "<a>", "a|b"),
        *("\ud800", ".microsite", ".microsite-moving/x"),
    ],
)
def test_a_path_that_leads_astray_or_cannot_be_stored_everywhere_is_refused(path):
    assert rule_of("th/index.html", path) == "output-path"


@pytest.mark.parametrize(
    "paths",
    [
        ("a", "A"),
        ("th/index.html", "th/Index.html"),
        ("th/index.html", "TH/old.html"),  # one folder on Windows and macOS
        (unicodedata.normalize("NFC", "é"), unicodedata.normalize("NFD", "é")),
        ("STRASSE", "straße"),
    ],
)
def test_two_names_that_some_computers_take_for_one_are_refused(paths):
    assert rule_of(*paths) == "output-path"
    assert rule_of(*reversed(paths)) == "output-path"


@pytest.mark.parametrize("paths", [("a", "a/b"), ("th/a", "th/a/b/c.html"), ("A", "a/b")])
def test_a_file_that_is_also_a_folder_is_refused(paths):
    assert rule_of(*paths) == "output-path"
    assert rule_of(*reversed(paths)) == "output-path"


@given(st.sets(st.text("abก", min_size=1, max_size=3)), st.sampled_from(["/", "-"]))
def test_plain_names_pass(names, between):
    check_paths([f"th{between}{name}.html" for name in names])
    check_paths(["index.html", ".nojekyll", ".well-known/x", "th/ปลาหมึก/index.html", "a b"])


PARTS = st.sampled_from(["a", "A", "b", "é", "e\u0301", "É", "a.html"])
SETS = st.frozensets(st.lists(PARTS, min_size=1, max_size=3).map("/".join), max_size=6)


def is_sound(paths):
    try:
        check_paths(paths)
    except Fault:
        return False
    return True


@given(SETS, SETS)
def test_only_paths_near_a_new_one_need_to_be_looked_at(before, new):
    assume(is_sound(before))
    paths = sorted(before | new)
    assert is_sound(near(new - before, sorted(before), paths)) == is_sound(paths)
