"""A file of many parts is the same whether some are put in anew or all are."""

from hypothesis import given
from hypothesis import strategies as st

from microsite.publish.spliced import splice, spliced

BYTES = st.binary(max_size=6)


@given(st.data(), st.lists(BYTES, min_size=1, max_size=8), BYTES, BYTES, BYTES)
def test_parts_put_in_anew_give_the_file_that_all_parts_give(data, parts, head, between, tail):
    places = st.integers(0, len(parts) - 1)
    changed = data.draw(st.dictionaries(places, BYTES))
    after = [changed.get(place, part) for place, part in enumerate(parts)]
    found = spliced(splice(head, parts, between, tail), between, changed)
    assert found == splice(head, after, between, tail)
    assert found.data == head + between.join(after) + tail
