"""Work that is divided among processes comes out as if one had done it."""

import datetime as dt
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

import pytest

from microsite.pipeline import briefly, making, publications
from microsite.pipeline.build import build
from microsite.pipeline.settings import Settings
from microsite.pipeline.spread import spread
from microsite.problems import Fault, Refusal

ROOT = Path(__file__).resolve().parents[1]
ITEMS = list(range(100))
CANNOT_COPY = sys.platform in {"win32", "darwin"}


@pytest.fixture(
    autouse=True,
    params=[
        pytest.param("copied", marks=pytest.mark.skipif(CANNOT_COPY, reason="not done there")),
        "started",
    ],
)
def way(request, monkeypatch):
    """Processes that are copied, as of one without other threads; or started, as beside others."""
    threads = 1 if request.param == "copied" else 2
    monkeypatch.setattr(threading, "active_count", lambda: threads)
    return request.param


divide = partial(spread, worth=10, worth_sending=10)


def told(share):
    return os.getpid(), list(share)


def until_there_are(count, folder):
    give_up = time.monotonic() + 30
    while len(list(folder.iterdir())) < count:
        assert time.monotonic() < give_up
        time.sleep(0.005)


def told_by_all(folder, jobs, share):
    (folder / str(os.getpid())).touch()
    until_there_are(jobs, folder)
    return told(share)


@pytest.mark.parametrize("jobs", [1, 2, 3, 8])
def test_pieces_are_neighbours_done_by_all_and_come_back_in_order(jobs, tmp_path):
    found = divide(ITEMS, partial(told_by_all, tmp_path, jobs), jobs)
    assert [item for _, share in found for item in share] == ITEMS
    assert len({process for process, _ in found}) == jobs


def told_when_the_rest_is_done(folder, share):
    if 0 in share:
        until_there_are(len(ITEMS) - len(share), folder)
    for item in share:
        (folder / str(item)).touch()
    return told(share)


def test_a_copied_process_that_is_done_takes_of_what_another_has_left(way, tmp_path):
    if way == "started":
        pytest.skip("each is sent its share at the start")
    found = divide(ITEMS, partial(told_when_the_rest_is_done, tmp_path), 2)
    assert [item for _, share in found for item in share] == ITEMS
    assert [0 in share for process, share in found if process == found[0][0]] == [True]


def test_few_items_are_not_worth_a_process():
    assert divide(ITEMS[:19], told, 8) == [(os.getpid(), ITEMS[:19])]


def test_some_work_is_never_worth_sending(way):
    found = spread(ITEMS, told, 2, worth=10, worth_sending=None)
    assert (len(found) > 1) == (way == "copied")


def refuse_the_last(kind, share):
    if 99 in share:
        raise kind("rule", "{what} is wrong", "mend it", what="ของ", rule_of="x")
    return share


@pytest.mark.parametrize("kind", [Fault, Refusal])
def test_what_is_wrong_in_one_process_is_told_as_in_one(kind):
    with pytest.raises(kind) as caught:
        divide(ITEMS, partial(refuse_the_last, kind), 4)
    assert (caught.value.rule, caught.value.remedy) == ("rule", "mend it")
    assert caught.value.values == {"what": "ของ", "rule_of": "x"}


def be_killed(own, share):
    if os.getpid() != own:
        os.kill(os.getpid(), signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
    return list(share)


def test_the_share_of_a_process_that_was_killed_is_done_all_the_same():
    work = partial(be_killed, os.getpid())
    assert [item for share in divide(ITEMS, work, 3) for item in share] == ITEMS


def refuse_at_home(own, folder, share):
    (folder / str(os.getpid())).touch()
    until_there_are(4, folder)
    if os.getpid() == own:
        raise Fault("rule", "wrong")
    return bytes(1_000_000)


@pytest.mark.skipif(sys.platform == "win32", reason="asks for a process as POSIX does")
def test_no_process_is_left_behind_by_a_fault(tmp_path):
    with pytest.raises(Fault):
        divide(ITEMS, partial(refuse_at_home, os.getpid(), tmp_path), 4)
    for process in {int(path.name) for path in tmp_path.iterdir()} - {os.getpid()}:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)
    assert multiprocessing.active_children() == []


