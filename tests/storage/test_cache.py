"""Results kept between builds."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.digest import digest
from microsite.storage.cache import keep_only, load, save

KEY = digest("page")


def names_in(folder):
    return sorted(path.name for path in Path(folder).iterdir())


def place_of(folder, key=KEY):
    return folder / key[:2] / key


@given(st.binary(max_size=2000))
def test_what_is_saved_is_loaded(tmp_path_factory, value):
    folder = str(tmp_path_factory.mktemp("cache"))
    save(folder, KEY, value)
    assert load(folder, KEY) == value
    assert load(folder, digest("another")) is None


def test_the_last_value_counts(tmp_path):
    save(str(tmp_path), KEY, b"old")
    save(str(tmp_path), KEY, b"new")
    assert load(str(tmp_path), KEY) == b"new"
    assert names_in(tmp_path / KEY[:2]) == [KEY]


def test_a_single_changed_bit_is_noticed(tmp_path):
    save(str(tmp_path), KEY, "ปลาหมึกแห้ง".encode())
    good = place_of(tmp_path).read_bytes()
    for at in range(len(good)):
        for bit in range(8):
            bad = bytearray(good)
            bad[at] ^= 1 << bit
            place_of(tmp_path).write_bytes(bad)
            assert load(str(tmp_path), KEY) is None, (at, bit)


def test_a_file_cut_short_or_lengthened_is_noticed(tmp_path):
    save(str(tmp_path), KEY, b"a page")
    good = place_of(tmp_path).read_bytes()
    for size in range(len(good)):
        place_of(tmp_path).write_bytes(good[:size])
        assert load(str(tmp_path), KEY) is None, size
    place_of(tmp_path).write_bytes(good + b"\n")
    assert load(str(tmp_path), KEY) is None


def test_a_value_under_anothers_name_is_noticed(tmp_path):
    other = KEY[:2] + digest("another")[2:]
    save(str(tmp_path), KEY, b"a page")
    place_of(tmp_path).rename(place_of(tmp_path, other))
    assert load(str(tmp_path), other) is None


@pytest.mark.parametrize(
    "put", [Path.mkdir, os.mkfifo, lambda place: place.symlink_to("/dev/zero")]
)
def test_a_thing_that_is_no_file_is_no_value(tmp_path, put):
    (tmp_path / KEY[:2]).mkdir()
    put(place_of(tmp_path))
    assert load(str(tmp_path), KEY) is None


def test_a_cache_that_cannot_be_written_stops_nothing(tmp_path):
    (tmp_path / "file").write_bytes(b"in the way")
    save(str(tmp_path / "file"), KEY, b"a page")
    assert load(str(tmp_path / "file"), KEY) is None
    place_of(tmp_path).mkdir(parents=True)
    save(str(tmp_path), KEY, b"a page")
    assert names_in(tmp_path / KEY[:2]) == [KEY]
    keep_only(str(tmp_path / "file"), [])
    keep_only(str(tmp_path / "missing"), [])


def test_writers_at_the_same_time_do_no_harm(tmp_path):
    values = [bytes([number]) * 50_000 for number in range(8)]
    seen = []

    def write(value):
        for _ in range(20):
            save(str(tmp_path), KEY, value)
            seen.append(load(str(tmp_path), KEY))

    writers = [threading.Thread(target=write, args=(value,)) for value in values]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(seen) == 160
    assert set(seen) <= set(values)
    assert names_in(tmp_path / KEY[:2]) == [KEY]


@given(st.sets(st.integers(0, 600)), st.sets(st.integers(0, 600)))
def test_only_what_a_build_used_is_kept(tmp_path_factory, saved, used):
    folder = str(tmp_path_factory.mktemp("cache"))
    for number in saved:
        save(folder, digest(number), b"%d" % number)
    keep_only(folder, [digest(number) for number in used])
    assert {n for n in saved if load(folder, digest(n)) is not None} == saved & used
    assert names_in(folder) == sorted({digest(number)[:2] for number in saved & used})


def test_tidying_touches_nothing_that_is_not_the_caches_own(tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    link = "00" if KEY[:2] != "00" else "01"
    (outside / f"{link}{KEY}").write_bytes(b"a photo")
    cache = tmp_path / "cache"
    (cache / KEY[:2] / digest("a folder")).mkdir(parents=True)
    for path in ("lock", f"{KEY[:2]}/notes.txt", f"{KEY[:2]}/00{KEY}", f"preview/{KEY}"):
        (cache / path).parent.mkdir(exist_ok=True)
        (cache / path).write_bytes(b"kept")
    (cache / link).symlink_to(outside)
    (cache / KEY[:2] / f"{KEY}.123-456.new").write_bytes(b"half")
    before = set(tmp_path.rglob("*"))
    keep_only(str(cache), [])
    gone = before - set(tmp_path.rglob("*"))
    assert [path.name for path in gone] == [f"{KEY}.123-456.new"]
