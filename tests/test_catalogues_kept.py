"""Interface words: read once, then kept, and read again as soon as they change."""

from __future__ import annotations

import pytest

from microsite.language.wording import UnreadableCatalogue
from microsite.pipeline.catalogues import kept_catalogue

PO = """msgid ""
msgstr "Plural-Forms: nplurals=2; plural=(n > 1);"

msgid "Products"
msgstr "{}"

msgid "{{count}} item"
msgid_plural "{{count}} items"
msgstr[0] "{{count}} un"
msgstr[1] "{{count}} plusieurs"
"""


def test_kept_words_are_the_words_that_were_read(tmp_path):
    po = PO.format("Produits").encode()
    read, kept = (kept_catalogue("fr", po, str(tmp_path)) for _ in range(2))
    assert kept == read
    assert kept.gettext("Products") == "Produits"
    assert [kept.ngettext("{count} item", "{count} items", n) for n in (1, 2)] == [
        "{count} un",
        "{count} plusieurs",
    ]


def test_other_words_are_read_and_those_before_are_dropped(tmp_path):
    for word in ("Produits", "Articles"):
        read = kept_catalogue("fr", PO.format(word).encode(), str(tmp_path))
        assert read.gettext("Products") == word
    assert sum(path.is_file() for path in tmp_path.rglob("*")) == 1


def test_a_faulty_catalogue_is_told_each_time(tmp_path):
    for _ in range(2):
        with pytest.raises(UnreadableCatalogue):
            kept_catalogue("fr", b"no catalogue", str(tmp_path))