SCRIPT = """
import os, sys, threading, time
from functools import partial
from pathlib import Path
from microsite.pipeline.spread import spread


def dawdle(note, own, share):
    if os.getpid() != own:
        Path(note).write_text(str(os.getpid()))
        time.sleep(60)
    while not Path(note).exists() or not Path(note).read_text():
        time.sleep(0.01)
    os._exit(0)


if __name__ == "__main__":
    threading.active_count = lambda: 2
    spread([1, 2], partial(dawdle, sys.argv[1], os.getpid()), 2, worth=1, worth_sending=1)
"""


COPYING = """
import os, signal, sys, time
from pathlib import Path
from microsite.pipeline.spread import spread

folder, own = Path(sys.argv[1]), os.getpid()


def work(share):
    if os.getpid() == own:
        while len(list(folder.iterdir())) < 2:
            time.sleep(0.005)
        os.kill(own, signal.SIGKILL)
    (folder / str(share[0])).touch()
    while os.getppid() == own:
        time.sleep(0.005)


spread(range(99), work, 3, worth=1)
"""


def test_copied_processes_end_with_the_one_that_was_copied(way, tmp_path):
    if way == "started":
        pytest.skip("see below")
    command = [sys.executable, "-c", COPYING, str(tmp_path)]
    with_us = {**os.environ, "PYTHONPATH": str(ROOT)}
    # What they say is heard to its end: until none of them is left.
    done = subprocess.run(command, env=with_us, capture_output=True, timeout=60)  # noqa: S603 # ours
    assert (done.returncode, done.stderr) == (-signal.SIGKILL, b"")
    assert len(list(tmp_path.iterdir())) == 2, "they have begun other pieces"


@pytest.mark.skipif(sys.platform == "win32", reason="asks for a process as POSIX does")
def test_a_started_process_does_not_outlive_the_one_that_started_it(way, tmp_path):
    if way == "copied":
        pytest.skip("a copy holds the lock of the build as long as it lives")
    script, note = tmp_path / "script.py", tmp_path / "note"
    script.write_text(SCRIPT)
    with_us = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(script), str(note)]
    subprocess.run(command, env=with_us, check=True, timeout=60)  # noqa: S603 # our own script
    until = time.monotonic() + 30
    while _is_running(int(note.read_text())):
        assert time.monotonic() < until
        time.sleep(0.05)


def _is_running(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_site_is_the_same_bytes_from_however_many_processes(copy_of, tmp_path, monkeypatch):
    for module in (briefly, making):
        monkeypatch.setattr(module, "spread", divide)
    monkeypatch.setattr(publications, "MANY", 1)
    monkeypatch.setattr(publications, "MANY_TO_SEND", 1)
    files = []
    for jobs in (1, 2):
        site = copy_of("sample-market", tmp_path / str(jobs))
        dist = site / "dist"
        settings = Settings(str(ROOT), str(site), str(dist), dt.date(2026, 11, 24), jobs=jobs)
        assert build(settings).written
        paths = [path for path in sorted(dist.rglob("*")) if path.is_file()]
        files.append({path.relative_to(dist).as_posix(): path.read_bytes() for path in paths})
    assert files[0] == files[1]


def test_what_was_done_to_a_large_output_is_noticed(copy_of, tmp_path, monkeypatch):
    monkeypatch.setattr("microsite.pipeline.build.MANY", 1)
    site = copy_of("sample-market", tmp_path / "site")
    dist = site / "dist"
    settings = Settings(str(ROOT), str(site), str(dist), dt.date(2026, 11, 24), jobs=2)
    assert build(settings).written
    pages = [dist / "index.html", dist / "th" / "index.html"]
    before = [page.read_bytes() for page in pages]
    pages[0].write_text("by hand")
    pages[1].unlink()
    assert build(settings).written
    assert [page.read_bytes() for page in pages] == before
    (dist / "th" / "note.txt").write_text("of somebody")
    with pytest.raises(Refusal) as caught:
        build(settings)
    assert caught.value.rule == "output-foreign"
    assert (dist / "th" / "note.txt").read_text() == "of somebody"
