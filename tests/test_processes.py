"""Work that is divided among processes comes out as if one had done it."""

import os
import signal
import sys
import threading

import pytest

from microsite.pipeline.spread import spread
from microsite.problems import Fault, Refusal

pytestmark = pytest.mark.skipif(
    sys.platform in {"win32", "darwin"}, reason="no process is copied there"
)
ITEMS = list(range(100))


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """A process whose other threads, which belong to the runner of tests, do not count."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def told(share):
    return os.getpid(), list(share)


@pytest.mark.parametrize("jobs", [1, 2, 3, 8])
def test_shares_are_neighbours_and_come_back_in_order(jobs):
    found = spread(ITEMS, told, jobs, worth=10)
    assert [item for _, share in found for item in share] == ITEMS
    assert len({process for process, _ in found}) == len(found) == jobs


def test_few_items_are_not_worth_a_process():
    assert spread(ITEMS[:19], told, 8, worth=10) == [(os.getpid(), ITEMS[:19])]


@pytest.mark.parametrize("kind", [Fault, Refusal])
def test_what_is_wrong_in_one_process_is_told_as_in_one(kind):
    def work(share):
        if 99 in share:
            raise kind("rule", "{what} is wrong", "mend it", what="ของ", rule_of="x")
        return share

    with pytest.raises(kind) as caught:
        spread(ITEMS, work, 4, worth=10)
    assert (caught.value.rule, caught.value.remedy) == ("rule", "mend it")
    assert caught.value.values == {"what": "ของ", "rule_of": "x"}


def test_the_share_of_a_process_that_was_killed_is_done_all_the_same():
    own = os.getpid()

    def work(share):
        if os.getpid() != own:
            os.kill(os.getpid(), signal.SIGKILL)
        return list(share)

    assert [item for share in spread(ITEMS, work, 3, worth=10) for item in share] == ITEMS


def test_no_process_is_left_behind_by_a_fault():
    own = os.getpid()

    def work(share):
        if os.getpid() == own:
            raise Fault("rule", "wrong")
        return bytes(1_000_000)

    with pytest.raises(Fault):
        spread(ITEMS, work, 4, worth=10)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
