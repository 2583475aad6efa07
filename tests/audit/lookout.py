"""What a browser makes of every page: in both colour schemes, on phones and desktops."""

from __future__ import annotations

import runpy
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, sync_playwright

BROWSER = Path(__file__).parents[1] / "browser"
NARROW, PHONE, DESK = (320, 640), (360, 740), (1280, 800)
PICTURES = {".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp"}
MOVES_ON = b'http-equiv="refresh"'
RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}


@dataclass
class Looked:
    """One page: how often each thing was looked at, and what is wrong."""

    path: str
    looks: int = 0  # of axe: schemes times sizes
    stops: int = 0  # of the keyboard
    wrong: list[str] = field(default_factory=list)


def paths_of(dist: Path) -> dict[str, bool]:
    """Every page as it is linked, and whether it leads on by itself."""
    found = sorted(dist.rglob("*.html"))
    names = [f"/{path.relative_to(dist).as_posix()}".removesuffix("index.html") for path in found]
    return {name: MOVES_ON in path.read_bytes() for name, path in zip(names, found, strict=True)}


def look(address: str, paths: dict[str, bool], processes: int) -> list[Looked]:
    """What is wrong with each page, by several browsers side by side."""
    pages = list(paths.items())
    shares = [pages[start::processes] for start in range(processes)]
    with ProcessPoolExecutor(processes) as pool:
        done = [one for share in pool.map(partial(_look_at, address), shares) for one in share]
    return sorted(done, key=lambda one: one.path)


def _look_at(address: str, pages: Iterable[tuple[str, bool]]) -> list[Looked]:
    find = runpy.run_path(str(BROWSER / "find.py"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find["find_chromium"](), args=find["ARGUMENTS"]
        )
        done = []
        for path, moves_on in pages:
            context = browser.new_context(
                viewport=dict(zip(("width", "height"), PHONE, strict=True)),  # type: ignore[arg-type]
                reduced_motion="reduce",
                service_workers="block",
            )
            context.add_init_script(path=BROWSER / "measures.js")
            looked = Looked(path)
            page = context.new_page()
            _listen(page, looked, urlsplit(address).netloc)
            if moves_on:
                page.route(address + path, _keep_here)
            page.goto(address + path, wait_until="load")
            looked.wrong += [f"{name}: {what}" for name, what in _measured(page, looked, moves_on)]
            if context.cookies():
                looked.wrong.append("leaves a cookie")
            done.append(looked)
            context.close()
        browser.close()
    return done


def _listen(page: Page, looked: Looked, host: str) -> None:
    note = looked.wrong.append
    page.on("console", lambda said: note(f"console: {said.text}") if said.type != "log" else None)
    page.on("pageerror", lambda error: note(f"script: {error}"))
    page.on("requestfailed", lambda one: note(f"failed: {one.url}"))
    page.on("response", lambda one: note(f"{one.status}: {one.url}") if one.status > 399 else None)
    page.on(
        "request",
        lambda one: note(f"elsewhere: {one.url}") if urlsplit(one.url).netloc != host else None,
    )


def _keep_here(route: Route) -> None:
    """The page without what leads on, so that it can be looked at."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.body().replace(MOVES_ON, b'name="was-refresh"'))


def _measured(page: Page, looked: Looked, moves_on: bool) -> Iterator[tuple[str, object]]:
    page.evaluate("measures.scrollThrough()")
    if shifted := page.evaluate("measures.shifted()"):
        yield "moves while it loads", shifted
    for size in (PHONE, DESK):
        for colours in ("light", "dark"):
            _show(page, size, colours)
            found = Axe().run(page, options=RULES)
            looked.looks += 1
            if found.violations_count:
                yield f"axe {size[0]} {colours}", found.generate_report()
    for size in (NARROW, PHONE, DESK):
        _show(page, size, "light")
        if not moves_on:
            yield from _asked(page, size, "lostText", "smallTargets")
        yield from _asked(page, size, "overflow", "cutHeadings")
        for change in ("enlarge", "spread"):
            page.evaluate(f"measures.{change}(true)")
            yield from _asked(page, size, "overflow", "cutHeadings", "lostText", during=change)
            page.evaluate(f"measures.{change}(false)")
        if not moves_on:
            yield from _walked(page, size, looked)


def _asked(
    page: Page, size: tuple[int, int], *names: str, during: str = ""
) -> Iterator[tuple[str, object]]:
    for name in names:
        found = page.evaluate(f"measures.{name}()")
        if found:
            yield f"{name} {size[0]} {during}".rstrip(), found


def _walked(page: Page, size: tuple[int, int], looked: Looked) -> Iterator[tuple[str, object]]:
    page.evaluate("measures.walk()")
    stops = page.evaluate("measures.stopsToMake()")
    for _ in range(stops):
        page.keyboard.press("Tab")
    looked.stops += stops
    walked = page.evaluate("measures.walked()")
    for name in ("lost", "missed"):
        if walked[name]:
            yield f"keyboard {name} {size[0]}", walked[name]


def _show(page: Page, size: tuple[int, int], colours: str) -> None:
    page.emulate_media(color_scheme=colours)  # type: ignore[arg-type] # light or dark
    page.set_viewport_size({"width": size[0], "height": size[1]})
