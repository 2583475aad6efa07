"""A host on this computer for a built site: gzip, caching, the headers that the site asks for."""

from __future__ import annotations

import functools
import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fnmatch import fnmatchcase
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

TYPES = {
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
PACKED = (".css", ".csv", ".html", ".js", ".json", ".svg", ".txt", ".webmanifest", ".xml")
# Where a site brings no `_headers`: nothing inline, nothing from elsewhere, hashed files for good.
STRICT = """
/*
  Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'
  X-Content-Type-Options: nosniff
/assets/*
  Cache-Control: public, max-age=31536000, immutable
"""  # noqa: E501 # one header


@contextmanager
def hosted(dist: Path) -> Iterator[str]:
    """The address at which the folder is served while the block runs."""
    asked = dist / "_headers"
    rules = read_headers(asked.read_text("utf-8") if asked.is_file() else STRICT)
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Host, dist, rules))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def read_headers(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Pattern of paths and the headers of those, as hosts read a `_headers` file."""
    rules: list[tuple[str, list[tuple[str, str]]]] = []
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if line[0].isspace():
            name, _, value = line.strip().partition(":")
            rules[-1][1].append((name, value.strip()))
        else:
            rules.append((line.strip(), []))
    return rules


class _Host(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer waits 40 ms

    def __init__(self, dist: Path, rules: list[tuple[str, list[tuple[str, str]]]], *of: object):
        self.dist, self.rules = dist, rules
        super().__init__(*of)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        file = self.dist / path.lstrip("/")
        if path.endswith("/"):
            file /= "index.html"
        is_there = file.is_file() and file.resolve().is_relative_to(self.dist.resolve())
        if not is_there:
            file = self.dist / "404.html"
        data = file.read_bytes()
        is_packed = file.suffix in PACKED and "gzip" in self.headers.get("Accept-Encoding", "")
        if is_packed:
            data = gzip.compress(data, 6, mtime=0)
        self.send_response(200 if is_there else 404)
        for name, value in self._asked(path).items():
            self.send_header(name, value)
        self.send_header("Content-Type", TYPES.get(file.suffix, "application/octet-stream"))
        if file.suffix in PACKED:
            self.send_header("Vary", "Accept-Encoding")
        if is_packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        with suppress(ConnectionError):  # a browser that is closed waits for nothing
            self.end_headers()
            self.wfile.write(data)

    def _asked(self, path: str) -> dict[str, str]:
        said = {"Cache-Control": "no-cache"}
        for pattern, headers in self.rules:
            if fnmatchcase(path, pattern):
                said |= dict(headers)
        return said

    def log_message(self, *_: object) -> None:
        """Nothing: requests are not news."""
