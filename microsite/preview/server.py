"""The preview: the site, drafts included, at this computer only, as every saved change has it."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import unquote

from livereload.handlers import (  # type: ignore[import-untyped]  # ships no types
    LiveReloadHandler,
    LiveReloadJSHandler,
)
from livereload.watcher import Watcher  # type: ignore[import-untyped]  # ships no types
from msgspec.structs import replace
from tornado import web
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest
from tornado.netutil import bind_sockets
from tornado.routing import Matcher, Rule

from microsite.language.wording import Wording
from microsite.pipeline.folders import Folders
from microsite.pipeline.settings import Settings
from microsite.pipeline.survey import survey
from microsite.preview.making import Preview, make, tell
from microsite.preview.overlay import into_body, lay_over
from microsite.preview.status_page import ADDRESS, status_page
from microsite.preview.watching import watch
from microsite.problems import N_, Refusal
from microsite.publish.hosts import media_type
from microsite.storage.lock import hold_preview
from microsite.storage.output import read_output

LOOPBACK = "127.0.0.1"
PAUSE = 2.0  # seconds until a full disk or another build is tried again: no edit tells of its end

_HTML = media_type(".html")
_BARE = b"<!doctype html><meta charset=utf-8><meta name=viewport content=width=device-width><body>"


def serve(settings: Settings, wording: Wording, *, port: int) -> None:
    """Show the site at http://127.0.0.1:`port`, until Ctrl-C ends the program with code 0.

    `port` 0 is any free one; the address is printed. The pages lie in `.cache/preview` of the
    site; `settings.output` is not touched. Only this computer gets an answer, and only under a
    name of its own: else a foreign page could read drafts through a name that leads here.

    Raises:
        Refusal: the site has a preview already, or the port is taken or may not be used.
    """
    folders = Folders(settings.home, settings.site)
    with hold_preview(folders.kept()):  # two would write each other's addresses into the pages
        sockets = _bound(port)
        LiveReloadHandler.watcher = Watcher()  # is asked only for a name to log; we watch ourselves
        LiveReloadHandler.live_css = False  # a changed style sheet has a new name, and so new pages
        port = sockets[0].getsockname()[1]
        settings = replace(
            settings,
            output=folders.kept("preview"),
            base_url=f"http://{LOOPBACK}:{port}",
            drafts=True,
        )
        signal.signal(signal.SIGINT, lambda *_: _end(wording))
        asyncio.run(_follow(Preview(settings, wording, [], []), sockets, port))


def _end(wording: Wording) -> NoReturn:
    """End the program at once, whatever is under way.

    Left to itself, Python waits for its threads, and a first build may have minutes of photos to
    make. This is as a kill, which builds are made for: every file is whole, no lock stays.
    """
    with suppress(RuntimeError, OSError):  # it was just saying something, or nobody listens
        tell("\n" + wording.gettext("The preview has ended."))
    os._exit(0)


def _bound(port: int) -> list[socket.socket]:
    try:
        if not 0 <= port <= 65535:  # the system would take it for another one
            raise OSError("0-65535")
        return bind_sockets(port, LOOPBACK)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Refusal(
                "port-taken",
                N_("Another program, perhaps another preview, uses port {port}."),
                N_("End it, or choose another port: --port {other}."),
                port=port,
                other=port + 1 if port < 65535 else 8000,
            ) from error
        raise Refusal(
            "port-unusable",
            N_("Port {port} cannot be used ({reason})."),
            N_("Choose another port: --port 8000."),
            port=port,
            reason=error.strerror or error,
        ) from error


async def _follow(preview: Preview, sockets: list[socket.socket], port: int) -> None:
    """Make the site, serve it, and make it anew with each change until cancelled."""
    say = preview.wording.gettext
    tell(say(N_("Making the pages …")))
    moved = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(watch(_folders(preview.settings), moved, preview.is_ours))
        await asyncio.sleep(0)  # from now on it sees all
        await make(preview)
        # Until now the system has kept browsers waiting.
        HTTPServer(_application(preview, port)).add_sockets(sockets)
        tell(say(N_("The site is at {address}")).format(address=f"{preview.settings.base_url}/"))
        to_do = f"{preview.settings.base_url}{ADDRESS}"
        tell(say(N_("What is left to do: {address}")).format(address=to_do))
        tell(say(N_("It follows every change that you save. To end it, press Ctrl-C.")))
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(moved.wait(), PAUSE if preview.is_refused else None)
            moved.clear()
            await make(preview)


def _folders(settings: Settings) -> list[str]:
    """All that a build reads of what people write: the site's, and ours beneath it."""
    ours = ("templates", "assets", "locale")
    folders = [Path(settings.site, name).as_posix() for name in ("content", *ours)]
    folders += [Path(settings.home, name).as_posix() for name in ours]
    return list(dict.fromkeys(folders))


