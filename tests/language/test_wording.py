"""Words of a site over ours, word by word and in whatever plural rule each is written."""

from __future__ import annotations

import pytest

from microsite.language.wording import ENGLISH, Wording, laid_over

THAI = Wording("th", {"Search": "ค้นหา", "Home": "หน้าแรก"}, {"1 day": ("{n} วัน",)}, "0")
POLISH_RULE = "n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2"
POLISH = Wording(
    "pl", {}, {"1 day": ("dzień", "dni", "dniu"), "1 file": ("f", "fy", "fów")}, POLISH_RULE
)


def test_what_a_site_says_for_itself_wins_and_the_rest_stays():
    both = laid_over(THAI, Wording("th", {"Home": "บ้าน"}))
    assert [both.gettext(word) for word in ("Search", "Home", "News")] == ["ค้นหา", "บ้าน", "News"]
    assert both.ngettext("1 day", "{n} days", 3) == "{n} วัน"


def test_a_language_that_is_not_ours_is_as_the_site_says_it():
    assert laid_over(Wording("pl", *[{}] * 2), POLISH) == POLISH
    assert laid_over(ENGLISH, THAI) == THAI


@pytest.mark.parametrize("n", [0, 1, 2, 5, 12, 22, 111])
def test_numbers_keep_their_words_where_rules_are_alike(n):
    files = dict(zip(POLISH.plural["1 file"], ("plik", "pliki", "plików"), strict=True))
    both = laid_over(POLISH, Wording("pl", {}, {"1 file": (*files.values(),)}, POLISH_RULE))
    assert both.ngettext("1 day", "days", n) == POLISH.ngettext("1 day", "days", n)
    assert both.ngettext("1 file", "files", n) == files[POLISH.ngettext("1 file", "files", n)]


@pytest.mark.parametrize(
    ("rule", "forms", "n", "said"),
    [
        ("n != 1", ("one day", "many days"), 5, "many days"),  # ours knows one form, for any number
        ("n > 1", ("few days", "many days"), 1, "few days"),
    ],
)
def test_words_in_another_plural_rule_are_said_in_ours(rule, forms, n, said):
    below = THAI if rule == "n != 1" else Wording("fr", {}, {"1 day": ("a", "b")}, "n != 1")
    both = laid_over(below, Wording(below.tag, {}, {"1 day": forms}, rule))
    assert both.ngettext("1 day", "{n} days", n) == said
