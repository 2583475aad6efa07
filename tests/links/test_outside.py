"""Links that lead out: where they stand in content, and what is said of their answers."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from microsite.language.catalogues import read_catalogue
from microsite.language.wording import ENGLISH
from microsite.links.asking import Answer
from microsite.links.looking import look
from microsite.links.outside import Outside, leading_out, problems_outside
from microsite.pipeline.settings import Settings
from microsite.pipeline.survey import read_files
from microsite.problems import Place, as_text

ROOT = Path(__file__).parents[2]
TODAY = dt.date(2026, 11, 24)
GROUP, SQUID = "content/th/enterprises/sample-group.md", "content/th/products/sample-squid.md"


@pytest.fixture(scope="module")
def links(copy_of, tmp_path_factory):
    """Links of the smallest site and a few more, by address: (file, line) of each place."""
    site = copy_of("tiny", tmp_path_factory.mktemp("outside"))
    for file, more in {
        GROUP: 'contact:\n  line: "@group"\n  facebook: group.shop\n  website: https://w.example/ก\n'
        "map: {lat: 12.5, lon: 101.5}\n",
        SQUID: "",
    }.items():
        path = site / file
        _, fields, body = path.read_text("utf-8").split("---\n", 2)
        kept = "".join(
            line for line in fields.splitlines(keepends=True) if not line.startswith("sources")
        )
        prose = "\nดู [ที่นี่](https://p.example/a_(b)) และ [ที่นั่น](https://p.example/c#d)\n"
        path.write_text(
            f"---\n{kept}sources: [https://s.example/]\n{more}---\n{body}{prose}", "utf-8"
        )
    settings = Settings(str(ROOT), str(site), str(site / "dist"), TODAY)
    found = look(settings)
    assert found.made, found.problems
    return {
        one.address: [(place.file.removeprefix(f"{site}/"), line_of(place)) for place in one.places]
        for one in leading_out(found.made, read_files(settings))
    }


def line_of(place):
    return Path(place.file).read_text("utf-8").split("\n")[place.line - 1]


def test_a_link_is_found_where_it_was_typed(links):
    assert {file for file, _ in links["https://s.example/"]} == {GROUP, SQUID}
    for address, typed in {
        "https://s.example/": "https://s.example/",
        "https://w.example/ก": "https://w.example/ก",
        "https://p.example/c#d": "https://p.example/c#d",
        "https://www.facebook.com/group.shop": "group.shop",
        "https://line.me/R/ti/p/%40group": "@group",
        "https://www.google.com/maps/search/?api=1&query=12.5,101.5": "12.5",
    }.items():
        assert all(typed in line for _, line in links[address]), address


def test_links_that_hand_a_page_of_ours_over_are_not_asked_for(links):
    assert not [address for address in links if "sharer" in address or "tiny.example" in address]


@pytest.mark.parametrize(
    ("address", "is_closed"),
    [
        ("https://www.facebook.com/x", True),
        ("https://line.me/R/ti/p/%40x", True),
        ("https://s.shopee.co.th/x", True),
        ("https://notfacebook.com/x", False),
        ("https://facebook.com.evil.example/", False),
        ("https://www.community.or.th/", False),
    ],
)
def test_hosts_that_turn_programs_away_are_known(address, is_closed):
    assert Outside(address, ()).is_closed == is_closed


A = "https://a.example/x"
PLACES = (Place("content/th/a.md", 7, 3), Place("content/th/b.md", 2, 1))
SAID = {
    Answer(A, 404): ("outside-gone", "warning", "is not there any more (404)."),
    Answer(A, 410): ("outside-gone", "warning", "is not there any more (410)."),
    Answer(A, 200, "https://b.example/"): ("outside-moved", "note", "to https://b.example/."),
    Answer(A, 403): ("outside-silent", "note", "does not answer programs (403)."),
    Answer(A, 429): ("outside-silent", "note", "does not answer programs (429)."),
    Answer(A, 503): ("outside-silent", "note", "answers with a fault of its own (503)."),
    Answer(A, 0, failure="slow"): ("outside-silent", "note", "within 10 seconds."),
    Answer(A, 0, failure="name"): ("outside-silent", "note", f"of the name in “{A}”."),
    Answer(A, 0, failure="certificate", what="expired"): ("outside-silent", "note", "warn of"),
    Answer(A, 0, failure="loop"): ("outside-silent", "note", "never arrives."),
    Answer(A, 0, failure="other", what="refused"): ("outside-silent", "note", "asked: refused."),
    Answer(A, is_barred=True): ("outside-unasked", "note", f": 1, such as {A}."),
}
FINE = Answer("https://fine.example/", 200)


@pytest.mark.parametrize("answer", SAID, ids=lambda one: f"{one.code}{one.failure}")
def test_what_is_said_of_an_answer(answer):
    links = [Outside(A, PLACES), Outside(FINE.address, PLACES)]
    problems = problems_outside(links, {A: answer, FINE.address: FINE}, 10)
    rule, level, words = SAID[answer]
    assert {(one.rule, one.level) for one in problems} == {(rule, level)}
    assert problems[0].place == PLACES[0]
    assert words in as_text(problems, ENGLISH)
    thai = read_catalogue("th", (ROOT / "locale/th/messages.po").read_bytes())
    assert A in as_text(problems, thai)
    assert as_text(problems, thai) != as_text(problems, ENGLISH)


def test_a_page_that_is_gone_is_named_wherever_it_stands():
    problems = problems_outside([Outside(A, PLACES)], {A: Answer(A, 404)}, 10)
    assert [one.place for one in problems] == [*PLACES]


def test_nothing_is_said_of_what_is_there():
    assert problems_outside([Outside(FINE.address, PLACES)], {FINE.address: FINE}, 10) == []


def test_a_computer_that_is_offline_is_told_so_once():
    links = [Outside(f"https://{name}.example/", PLACES) for name in "abc"]
    answers = {one.address: Answer(one.address, failure="name") for one in links}
    (problem,) = problems_outside(links, answers, 10)
    assert (problem.rule, problem.level) == ("outside-offline", "note")