# ---- answers


class _Status(web.RequestHandler):
    """What there is left to do."""

    def initialize(self, preview: Preview) -> None:
        self.preview = preview

    async def get(self) -> None:
        self.set_header("Content-Type", _HTML)
        self.set_header("Cache-Control", "no-cache")
        # A large site takes its time, in which pages are to be had.
        told = await asyncio.to_thread(survey, self.preview.settings)
        await self.finish(status_page(told.standing, self.preview.wording))

    async def head(self) -> None:
        await self.get()


class _When(Matcher):
    """The requests of which something is true."""

    def __init__(self, is_true: Callable[[HTTPServerRequest], bool]) -> None:
        self.is_true = is_true

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        return {} if self.is_true(request) else None


class _Files(web.RequestHandler):
    """The files of the preview, pages with the overlay and with the script that reloads them."""

    def initialize(self, preview: Preview, port: int) -> None:
        self.preview = preview
        self.script = f'<script src="/livereload.js?port={port}" defer></script>\n'

    def get(self) -> None:
        root = self.preview.settings.output
        path = _path_of(self.request.path)
        data = _file_of(root, path)
        if data is None and path and _file_of(root, f"{path}/index.html") is not None:
            self.redirect(f"/{path}/")
            return
        if data is None:
            self.set_status(404)
            path = "404.html"
            data = _file_of(root, path)
        if data is None and self.preview.errors:  # no site could be made so far
            self.set_status(503)
            data = _BARE
        type = media_type(path or "")
        if data is not None and type == _HTML:
            data = into_body(data, self.script)
            data = lay_over(self.preview.errors, self.preview.wording, data)
        self.set_header("Content-Type", type)
        self.set_header("Cache-Control", "no-cache")
        self.finish(data)

    def head(self) -> None:
        self.get()


def _application(preview: Preview, port: int) -> web.Application:
    names = ("localhost", LOOPBACK, "[::1]")
    hosts = {f"{name}:{port}" for name in names} | ({*names} if port == 80 else set())
    origins: set[str | None] = {f"http://{host}" for host in hosts} | {None}

    def is_elsewhere(request: HTTPServerRequest) -> bool:
        return request.headers.get("Host", "").lower() not in hosts

    def is_foreign(request: HTTPServerRequest) -> bool:
        return request.headers.get("Origin") not in origins

    return web.Application(
        [
            Rule(_When(is_elsewhere), web.ErrorHandler, {"status_code": 421}),
            Rule(_When(is_foreign), web.ErrorHandler, {"status_code": 403}),
            (r"/livereload", LiveReloadHandler),
            (r"/livereload\.js", LiveReloadJSHandler),
            (ADDRESS, _Status, {"preview": preview}),
            (r".*", _Files, {"preview": preview, "port": port}),
        ],
        log_function=lambda _: None,  # the terminal is for what is to be mended
    )


def _path_of(asked: str) -> str | None:
    """The file that an address means; None for what no build writes, or nobody shall see."""
    try:
        path = unquote(asked, errors="strict").removeprefix("/")
    except UnicodeDecodeError:
        return None
    if not path or path.endswith("/"):
        path += "index.html"
    parts = path.split("/")
    is_odd = any(not part or part.startswith(".") or set(part) & set("\0\\:") for part in parts)
    return None if is_odd else path


def _file_of(root: str, path: str | None) -> bytes | None:
    """Its bytes; None if it is missing, is a link, or a link on its way leads out of the root."""
    if path is None:
        return None
    try:
        if Path(f"{root}/{path}").resolve().is_relative_to(Path(root).resolve()):
            return read_output(root, path)
    except (OSError, RuntimeError):  # RuntimeError: a link that leads to itself
        pass
    return None
