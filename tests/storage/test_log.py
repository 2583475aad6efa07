"""What is kept from build to build: the latest of everything, and nothing that is damaged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.storage import log, pile

NAMES = st.text(max_size=3)
ROWS = st.dictionaries(NAMES, st.lists(st.integers() | st.text(max_size=3), min_size=1))


def save(place, tables):
    log.save(place, "stamp", log.load(place, "stamp"), tables)


def loaded(place, stamp="stamp"):
    """The tables that have rows."""
    return {name: rows for name, rows in log.load(place, stamp).tables.items() if rows}


@given(st.lists(st.dictionaries(NAMES, ROWS, max_size=3), min_size=1, max_size=5))
def test_a_log_gives_back_what_was_kept_last(tmp_path_factory, sets):
    place = str(tmp_path_factory.mktemp("log") / "rows")
    for tables in sets:
        save(place, tables)
        assert loaded(place) == {name: rows for name, rows in tables.items() if rows}


def test_a_small_change_is_added_to_the_end(tmp_path):
    place = tmp_path / "rows"
    rows = {str(number): ["text" * 50] for number in range(500)}
    save(str(place), {"": rows})
    before = place.read_bytes()
    save(str(place), {"": rows | {"7": ["other"]}})
    assert place.read_bytes().startswith(before)
    assert len(place.read_bytes()) < len(before) + 100


def test_a_file_that_has_grown_too_long_is_written_anew(tmp_path):
    place = str(tmp_path / "rows")
    for number in range(300):
        save(place, {"": {"a": [number]}})
    assert loaded(place) == {"": {"a": [299]}}
    assert (tmp_path / "rows").stat().st_size < 120 * 60


def test_rows_of_another_generator_are_not_there(tmp_path):
    place = str(tmp_path / "rows")
    save(place, {"": {"a": [1]}})
    assert loaded(place, "other") == {}


@given(st.data())
def test_what_is_damaged_is_not_there_and_what_comes_later_is_kept(tmp_path_factory, data):
    file = tmp_path_factory.mktemp("log") / "rows"
    place = str(file)
    for rows in ({"a": [1]}, {"a": [1], "b": ["ข"]}):
        save(place, {"": rows})
    kept = bytearray(file.read_bytes())
    kept[data.draw(st.integers(0, len(kept) - 1))] ^= data.draw(st.integers(1, 255))
    file.write_bytes(kept[: data.draw(st.integers(0, len(kept)))])
    assert loaded(place).get("", {}).items() <= {"a": [1], "b": ["ข"]}.items()
    save(place, {"": {"c": [3]}})
    assert loaded(place) == {"": {"c": [3]}}


NUMBERS = st.lists(st.integers(-30, 120), max_size=12)


@given(st.dictionaries(NAMES, st.tuples(NAMES, NUMBERS).map(list)), st.data())
def test_rows_are_found_by_a_number_in_their_list(tmp_path_factory, rows, data):
    place = str(tmp_path_factory.mktemp("log") / "rows")
    save(place, {"": rows})
    table = log.load(place, "stamp").table("")
    for name in data.draw(st.sets(st.sampled_from(sorted(rows)) if rows else st.nothing())):
        assert table[name] == rows[name]
    for numbers in data.draw(st.lists(NUMBERS, max_size=4)):
        found = {name for name, (_, own) in rows.items() if not set(own).isdisjoint(numbers)}
        assert table.with_any(numbers) == found
        more = data.draw(st.dictionaries(NAMES, st.tuples(NAMES, NUMBERS).map(list), max_size=2))
        table.update(more)
        rows |= more


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
