"""Settings that all tests share, and the sites that many of them build."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.etree.ElementTree import Element, TreeBuilder

import pytest
import yaml
from filelock import FileLock
from hypothesis import settings

settings.register_profile("default", deadline=None, print_blob=True)
settings.load_profile("default")

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "examples" / "sample-market"
SITES = {"repo": ROOT, "sample-market": SAMPLE}  # all others are in tests/sites/
TODAY = "2026-11-24"
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
# What of the environment a build may need to start at all; a test adds what it is about.
KEPT = ("PATH", "HOME", "SYSTEMROOT", "TEMP", "TMP")
MADE = ("photos", "share-pictures", "face", "touch-icon")  # what takes longest

Run = Callable[..., subprocess.CompletedProcess[bytes]]


class _Reader(HTMLParser):
    """The elements of a page; no tag may be left open, none closed out of turn."""

    def __init__(self) -> None:
        super().__init__()
        self.tree, self.open = TreeBuilder(), []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"{self.getpos()}: <{tag}> says a thing twice"
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.tree.end(tag)
        else:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        self.tree.end(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1:] == [tag], f"{self.getpos()}: </{tag}> while {self.open} are open"
        self.tree.end(self.open.pop())

    def handle_data(self, data: str) -> None:
        if self.open:
            self.tree.data(data)


def read_html(data: bytes) -> Element:
    """The `<html>` element of a page."""
    reader = _Reader()
    reader.feed(data.decode())
    reader.close()
    assert not reader.open, f"never closed: {reader.open}"
    return reader.tree.close()


def read_pages(dist: Path) -> dict[str, Element]:
    """Every page of an output, by its path there."""
    found = {path.relative_to(dist).as_posix(): path for path in dist.rglob("*.html")}
    return {name: read_html(path.read_bytes()) for name, path in sorted(found.items())}


@dataclass(frozen=True)
class Site:
    """A built site: its folders, and the address at which it is served."""

    content: Path
    dist: Path
    base_url: str  # as in canonical addresses
    served: str  # the same place on this computer

    @functools.cached_property
    def pages(self) -> dict[str, Element]:
        """Every page, by its path in the output."""
        return read_pages(self.dist)

    @property
    def prefix(self) -> str:
        """What links in pages begin with: the path of the base URL."""
        return "/" + self.base_url.split("/", 3)[3] if self.base_url.count("/") > 2 else ""

    def link(self, file: str) -> str:
        """The link to a file of the output, as pages have it."""
        return f"{self.prefix}/{file}".removesuffix("index.html")


@pytest.fixture(scope="session")
def run() -> Run:
    """Runs build.py as a person would; `environment` is all it gets but what it needs to start."""

    def run_build(
        *arguments: object, cwd: Path | None = None, today: str = TODAY, **environment: str
    ) -> subprocess.CompletedProcess[bytes]:
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        command = [sys.executable, ROOT / "build.py", *map(str, arguments)]
        if today:
            command += ["--today", today]
        return subprocess.run(  # noqa: S603 # our own program
            command,
            cwd=cwd,
            env={**kept, "LANG": "C.UTF-8", **environment},
            capture_output=True,
            timeout=280,
        )

    return run_build


@pytest.fixture(scope="session")
def build(run: Run) -> Callable[..., dict[str, Element]]:
    """Builds the site in a folder; the answer is its pages, by their path in the output."""

    def build_site(folder: Path, *arguments: str) -> dict[str, Element]:
        done = run("--site", folder, "--quiet", *arguments)
        assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
        return read_pages(folder / "dist")

    return build_site


@pytest.fixture(scope="session")
def common(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder for all processes in which the tests run."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def copy_of(run: Run, common: Path) -> Callable[..., Path]:
    """Copies the inputs of a site: `repo`, `sample-market`, or one of tests/sites/.

    What takes longest to make is taken along: from the site `photos_of`, or from where the site
    has been built before.
    """

    def copy(name: str, folder: Path, *, photos_of: Path | None = None) -> Path:
        source = SITES.get(name, ROOT / "tests" / "sites" / name)
        copy_inputs(source, folder)
        copy_made(photos_of or built_before(name, source, common, run), folder)
        return folder

    return copy


def built_before(name: str, source: Path, common: Path, run: Run) -> Path:
    """A folder in which the site has been built: its own, or one for all processes."""
    if (source / ".cache" / "share-pictures").is_dir():
        return source
    if name in SITES:
        return build_sites(common, run) / ("real" if name == "repo" else "sample")
    return build_once(source, common / "made" / name, run)


def copy_inputs(source: Path, folder: Path) -> None:
    """What people have written and photographed for a site."""
    for part in ("content", "assets", "locale"):
        if (source / part).is_dir() and (part == "content" or source != ROOT):
            shutil.copytree(source / part, folder / part, dirs_exist_ok=True)
    if source == ROOT:  # its templates, styles and words are the generator's own
        for part in ("illustrations", "photos"):
            if (source / "assets" / part).is_dir():
                shutil.copytree(
                    source / "assets" / part, folder / "assets" / part, dirs_exist_ok=True
                )


def copy_made(source: Path, folder: Path) -> None:
    """Pictures and face that builds of a site have kept."""
    for part in MADE:
        kept = source / ".cache" / part
        if kept.is_dir():
            shutil.copytree(kept, folder / ".cache" / part, dirs_exist_ok=True)


def build_once(source: Path, folder: Path, run: Run) -> Path:
    """A folder with that site, built once however many processes the tests run in."""
    folder.parent.mkdir(exist_ok=True)
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            copy_inputs(source, folder)
            run("--site", folder, "--quiet")
    return folder


def build_sites(common: Path, run: Run) -> Path:
    """A folder with `real` and `sample`, built once however many processes the tests run in."""
    sites = common / "sites"
    with FileLock(f"{sites}.lock"):
        if not (sites / "done").exists():
            real, sample = sites / "real", sites / "sample"
            for source, folder in ((ROOT, real), (SAMPLE, sample)):
                copy_inputs(source, folder)
                copy_made(source, folder)
            under_path = ("--base-url", "https://example.org/shop", "--output", sample / "shop")
            for arguments in ((real,), (sample,), (sample, *under_path)):
                done = run("--site", *arguments, "--quiet")
                assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
            (sites / "done").touch()
    return sites


@pytest.fixture(scope="session")
def built(run: Run, common: Path) -> Path:
    """A folder with `real` and `sample`, built once for all tests."""
    return build_sites(common, run)


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path, str], str]]:
    """Serves a folder on this computer until the tests end; the answer is its address."""
    with ExitStack() as stack:

        def start(folder: Path, prefix: str = "") -> str:
            handler = functools.partial(_Served, prefix=prefix, directory=str(folder))
            server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
            server.daemon_threads = True
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
            stack.callback(server.server_close)
            stack.callback(server.shutdown)
            return f"http://127.0.0.1:{server.server_port}{prefix}"

        yield start


class _Served(SimpleHTTPRequestHandler):
    """Files as any host gives them out; only what lies below the prefix is there."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer waits 40 ms

    def __init__(self, *args: object, prefix: str, **named: object) -> None:
        self.prefix = prefix
        super().__init__(*args, **named)

    def translate_path(self, path: str) -> str:
        if not path.startswith(f"{self.prefix}/"):
            return f"{self.directory}/not there"
        return super().translate_path(path.removeprefix(self.prefix))

    def log_message(self, *args: object) -> None:
        """Nothing: the tests say what matters."""


def _site(folder: Path, serve: Callable[..., str]) -> Site:
    shared = yaml.safe_load((folder / "content" / "site.yaml").read_bytes())
    return Site(folder / "content", folder / "dist", shared["base_url"], serve(folder / "dist"))


@pytest.fixture(scope="session")
def real_dist(built: Path, serve: Callable[..., str]) -> Site:
    """The nine enterprises."""
    return _site(built / "real", serve)


@pytest.fixture(scope="session")
def sample_dist(built: Path, serve: Callable[..., str]) -> Site:
    """The sample market, in which everything is filled in."""
    return _site(built / "sample", serve)


@pytest.fixture(scope="session")
def sample_under_path(built: Path, serve: Callable[..., str]) -> Site:
    """The sample market as part of another site."""
    dist = built / "sample" / "shop"
    served = serve(dist, "/shop")
    return Site(built / "sample" / "content", dist, "https://example.org/shop", served)


@pytest.fixture(params=["real_dist", "sample_dist", "sample_under_path"])
def site(request: pytest.FixtureRequest) -> Site:
    """Each of the three in turn."""
    return request.getfixturevalue(request.param)
