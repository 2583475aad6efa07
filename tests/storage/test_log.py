"""What is kept from build to build: the latest of everything, and nothing that is damaged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.storage import log, pile

ROWS = st.dictionaries(
    st.text(min_size=1, max_size=3), st.lists(st.integers() | st.text(max_size=3), min_size=1)
)


@given(st.lists(ROWS, min_size=1, max_size=5))
def test_a_log_gives_back_what_was_kept_last(tmp_path_factory, sets):
    place = str(tmp_path_factory.mktemp("log") / "rows")
    for rows in sets:
        log.save(place, "stamp", log.load(place, "stamp"), rows)
        assert log.load(place, "stamp").rows == rows


def test_a_small_change_is_added_to_the_end(tmp_path):
    place = tmp_path / "rows"
    rows = {str(number): ["text" * 50] for number in range(500)}
    log.save(str(place), "stamp", log.load(str(place), "stamp"), rows)
    before = place.read_bytes()
    log.save(str(place), "stamp", log.load(str(place), "stamp"), rows | {"7": ["other"]})
    assert place.read_bytes().startswith(before)
    assert len(place.read_bytes()) < len(before) + 100


def test_a_file_that_has_grown_too_long_is_written_anew(tmp_path):
    place = str(tmp_path / "rows")
    for number in range(300):
        log.save(place, "stamp", log.load(place, "stamp"), {"a": [number]})
    assert log.load(place, "stamp").rows == {"a": [299]}
    assert (tmp_path / "rows").stat().st_size < 120 * 60


def test_rows_of_another_generator_are_not_there(tmp_path):
    place = str(tmp_path / "rows")
    log.save(place, "stamp", log.load(place, "stamp"), {"a": [1]})
    assert log.load(place, "other").rows == {}


@given(st.data())
def test_what_is_damaged_is_not_there_and_what_comes_later_is_kept(tmp_path_factory, data):
    file = tmp_path_factory.mktemp("log") / "rows"
    place = str(file)
    for rows in ({"a": [1]}, {"a": [1], "b": ["ข"]}):
        log.save(place, "stamp", log.load(place, "stamp"), rows)
    kept = bytearray(file.read_bytes())
    kept[data.draw(st.integers(0, len(kept) - 1))] ^= data.draw(st.integers(1, 255))
    file.write_bytes(kept[: data.draw(st.integers(0, len(kept)))])
    found = log.load(place, "stamp")
    assert found.rows.items() <= {"a": [1], "b": ["ข"]}.items()
    log.save(place, "stamp", found, {"c": [3]})
    assert log.load(place, "stamp").rows == {"c": [3]}


@pytest.mark.parametrize("anew", [True, False])
def test_a_pile_gives_back_each_text(tmp_path, anew):
    place = str(tmp_path / "pile" / "texts")
    texts = [b"one", b"", "สอง".encode()]
    assert pile.put(place, [b"before"], anew=True)
    spots = pile.put(place, texts, anew=anew)
    assert [pile.take(place, spot) for spot in spots] == texts


def test_a_damaged_text_is_not_there(tmp_path):
    place = str(tmp_path / "texts")
    [spot] = pile.put(place, [b"text"], anew=True)
    (tmp_path / "texts").write_bytes(b"tExt")
    assert pile.take(place, spot) is None
    (tmp_path / "texts").unlink()
    assert pile.take(place, spot) is None
