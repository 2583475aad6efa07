"""One build at a time, and one preview."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from microsite.problems import Refusal
from microsite.storage.lock import hold, hold_preview

HOLD = """
import sys, time
from microsite.storage import lock
with getattr(lock, sys.argv[1])(sys.argv[2]):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_build_is_refused_until_the_first_has_ended(tmp_path):
    cache = str(tmp_path / "site/.cache")
    with hold(cache), pytest.raises(Refusal) as caught, hold(cache):
        raise AssertionError("two builds at once")
    assert caught.value.rule == "build-running"
    with hold(cache):
        pass


def test_a_build_of_a_moment_is_waited_for(tmp_path, pytestconfig):
    with subprocess.Popen(  # noqa: S603 -- our own words
        [sys.executable, "-c", HOLD, "hold", str(tmp_path)],
        stdout=subprocess.PIPE,
        cwd=pytestconfig.rootpath,
    ) as child:
        assert child.stdout.readline() == b"held\n"
        threading.Timer(0.5, child.kill).start()
        with hold(str(tmp_path)):
            assert child.wait()


def test_a_second_preview_is_refused_while_builds_come_and_go(tmp_path):
    cache = str(tmp_path / "site/.cache")
    with hold_preview(cache):
        with hold(cache):
            pass
        with pytest.raises(Refusal) as caught, hold_preview(cache):
            raise AssertionError("two previews at once")
    assert caught.value.rule == "preview-running"
    with hold_preview(cache):
        pass


def test_a_build_that_fails_lets_the_next_one_in(tmp_path):
    with pytest.raises(ZeroDivisionError), hold(str(tmp_path)):
        raise ZeroDivisionError
    with hold(str(tmp_path)):
        pass


def test_a_build_of_another_site_is_not_in_the_way(tmp_path):
    with hold(str(tmp_path / "a")), hold(str(tmp_path / "b")):
        pass


@pytest.mark.parametrize("one", [hold, hold_preview])
def test_a_build_or_preview_that_is_killed_lets_the_next_one_in(tmp_path, pytestconfig, one):
    with subprocess.Popen(  # noqa: S603 -- our own words
        [sys.executable, "-c", HOLD, one.__name__, str(tmp_path)],
        stdout=subprocess.PIPE,
        cwd=pytestconfig.rootpath,
    ) as child:
        assert child.stdout.readline() == b"held\n"
        with pytest.raises(Refusal), one(str(tmp_path)):
            pass
        child.kill()
    with one(str(tmp_path)):
        pass


def test_a_cache_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "site").write_bytes(b"in the way")
    with pytest.raises(Refusal) as caught, hold(str(tmp_path / "site/.cache")):
        pass
    assert caught.value.rule == "output-unwritable"
    assert caught.value.values["path"] == f"{tmp_path}/site/.cache/lock"


@pytest.mark.parametrize("one", [hold, hold_preview])
@pytest.mark.parametrize("thing", ["a file", "a link to nothing"])
def test_what_stands_in_place_of_the_cache_folder_is_named_and_stays(tmp_path, one, thing):
    cache = tmp_path / ".cache"
    cache.write_bytes(b"of somebody") if thing == "a file" else cache.symlink_to("nowhere")
    with pytest.raises(Refusal) as caught, one(str(cache)):
        pass
    assert (caught.value.rule, caught.value.values["path"]) == ("cache-not-a-folder", str(cache))
    assert [path.name for path in tmp_path.iterdir()] == [".cache"]
