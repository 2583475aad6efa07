"""What a page may do in a browser: all that it needs, and nothing that somebody slips into it."""

from __future__ import annotations

import functools
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from microsite.language.wording import ENGLISH
from microsite.preview.overlay import lay_over
from microsite.problems import Place, Problem

pytestmark = pytest.mark.browser

PATHS = ["/", "/th/", "/th/products/", "/en/products/dried-squid/", "/th/news/year-end-market/"]
PATHS += ["/en/search/?q=squid", "/404.html"]
TRIES = [
    "document.body.innerHTML = '<b>x</b>'",
    "document.createElement('a').setAttribute('onclick', 'x()')",
    "trustedTypes.createPolicy('x', {createHTML: (text) => text})",
]
SLIPPED_IN = """([name, attributes]) => new Promise((done) => {
    const made = document.createElement(name);
    for (const [key, value] of attributes) made.setAttribute(key, value);
    addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective));
    document.body.append(made);
    if (name === "form") made.submit();
    setTimeout(() => done("nothing"), 5000);
})"""


class Sending(SimpleHTTPRequestHandler):
    """Files, with what `_headers` wants for every path."""

    protocol_version = "HTTP/1.1"

    def end_headers(self):
        for name, value in headers_of(Path(self.directory)).items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *args):
        """Nothing: the tests say what matters."""


@pytest.fixture(scope="module")
def with_headers(sample_dist):
    """The address of the sample market on a host that sends all headers that the build wants."""
    handler = functools.partial(Sending, directory=str(sample_dist.dist))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(params=["headers", "pages"])
def page(request, browser, sample_dist, with_headers):
    """A page on a host that sends headers, and on one where only pages can say what holds."""
    opened = browser.new_page()
    opened.said = []
    opened.on("console", lambda message: opened.said.append(message.text))
    opened.on("pageerror", lambda error: opened.said.append(str(error)))
    opened.at = with_headers if request.param == "headers" else sample_dist.served
    yield opened
    opened.close()


def headers_of(dist):
    """What `_headers` wants for every path."""
    first = (dist / "_headers").read_text("utf-8").split("\n/assets")[0]
    return dict(line.strip().split(": ", 1) for line in first.splitlines()[1:])


def test_a_page_may_do_all_that_it_needs(page):
    for path in PATHS:
        page.goto(page.at + path)
        page.wait_for_load_state("networkidle")
    assert page.said == []


@pytest.mark.parametrize("script", TRIES)
def test_no_script_makes_markup_or_programs_of_text(page, script):
    page.goto(f"{page.at}/th/")
    refused = page.evaluate(
        f"() => {{ try {{ {script} }} catch (error) {{ return error.name; }} }}"
    )
    assert refused in {"TypeError", "EvalError"}


@pytest.mark.parametrize(
    ("name", "attributes", "directive"),
    [
        ("img", {"src": "https://elsewhere.example/x.png"}, "img-src"),
        (
            "link",
            {"rel": "stylesheet", "href": "https://elsewhere.example/x.css"},
            "style-src-elem",
        ),
        ("div", {"style": "color: red"}, "style-src-attr"),
        ("iframe", {"src": "https://elsewhere.example/"}, "frame-src"),
        ("form", {"action": "https://elsewhere.example/"}, "form-action"),
        ("base", {"href": "https://elsewhere.example/"}, "base-uri"),
    ],
)
def test_what_somebody_slips_into_a_page_stays_without_effect(page, name, attributes, directive):
    page.goto(f"{page.at}/th/")
    refused = page.evaluate(SLIPPED_IN, [name, list(attributes.items())])
    assert refused == directive


def test_pages_ask_for_the_same_silence_towards_other_sites_as_headers_do(sample_dist):
    wanted = headers_of(sample_dist.dist)["Referrer-Policy"]
    for name, page in sample_dist.pages.items():
        said = [one.get("content") for one in page.iter("meta") if one.get("name") == "referrer"]
        assert said == [wanted], name


def test_the_overlay_of_the_preview_is_seen_on_a_page_with_a_policy(
    browser, sample_dist, serve, tmp_path
):
    html = (sample_dist.dist / "404.html").read_bytes()
    fault = Problem(Place("content/th/site.yaml"), "required", "Something is missing.")
    (tmp_path / "index.html").write_bytes(lay_over([fault], ENGLISH, html))
    page = browser.new_page()
    page.goto(f"{serve(tmp_path)}/")
    shown = page.evaluate("getComputedStyle(document.querySelector('#microsite-faults')).position")
    page.close()
    assert shown == "fixed"
