"""Asking other hosts whether a page is there, as a polite program does: slowly and by name."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Literal
from urllib.error import URLError
from urllib.parse import quote, urldefrag, urljoin, urlsplit
from urllib.request import (
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)
from urllib.robotparser import RobotFileParser

from msgspec import Struct
from msgspec.structs import replace

Failure = Literal["", "slow", "name", "certificate", "loop", "other"]

_HOPS = 10  # redirects; browsers follow 20
_ROBOTS_BYTES = 512 * 1024  # RFC 9309, 2.5: at least that much is read
_ASK_AGAIN = {400, 403, 404, 405, 406, 410, 429}  # what hosts without HEAD say, beside 5xx
_PERMANENT = {301, 308}
_REDIRECTS = {301, 302, 303, 307, 308}


class Manners(Struct, frozen=True):
    """How hosts are asked."""

    agent: str  # User-Agent: who asks, and where to find out more
    timeout: float = 10  # seconds for an answer to begin, and for each step on the way to it
    pause: float = 1  # seconds between two questions to one host
    most_pause: float = 10  # seconds, where a host asks for longer ones
    hosts_at_once: int = 8


class Answer(Struct, frozen=True):
    """What a host said of one address."""

    address: str
    code: int = 0  # HTTP status at the end of all redirects; 0 without an answer
    to: str = ""  # where it has moved for good
    failure: Failure = ""
    what: str = ""  # the system's own words on a failure
    is_barred: bool = False  # the host wants no programs there (robots.txt), so it was not asked


def is_web(address: str) -> bool:
    """Whether it can be asked at all."""
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def ask(
    addresses: Iterable[str], manners: Manners, tell: Callable[[Answer], None] = lambda _: None
) -> dict[str, Answer]:
    """An answer for each address. `tell` hears each as it comes.

    One question at a time goes to a host; what robots.txt keeps from programs is not asked for.
    """
    by_host: dict[str, list[str]] = {}
    for address in sorted(set(addresses)):
        by_host.setdefault(urlsplit(address).netloc.lower(), []).append(address)
    asking = _Asking(manners)
    answers: dict[str, Answer] = {}
    pool = ThreadPoolExecutor(manners.hosts_at_once)
    try:
        waiting = [pool.submit(asking.host, mine) for mine in by_host.values()]
        for done in as_completed(waiting):
            for answer in done.result():
                answers[answer.address] = answer
                tell(answer)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    return answers


class _Asking:
    """One round of questions: who was asked when, and what hosts allow."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._lock = threading.Lock()
        self._next: dict[str, float] = {}  # by host, when it may be asked again
        self._pauses: dict[str, float] = {}  # by host, seconds that it asks for
        self._robots: dict[str, RobotFileParser | Answer] = {}  # by scheme and host
        # No handler for redirects and errors, for they are answers too; the proxy is the system's
        self._opener = OpenerDirector()
        for handler in (ProxyHandler(), HTTPHandler(), HTTPSHandler(), UnknownHandler()):
            self._opener.add_handler(handler)

    def host(self, addresses: list[str]) -> list[Answer]:
        """Answers of one host, asked one after the other."""
        return [self._follow(address) for address in addresses]

    def _follow(self, address: str) -> Answer:
        here, moved, is_for_good = _as_asked(address), "", True
        for _ in range(_HOPS):
            rules = self._rules(here)
            if isinstance(rules, Answer):
                return replace(rules, address=address)
            if not rules.can_fetch(self._manners.agent, here):
                return Answer(address, is_barred=True)
            answer, to = self._ask(here)
            if answer.code not in _REDIRECTS or not to:
                to = moved if answer.code < 400 else ""
                return Answer(address, answer.code, to, answer.failure, answer.what)
            is_for_good = is_for_good and answer.code in _PERMANENT
            here = _as_asked(urljoin(here, to))
            if not is_web(here):
                return Answer(address, answer.code, failure="other", what=here)
            moved = here if is_for_good else moved
        return Answer(address, failure="loop")

    def _rules(self, address: str) -> RobotFileParser | Answer:
        """What the host's robots.txt says, or why nothing is asked of the host.

        Source: RFC 9309, 2.3.1: without the file all may be read, nothing while the host ails.
        """
        parts = urlsplit(address)
        home = f"{parts.scheme}://{parts.netloc}"
        if home in self._robots:
            return self._robots[home]
        rules = RobotFileParser()
        place = f"{home}/robots.txt"
        for _ in range(_HOPS // 2):  # RFC 9309, 2.3.1.2: five redirects are followed
            answer, to, data = self._open(place, "GET", _ROBOTS_BYTES)
            if answer.code not in _REDIRECTS or not is_web(urljoin(place, to)):
                break
            place = urljoin(place, to)
        lines = data.decode("utf-8", "replace").splitlines() if answer.code == 200 else []
        rules.parse(lines)
        self._robots[home] = rules if 0 < answer.code < 500 else answer
        wanted = rules.crawl_delay(self._manners.agent)
        if wanted:
            self._pauses[parts.netloc] = min(float(wanted), self._manners.most_pause)
        return self._robots[home]

    def _ask(self, address: str) -> tuple[Answer, str]:
        answer, to, _ = self._open(address, "HEAD")
        if answer.code in _ASK_AGAIN or answer.code >= 500 or answer.failure == "other":
            answer, to, _ = self._open(address, "GET")
        return answer, to

    def _open(self, address: str, method: str, most: int = 0) -> tuple[Answer, str, bytes]:
        """The answer, where it leads, and as much of its text as is asked for."""
        self._wait(urlsplit(address).netloc)
        told = {"User-Agent": self._manners.agent, "Accept": "text/html,*/*;q=0.5"}
        try:
            request = Request(address, headers=told, method=method)  # noqa: S310 # http(s): is_web
            with self._opener.open(request, timeout=self._manners.timeout) as response:
                data = response.read(most) if most else b""
                return Answer(address, response.status), response.headers.get("Location", ""), data
        except (OSError, http.client.HTTPException, ValueError) as error:
            cause = error.reason if isinstance(error, URLError) else error
            return Answer(address, failure=_failure(cause), what=str(cause)), "", b""

    def _wait(self, host: str) -> None:
        """Until the host may be asked again."""
        with self._lock:
            now = time.monotonic()
            start = max(now, self._next.get(host, 0))
            self._next[host] = start + self._pauses.get(host, self._manners.pause)
        time.sleep(start - now)


def _failure(cause: object) -> Failure:
    if isinstance(cause, TimeoutError):
        return "slow"
    if isinstance(cause, socket.gaierror):
        return "name"
    if isinstance(cause, ssl.SSLCertVerificationError):
        return "certificate"
    return "other"


def _as_asked(address: str) -> str:
    """An address as it goes over the wire: without its fragment, in ASCII."""
    parts = urlsplit(urldefrag(address).url)
    try:
        host = parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc
    except UnicodeError:
        host = parts.netloc
    plain = parts._replace(netloc=host, path=quote(parts.path, safe="/%:@!$&'()*+,;=~"))
    return plain._replace(query=quote(parts.query, safe="/%:@!$&'()*+,;=~?[]")).geturl()
