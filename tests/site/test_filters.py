"""What a list can be narrowed by, as its page carries it."""

from hypothesis import given
from hypothesis import strategies as st

from microsite.site.filters import cards_at, places_of
from microsite.site.press import LONG_LIST

PLACES = st.lists(st.integers(0, LONG_LIST - 1), unique=True).map(sorted)


def read(cards):
    """The places as assets/js/choices.js reads them: a bit a card, four to a digit."""
    at = range(4 * len(cards))
    return [place for place in at if int(cards[place >> 2], 16) & 1 << (place & 3)]


@given(PLACES)
def test_a_choice_carries_the_places_of_its_cards_and_no_others(places):
    assert read(cards_at(places)) == places


@given(st.lists(st.sampled_from("abc")))
def test_every_product_stands_at_one_value_of_a_field(values):
    found = places_of(values)
    assert sorted(place for places in found.values() for place in places) == [*range(len(values))]
    assert all(values[place] == value for value, places in found.items() for place in places)
