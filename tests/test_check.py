"""`check`: says what a build would say, looks the pages over, and leaves everything as it is."""

import json
import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

LEDGER = "content/ledger/translations.tsv"


def test_good_content_is_in_order_and_nothing_is_written(run, copy_of, tmp_path):
    site = copy_of("tiny", tmp_path)
    done = run("check", "--site", site, "--language", "th")
    assert done.returncode == 0
    assert done.stdout.decode().split("\n")[0] == "เนื้อหาและหน้าเว็บเรียบร้อยดี"
    assert f"{site}/dist" in done.stdout.decode()
    assert not (site / "dist").exists()
    assert not (site / LEDGER).exists()


def test_a_slip_is_told_as_a_build_tells_it(run, copy_of, tmp_path):
    site = copy_of("tiny", tmp_path)
    entry = site / "content" / "th" / "products" / "sample-squid.md"
    entry.write_text(entry.read_text("utf-8").replace("price: 180", "price: ถามร้าน"), "utf-8")
    checked, built = run("check", "--site", site), run("--site", site)
    assert checked.returncode == built.returncode == 1
    told = checked.stderr.decode().split("\n\n")[0]
    assert "[price-not-a-number]" in told
    assert told in built.stderr.decode()


def test_record_keeps_what_each_translation_was_made_from(run, copy_of, tmp_path):
    site = copy_of("tiny", tmp_path)
    assert run("check", "--record", "--site", site).returncode == 0
    assert "sample-squid" in (site / LEDGER).read_text("utf-8")


# ---- pages


@pytest.fixture
def tiny(copy_of, tmp_path):
    """The smallest of all sites."""
    return copy_of("tiny", tmp_path / "tiny")


def test_an_output_that_is_not_up_to_date_is_told_of(tiny, run):
    assert run(cwd=tiny).returncode == 0
    same = run("check", cwd=tiny)
    assert (same.returncode, same.stdout) == (0, b"Content and pages are in order.\n")
    entry = tiny / "content/th/products/sample-squid.md"
    entry.write_text(entry.read_text("utf-8").replace("price: 180", "price: 185"), "utf-8")
    before = (tiny / "dist/th/index.html").stat()
    older = run("check", cwd=tiny)
    assert older.returncode == 0
    assert "dist is not like that yet" in older.stdout.decode()
    assert (tiny / "dist/th/index.html").stat() == before


def test_a_broken_link_in_the_output_is_named(tiny, run):
    assert run(cwd=tiny).returncode == 0
    page = tiny / "dist/th/products/sample-squid/index.html"
    page.write_text(
        page.read_text("utf-8").replace('href="/th/products/"', 'href="/th/x/"'), "utf-8"
    )
    done = run("check", cwd=tiny)
    assert done.returncode == 1
    assert "dist/th/products/sample-squid/index.html:" in done.stderr.decode()
    assert "“/th/x/” leads to nothing" in done.stderr.decode()
    assert "[link-dead]" in done.stderr.decode()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "The content is in order, but dist is not. `python build.py` makes it anew."),
        ("th", "เนื้อหาเรียบร้อยดี แต่ dist เสียหาย สั่ง `python build.py` เพื่อสร้างใหม่"),
    ],
)
def test_an_output_that_somebody_has_damaged_is_not_called_in_order(tiny, run, language, said):
    assert run(cwd=tiny).returncode == 0
    (tiny / "dist/th/products/sample-squid/index.html").unlink()
    damaged = run("check", "--language", language, cwd=tiny)
    assert (damaged.returncode, damaged.stdout) == (1, b"")
    assert damaged.stderr.decode().splitlines()[-1] == said
    assert run(cwd=tiny).returncode == 0
    assert run("check", cwd=tiny).returncode == 0


def foreign_file(output):
    (output / "th/notes.txt").write_text("mine")


def a_file_in_its_place(output):
    shutil.rmtree(output)
    output.write_text("mine")


def a_link_to_its_pages(output):
    (output / "th").rename(output / "../elsewhere")
    (output / "th").symlink_to("../elsewhere")


@pytest.mark.parametrize("do", [foreign_file, a_file_in_its_place, a_link_to_its_pages])
def test_an_output_that_the_next_build_will_refuse_is_told_of_before(tiny, run, do):
    assert run(cwd=tiny).returncode == 0
    do(tiny / "dist")
    entry = tiny / "content/th/products/sample-squid.md"
    entry.write_text(entry.read_text("utf-8").replace("price: 180", "price: 185"), "utf-8")
    built, checked = run(cwd=tiny), run("check", cwd=tiny)
    (message,) = [line for line in built.stderr.decode().splitlines() if "dist" in line]
    assert built.returncode == checked.returncode == 1
    assert message in checked.stderr.decode()
    last = "The content is in order, but a build cannot write dist."
    assert checked.stderr.decode().splitlines()[-1] == last
    assert run("check", "--format", "json", cwd=tiny).returncode == 1


def test_a_template_with_a_broken_link_is_found_before_anything_is_built(tiny, run):
    part = "templates/layouts/base.html"
    (tiny / part).parent.mkdir(parents=True)
    ours = (Path(__file__).parents[1] / part).read_text("utf-8")
    (tiny / part).write_text(ours.replace("</body>", '<a href="/th/gone/">x</a></body>'), "utf-8")
    done = run("check", "--format", "json", cwd=tiny)
    (problem,) = json.loads(done.stdout)["problems"]
    assert done.returncode == 1
    assert (problem["rule"], problem["level"]) == ("link-dead", "error")
    assert not (tiny / "dist").exists()


# ---- other hosts

SOURCES = {
    "http://fine.sample.example/": 200,
    "http://fine.sample.example/gone": 404,
    "http://moved.sample.example/": 301,
    "http://ailing.sample.example/": 500,
    "https://www.facebook.com/sample": 0,
}


class Proxy(BaseHTTPRequestHandler):
    """Answers in place of all hosts."""

    def do_GET(self):
        address = urlsplit(self.path)
        status = 404 if address.path == "/robots.txt" else SOURCES.get(self.path, 200)
        self.send_response(status)
        if status == 301:
            self.send_header("Location", "/new/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815 # the names that http.server calls

    def log_message(self, *args):
        """Nothing."""


@pytest.fixture
def network():
    """What a program needs to know to reach other hosts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield {"http_proxy": f"http://127.0.0.1:{server.server_port}"}
    server.shutdown()
    server.server_close()


@pytest.fixture
def citing(tiny):
    """The smallest site, with sources on other hosts."""
    entry = tiny / "content/th/products/sample-squid.md"
    lines = entry.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("sources")]
    kept.insert(kept.index("---\n", 1), f"sources: [{', '.join(SOURCES)}]\n")
    entry.write_text("".join(kept), "utf-8")
    return tiny


def test_links_that_lead_out_are_listed_with_their_answers(citing, run, network):
    done = run("check", "--external", cwd=citing, **network)
    said = done.stderr.decode()
    listed = dict(
        reversed(line.split()[:2]) for line in done.stdout.decode().split("\n\n")[0].split("\n")
    )
    assert done.returncode == 0
    assert listed == {
        address: {0: "–", 301: "200"}.get(code, str(code)) for address, code in SOURCES.items()
    }
    for rule, address in {
        "outside-gone": "http://fine.sample.example/gone",
        "outside-moved": "http://moved.sample.example/",
        "outside-silent": "http://ailing.sample.example/",
        "outside-unasked": "https://www.facebook.com/sample",
    }.items():
        (told,) = [one for one in said.split("\n\n") if f"[{rule}]" in one]
        assert address in told
        assert told.startswith("content/th/products/sample-squid.md:")
    assert said.count("Warning:") == 1


def test_links_that_lead_out_are_listed_for_programs(citing, run, network):
    done = run("check", "--external", "--format", "json", cwd=citing, **network)
    told = json.loads(done.stdout)
    links = {one["address"]: one for one in told["links"]}
    assert links.keys() == SOURCES.keys()
    moved = links["http://moved.sample.example/"]
    assert (moved["status"], moved["moved_to"]) == (200, "http://moved.sample.example/new/")
    assert moved["places"][0].startswith("content/th/products/sample-squid.md:")


def test_without_a_network_nothing_else_is_said_of_other_hosts(citing, run):
    nobody = "http://127.0.0.1:9"
    done = run("check", "--external", cwd=citing, http_proxy=nobody, https_proxy=nobody)
    assert done.returncode == 0
    assert done.stderr.decode().count("Note:") == 1
    assert "[outside-offline]" in done.stderr.decode()
