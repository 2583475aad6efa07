"""Other hosts are asked politely, and whatever they do comes back as an answer."""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from microsite.links.asking import Answer, Manners, ask, is_web

AGENT = "microsite-link-check (+https://x.example/)"
QUICK = Manners(AGENT, timeout=20, pause=0)
STATUS = {"/moved": 301, "/moved-twice": 308, "/for-now": 302, "/mixed": 302, "/loop": 301}
LEADS_TO = {
    "/moved": "/there",
    "/moved-twice": "/moved",
    "/for-now": "/there",
    "/mixed": "/moved",
    "/loop": "/loop",
    "/away": "ftp://x.example/",
}


class Host(BaseHTTPRequestHandler):
    """`/404` answers 404 and so on; what was asked is kept by the server."""

    def answer(self, status, *headers, data=b""):
        self.send_response(status)
        for name, value in (*headers, ("Content-Length", len(data))):
            self.send_header(name, str(value))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data)

    def do_GET(self):
        path = self.path.partition("?")[0]
        self.server.asked.append((self.command, self.path, self.headers["User-Agent"]))
        if path == "/robots.txt":
            status, rules = self.server.robots
            self.answer(status, data=rules)
        elif path in LEADS_TO:
            self.answer(STATUS.get(path, 301), ("Location", LEADS_TO[path]))
        elif path == "/slow":
            self.server.may_go_on.wait(60)
        elif path == "/no-head" and self.command == "HEAD":
            self.answer(405)
        elif path == "/rude" and self.command == "HEAD":
            self.close_connection = True
        elif path == "/nonsense":
            self.wfile.write(b"nothing of the kind\r\n\r\n")
            self.close_connection = True
        else:
            self.answer(int(path[1:]) if path[1:].isdigit() else 200, data=b"x")

    do_HEAD = do_GET  # noqa: N815 # the names that http.server calls

    def log_message(self, *args):
        """Nothing."""


@pytest.fixture
def host(monkeypatch):
    """A host on this computer: `url`, what was `asked` of it, and its `robots`."""
    monkeypatch.setenv("no_proxy", "*")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    server.daemon_threads = True
    server.asked, server.robots, server.may_go_on = [], (404, b""), threading.Event()
    server.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.may_go_on.set()
    server.shutdown()
    server.server_close()


def answer_to(url, manners=QUICK):
    answers = ask([url], manners)
    assert list(answers) == [url]
    return answers[url]


def closed_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.mark.parametrize("path", ["/200", "/no-head", "/rude", "/ก ข?q=ค#ง", "/%E0%B8%81"])
def test_a_page_that_is_there_is_there(host, path):
    url = host.url + path
    assert answer_to(url) == Answer(url, 200)


@pytest.mark.parametrize("code", [403, 404, 410, 429, 500, 503])
def test_a_page_that_is_not_there_is_asked_for_in_both_ways(host, code):
    assert answer_to(f"{host.url}/{code}").code == code
    assert [method for method, path, _ in host.asked if path == f"/{code}"] == ["HEAD", "GET"]


@pytest.mark.parametrize(
    ("path", "to"),
    [("/moved", "/there"), ("/moved-twice", "/there"), ("/for-now", ""), ("/mixed", "")],
)
def test_a_new_address_is_told_where_it_is_one_for_good(host, path, to):
    answer = answer_to(host.url + path)
    assert (answer.code, answer.to) == (200, host.url + to if to else "")


def test_an_address_that_leads_to_itself_ends_somewhere(host):
    assert answer_to(f"{host.url}/loop").failure == "loop"


def test_nothing_but_the_web_is_asked(host):
    answer = answer_to(f"{host.url}/away")
    assert (answer.failure, answer.what) == ("other", "ftp://x.example/")
    assert not is_web("file:///etc/passwd")
    assert not is_web("https://[x")


def test_a_host_that_does_not_answer_is_not_waited_for(host):
    answer = answer_to(f"{host.url}/slow", Manners(AGENT, timeout=0.3, pause=0))
    assert (answer.code, answer.failure) == (0, "slow")


def test_what_is_no_answer_at_all_is_a_failure(host):
    assert answer_to(f"{host.url}/nonsense").failure == "other"


def test_a_host_that_is_down_is_asked_once(host):
    url = f"http://127.0.0.1:{closed_port()}"
    answers = ask([f"{url}/a", f"{url}/b"], QUICK)
    assert {(one.code, one.failure) for one in answers.values()} == {(0, "other")}
    assert set(answers) == {f"{url}/a", f"{url}/b"}


def test_a_name_that_nobody_has_is_a_failure():
    assert answer_to("http://nobody.invalid/").failure == "name"


def test_who_asks_says_so(host):
    answer_to(f"{host.url}/200")
    assert {agent for _, _, agent in host.asked} == {AGENT}


def test_what_is_kept_from_programs_is_not_asked_for(host):
    host.robots = (200, b"User-agent: *\nDisallow: /closed/\n")
    answers = ask([f"{host.url}/closed/a", f"{host.url}/open"], QUICK)
    assert answers[f"{host.url}/closed/a"].is_barred
    assert answers[f"{host.url}/open"].code == 200
    assert Counter(path for _, path, _ in host.asked) == {"/robots.txt": 1, "/open": 1}


@pytest.mark.parametrize(("code", "answered"), [(401, 200), (404, 200), (500, 500), (503, 503)])
def test_a_host_that_ails_is_left_alone_and_one_without_rules_is_not(host, code, answered):
    host.robots = (code, b"")
    assert answer_to(f"{host.url}/200").code == answered


def test_a_host_has_its_peace_between_two_questions(host):
    host.robots = (200, b"User-agent: *\nCrawl-delay: 1\n")
    manners = Manners(AGENT, pause=0, most_pause=0.2)
    started = time.monotonic()
    ask([f"{host.url}/200", f"{host.url}/201", f"{host.url}/404"], manners)
    assert len(host.asked) == 5  # robots.txt, and the last one in both ways
    # never sooner, however fast the computer
    assert time.monotonic() - started >= 3 * 0.2


def test_each_answer_is_told_as_it_comes(host):
    heard = []
    answers = ask([f"{host.url}/200", f"{host.url}/404"], QUICK, heard.append)
    assert {one.address: one for one in heard} == answers
