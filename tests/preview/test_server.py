"""The preview as its user has it: a real server, a real site, a browser's requests."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from microsite.storage.lock import hold

ROOT = Path(__file__).parents[2]
SQUID = "content/th/products/sample-squid.md"
PAGE = "/th/products/sample-squid/"
PATIENCE = 15  # seconds; an edit takes one or two

pytestmark = pytest.mark.slow


@dataclass
class Answer:
    status: int
    text: str
    headers: http.client.HTTPMessage


@dataclass
class Preview:
    site: Path
    port: int
    process: subprocess.Popen
    said: list[str]

    def get(self, path, **headers):
        """One request as it stands; nothing is followed or tidied."""
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port)) as connection:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return Answer(answer.status, answer.read().decode("utf-8", "replace"), answer.headers)

    def wait_for(self, path, is_right):
        """The answer, once it is right."""
        until = time.monotonic() + PATIENCE
        while not is_right(answer := self.get(path)):
            assert time.monotonic() < until, f"still {answer.status}: {answer.text[-2000:]}"
            time.sleep(0.05)
        return answer

    def edit(self, old, new, file=SQUID):
        path = self.site / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    def wait_to_say(self, words):
        """Until the terminal has said it."""
        until = time.monotonic() + PATIENCE
        while words not in (said := "".join(self.said)):
            assert time.monotonic() < until, f"said so far: {said}"
            time.sleep(0.05)


def serve(site, **environment):
    """A preview that begins, on a port that it chooses itself."""
    return subprocess.Popen(  # noqa: S603 -- our own words
        [sys.executable, "build.py", "serve", "--site", site, "--port", "0", "--language", "en"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, **environment},
    )


def refused(site, port=0):
    """What a preview says that ends before it has begun."""
    command = [sys.executable, "build.py", "serve", "--site", site, "--language", "en"]
    ended = subprocess.run(  # noqa: S603 -- our own words
        [*command, "--port", str(port)], cwd=ROOT, capture_output=True, text=True
    )
    assert ended.returncode == 1
    return ended.stdout + ended.stderr


@contextlib.contextmanager
def previewed(site, **environment):
    """The preview of a site, once it is there; Ctrl-C ends it with a kind word."""
    with serve(site, **environment) as process:
        said = []
        for line in process.stdout:
            said.append(line)
            if "http://127.0.0.1:" in line:
                break
        else:
            pytest.fail("".join(said))
        port = int(line.strip().rstrip("/").rpartition(":")[2])
        reader = threading.Thread(target=said.extend, args=[process.stdout])
        reader.start()
        try:
            yield Preview(site, port, process, said)
        finally:
            process.send_signal(signal.SIGINT)
            code = process.wait(PATIENCE)
            reader.join()
    assert code == 0, "".join(said)
    assert said[-1] == "The preview has ended.\n", "".join(said)


def tiny(folder):
    made = shutil.ignore_patterns(".cache", "dist")
    return Path(shutil.copytree(ROOT / "tests/sites/tiny", folder / "site", ignore=made))


def with_large_photo(site):
    """The product with a photo that takes seconds to make."""
    (site / "assets/photos").mkdir(parents=True)
    photo = Image.radial_gradient("L").resize((3600, 2400)).convert("RGB")
    photo.save(site / "assets/photos/rack.jpg")
    path = site / SQUID
    fields = "photos:\n  - file: rack.jpg\n    alt: ปลาหมึกบนแผงตาก\nsources:"
    path.write_text(path.read_text("utf-8").replace("sources:", fields), "utf-8")


def wait_until_there(folder, pattern):
    until = time.monotonic() + PATIENCE
    while not any(folder.glob(pattern)):
        assert time.monotonic() < until, f"no {pattern} in {folder}"
        time.sleep(0.01)


@pytest.fixture(scope="module")
def resting(tmp_path_factory):
    """A preview of which nothing is edited."""
    with previewed(tiny(tmp_path_factory.mktemp("resting"))) as preview:
        yield preview


@pytest.fixture
def preview(tmp_path):
    with previewed(tiny(tmp_path)) as preview:
        yield preview


# ---- pages


def test_a_page_is_served_with_what_reloads_it(resting):
    answer = resting.get(PAGE)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "ปลาหมึกตัวอย่าง" in answer.text
    assert f'<script src="/livereload.js?port={resting.port}" defer></script>' in answer.text
    assert resting.get("/livereload.js").status == 200


def test_the_files_of_the_preview_hold_nothing_that_reloads_them(resting):
    written = resting.site / ".cache/preview" / PAGE.strip("/") / "index.html"
    assert "livereload" not in written.read_text("utf-8")
    assert not (resting.site / "dist").exists()


def test_a_style_sheet_is_served_as_it_was_built(resting):
    built = next((resting.site / ".cache/preview/assets").glob("*.css"))
    answer = resting.get(f"/assets/{built.name}")
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.text == built.read_text("utf-8")


def test_an_unknown_address_gets_the_site_s_own_page_for_that(resting):
    built = (resting.site / ".cache/preview/404.html").read_text("utf-8")
    answer = resting.get("/th/products/nowhere/")
    assert answer.status == 404
    assert built.partition("<body")[0] in answer.text


def test_an_address_without_its_last_slash_is_led_to_the_page(resting):
    answer = resting.get("/th/products")
    assert answer.status == 302
    assert answer.headers["Location"] == "/th/products/"


# ---- who gets an answer


@pytest.mark.parametrize("host", ["127.0.0.1:{}", "localhost:{}", "[::1]:{}", "LOCALHOST:{}"])
def test_this_computer_gets_an_answer_under_each_of_its_names(resting, host):
    assert resting.get(PAGE, Host=host.format(resting.port)).status == 200


@pytest.mark.parametrize("path", [PAGE, "/livereload", "/livereload.js", "/forcereload", "/.x"])
@pytest.mark.parametrize("host", ["evil.example:{}", "127.0.0.1", "127.0.0.1.evil.example:{}", ""])
def test_a_foreign_name_that_leads_here_gets_nothing(resting, path, host):
    answer = resting.get(path, Host=host.format(resting.port))
    assert answer.status == 421
    assert "ปลาหมึก" not in answer.text


@pytest.mark.parametrize("path", [PAGE, "/livereload", "/livereload.js", "/forcereload"])
@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1"])
def test_a_foreign_page_gets_nothing(resting, path, origin):
    assert resting.get(path, Origin=origin).status == 403


def test_a_foreign_page_cannot_listen_to_the_reloads(resting):
    async def listen():
        request = HTTPRequest(
            f"ws://127.0.0.1:{resting.port}/livereload", headers={"Origin": "http://evil.example"}
        )
        await websocket_connect(request)

    with pytest.raises(HTTPClientError, match="403"):
        asyncio.run(listen())


@pytest.mark.parametrize(
    "path",
    [
        "/.microsite",
        "/%2emicrosite",
        "/th/../.microsite",
        "/th/%2e%2e/%2e%2e/output",
        "/..%2f..%2fcontent/site.yaml",
        "/%00",
        "/th/%00index.html",
        "/%ff",
        "//etc/passwd",
        "//evil.example/",
        "/th\\index.html",
        f"/{'x' * 5000}",
        "/out/secret.txt",
        "/secret.txt",
        "/circle/",
    ],
)
def test_what_no_build_has_written_is_not_there(resting, path, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("ความลับ", "utf-8")
    links = {"out": tmp_path, "secret.txt": secret, "circle": "circle"}
    for name, target in links.items():
        (resting.site / ".cache/preview" / name).symlink_to(target)
    try:
        answer = resting.get(path)
    finally:
        for name in links:
            (resting.site / ".cache/preview" / name).unlink()
    assert answer.status == 404
    assert "ความลับ" not in answer.text
    assert "Traceback" not in answer.text


# ---- edits


def test_an_edit_is_on_the_page_within_seconds_and_the_browser_told_to_reload(preview):
    async def edit_and_listen():
        browser = await websocket_connect(
            HTTPRequest(
                f"ws://127.0.0.1:{preview.port}/livereload",
                headers={"Origin": f"http://127.0.0.1:{preview.port}"},
            )
        )
        await browser.write_message(json.dumps({"command": "hello"}))
        assert json.loads(await browser.read_message())["command"] == "hello"
        info = {"command": "info", "url": f"http://127.0.0.1:{preview.port}{PAGE}"}
        await browser.write_message(json.dumps(info))
        preview.edit("ปลาหมึกตัวอย่าง", "ปลาหมึกแดดเดียว")
        told = json.loads(await asyncio.wait_for(browser.read_message(), PATIENCE))
        assert told["command"] == "reload"
        browser.close()

    asyncio.run(edit_and_listen())
    assert "ปลาหมึกแดดเดียว" in preview.get(PAGE).text


def test_drafts_are_shown_and_dist_is_not_touched(tmp_path):
    site = tiny(tmp_path)
    (site / "dist/th").mkdir(parents=True)
    (site / "dist/th/index.html").write_text("as it was", "utf-8")
    before = everything(site / "dist")
    with previewed(site) as preview:
        preview.edit("name: ปลาหมึกตัวอย่าง", "draft: true\nname: ร่างตัวอย่าง")
        preview.wait_for(PAGE, lambda answer: "ร่างตัวอย่าง" in answer.text)
    assert everything(site / "dist") == before


def test_a_fault_lies_over_the_last_good_page_until_it_is_mended(preview):
    preview.edit("price: 180", "price: ถามร้าน")
    for path in (PAGE, "/en/", "/nowhere/"):
        answer = preview.wait_for(path, lambda answer: "microsite-faults" in answer.text)
        assert "sample-squid.md:6:8" in answer.text
        assert "“ถามร้าน”" in answer.text
    assert "ปลาหมึกตัวอย่าง" in preview.get(PAGE).text
    preview.wait_to_say("sample-squid.md:6:8")
    preview.edit("price: ถามร้าน", "price: 180")
    preview.wait_for(PAGE, lambda answer: "microsite-faults" not in answer.text)


def test_a_template_of_the_site_is_followed_too_and_a_slip_in_it_shown(preview):
    own = preview.site / "templates/404.html"
    own.parent.mkdir()
    own.write_text("<body>ไม่มีหน้านี้", "utf-8")
    preview.wait_for("/nowhere/", lambda answer: "ไม่มีหน้านี้" in answer.text)
    own.write_text("<body>{% if %}", "utf-8")
    answer = preview.wait_for("/nowhere/", lambda answer: "template-unusable" in answer.text)
    assert "ไม่มีหน้านี้" in answer.text


def test_a_folder_that_was_made_anew_is_followed(preview):
    own = preview.site / "templates"
    for words in ("ไม่มีหน้านี้", "หาหน้านี้ไม่พบ"):
        own.mkdir()
        (own / "404.html").write_text("<body>", "utf-8")
        preview.wait_for("/nowhere/", lambda answer: "<h1" not in answer.text)
        (own / "404.html").write_text(f"<body>{words}", "utf-8")
        preview.wait_for("/nowhere/", lambda answer, words=words: words in answer.text)
        shutil.rmtree(own)
        preview.wait_for("/nowhere/", lambda answer: "<h1" in answer.text)


def test_where_the_system_tells_of_no_change_the_files_are_looked_at(tmp_path):
    with previewed(tiny(tmp_path), WATCHFILES_FORCE_POLLING="1") as preview:
        preview.edit("ปลาหมึกตัวอย่าง", "ปลาหมึกแดดเดียว")
        preview.wait_for(PAGE, lambda answer: "ปลาหมึกแดดเดียว" in answer.text)


def test_a_site_that_has_never_been_good_shows_what_to_mend_and_then_itself(tmp_path):
    site = tiny(tmp_path)
    (site / "content/site.yaml").rename(site / "content/away.tmp")
    with previewed(site) as preview:
        answer = preview.get(PAGE)
        assert answer.status == 503
        assert "microsite-faults" in answer.text
        assert "livereload.js" in answer.text
        (site / "content/away.tmp").rename(site / "content/site.yaml")
        preview.wait_for(
            PAGE, lambda answer: answer.status == 200 and "microsite-faults" not in answer.text
        )


def test_a_site_file_that_goes_while_somebody_edits_is_told_of_over_the_last_pages(preview):
    (preview.site / "content/site.yaml").rename(preview.site / "content/away.tmp")
    answer = preview.wait_for(PAGE, lambda answer: "site-missing" in answer.text)
    assert "ปลาหมึกตัวอย่าง" in answer.text
    (preview.site / "content/away.tmp").rename(preview.site / "content/site.yaml")
    preview.wait_for(PAGE, lambda answer: "microsite-faults" not in answer.text)


def test_the_last_of_many_quick_edits_is_what_is_shown(preview):
    names = ["ปลาหมึกตัวอย่าง", *(f"ชื่อที่{number}" for number in range(12))]
    for old, new in itertools.pairwise(names):
        preview.edit(old, new)
        time.sleep(0.12)
    preview.wait_for(PAGE, lambda answer: names[-1] in answer.text)


def test_another_build_of_the_site_is_waited_for(preview):
    with hold(str(preview.site / ".cache")):
        preview.edit("ปลาหมึกตัวอย่าง", "ปลาหมึกแดดเดียว")
        answer = preview.wait_for(PAGE, lambda answer: "build-running" in answer.text)
        assert "ปลาหมึกตัวอย่าง" in answer.text
    answer = preview.wait_for(PAGE, lambda answer: "build-running" not in answer.text)
    assert "ปลาหมึกแดดเดียว" in answer.text


def test_a_folder_that_leads_back_to_itself_does_not_stop_it(tmp_path):
    site = tiny(tmp_path)
    (site / "assets").mkdir()
    (site / "assets/again").symlink_to(site)
    with previewed(site) as preview:
        preview.edit("ปลาหมึกตัวอย่าง", "ปลาหมึกแดดเดียว")
        preview.wait_for(PAGE, lambda answer: "ปลาหมึกแดดเดียว" in answer.text)
        time.sleep(1)
        clock = site / ".cache/clock"  # of the last build
        before = clock.stat().st_mtime_ns
        time.sleep(1.5)
        assert clock.stat().st_mtime_ns == before, "it builds again and again"


# ---- start and end


@pytest.mark.parametrize("presses", [1, 3])
def test_ctrl_c_ends_a_first_build_at_once_and_the_next_one_is_as_from_nothing(tmp_path, presses):
    site, other = (tiny(tmp_path / name) for name in ("ended", "other"))
    cache = site / ".cache"
    for one in (site, other):
        with_large_photo(one)
    with serve(site) as process:
        wait_until_there(cache, ".preview.microsite-new/th/index.html")
        for _ in range(presses):
            process.send_signal(signal.SIGINT)
        assert process.stdout.readlines()[-1] == "The preview has ended.\n"
    assert process.returncode == 0
    assert not (cache / "preview").exists(), "it has waited for the end of the build"
    for one in (site, other):
        command = [sys.executable, "build.py", "--site", one, "--quiet"]
        subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 -- our own words
    assert bytes_in(site / "dist") == bytes_in(other / "dist")
    with previewed(site) as preview:
        assert preview.get(PAGE).status == 200
    assert not (cache / ".preview.microsite-new").exists()


def test_ctrl_c_ends_a_later_build_at_once_too_and_the_pages_stay_as_they_were(tmp_path):
    site = tiny(tmp_path)
    with previewed(site):
        before = everything(site / ".cache/preview")
        with_large_photo(site)
        wait_until_there(site / ".cache/output", "*/staged/*")
    assert everything(site / ".cache/preview") == before
    with previewed(site) as preview:
        assert "ปลาหมึกบนแผงตาก" in preview.get(PAGE).text


def test_a_second_preview_of_a_site_is_refused_and_the_first_goes_on_as_it_was(resting):
    before = everything(resting.site / ".cache/preview")
    said = refused(resting.site)
    assert "[preview-running]" in said
    assert "Use that one, or end it with Ctrl-C first." in said
    assert everything(resting.site / ".cache/preview") == before
    assert resting.get(PAGE).status == 200


def test_a_port_that_is_taken_is_said_and_what_to_do_about_it(resting, tmp_path):
    said = refused(tiny(tmp_path), resting.port)
    assert f"uses port {resting.port}" in said
    assert f"--port {resting.port + 1}" in said
    assert "[port-taken]" in said


def test_a_number_that_is_no_port_is_said(tmp_path):
    assert "[port-unusable]" in refused(tiny(tmp_path), 70000)


def bytes_in(folder):
    return {path: data for path, (data, _) in everything(folder).items()}


def everything(folder):
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }
