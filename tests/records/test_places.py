"""Which file is which entry, and which are nobody's."""

from __future__ import annotations

import pytest

from microsite.problems import Fault
from microsite.records.places import Located, locate


@pytest.mark.parametrize(
    ("path", "located"),
    [
        ("site.yaml", Located("site", "site", "")),
        ("th/site.yaml", Located("site", "site", "th")),
        ("th/taxonomy.yaml", Located("taxonomy", "taxonomy", "th")),
        ("th/products/dried-squid.md", Located("product", "dried-squid", "th")),
        ("en/enterprises/a.yaml", Located("enterprise", "a", "en")),
        ("zh-Hant/articles/a.md", Located("article", "a", "zh-Hant")),
        ("th/pages/about.md", Located("page", "about", "th")),
        ("th/partners/gsb.yaml", Located("partner", "gsb", "th")),
    ],
)
def test_a_file_is_the_entry_that_its_path_names(path, located):
    assert locate(path, is_regular=True) == located


@pytest.mark.parametrize(
    "path", ["README.md", "ledger/addresses.txt", "notes/th/site.yaml", "thai/products/a.md"]
)
def test_what_lies_elsewhere_is_nobodys(path):
    assert locate(path, is_regular=True) is None
    assert locate(path, is_regular=False) is None


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("th/products/a.jpg", "file-kind"),
        ("th/products/a.yml", "file-kind"),
        ("th/products/a.md.txt", "file-kind"),
        ("th/products/README", "file-kind"),
        ("th/products/a.MD", "file-kind"),
        ("th/products/A.md", "slug"),
        ("th/products/a.b.md", "slug"),
        ("th/products/old/a.md", "file-misplaced"),
        ("th/product/a.md", "file-misplaced"),
        ("th/about.md", "file-misplaced"),
        ("th/taxonomy.md", "file-misplaced"),
        ("th/products/taxonomy.txt", "file-kind"),
    ],
)
def test_what_lies_among_entries_and_is_none_says_so(path, rule):
    with pytest.raises(Fault) as caught:
        locate(path, is_regular=True)
    assert caught.value.rule == rule


@pytest.mark.parametrize("path", ["site.yaml", "th/taxonomy.yaml", "th/products/a.md"])
def test_a_link_in_place_of_an_entry_is_that_entry_to_those_who_name_it(path):
    assert locate(path, is_regular=False) == locate(path, is_regular=True) is not None


@pytest.mark.parametrize("path", ["th", "th/products", "th/products/a.jpg", "en/x"])
def test_any_other_link_is_no_entry(path):
    with pytest.raises(Fault) as caught:
        locate(path, is_regular=False)
    assert caught.value.rule == "file-not-regular"
