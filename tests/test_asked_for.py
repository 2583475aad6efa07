"""What templates do not ask for is neither made nor loaded; what was made once is kept."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = "content/th/products/sample-squid.md"
PLAIN = ROOT / "benchmarks" / "ours"
MADE = ("assets/heading", "assets/icon", "assets/touch-icon", "assets/scripts", "assets/share")


def modules_of(run, site):
    """The modules that a build loads."""
    done = run(cwd=site, PYTHONPROFILEIMPORTTIME="1")
    assert done.returncode == 0, done.stderr.decode()
    lines = done.stderr.decode().splitlines()
    return {line.rpartition("|")[2].strip() for line in lines if line.startswith("import time:")}


def made_in(site):
    """Which of the things in MADE the output has."""
    files = [one.relative_to(site / "dist").as_posix() for one in (site / "dist").rglob("*.*")]
    return {start for start in MADE if any(file.startswith(start) for file in files)}


@pytest.fixture
def tiny(copy_of, tmp_path):
    return copy_of("tiny", tmp_path)


@pytest.fixture
def plain(tiny):
    """A site whose templates show words and links alone."""
    shutil.copytree(PLAIN, tiny / "templates")
    return tiny


def test_our_templates_ask_for_everything(tiny, run):
    modules_of(run, tiny)
    assert made_in(tiny) == set(MADE)


def test_a_site_whose_templates_show_words_alone_has_words_alone(plain, run):
    loaded = modules_of(run, plain)
    assert made_in(plain) == set()
    assert not {"fontTools", "segno", "PIL.Image", "xml.dom", "concurrent.futures"} & loaded
    for page in (plain / "dist").rglob("*.html"):
        for file in re.findall(r'(?:href|src)="/(assets/[^"]+)"', page.read_text("utf-8")):
            assert (plain / "dist" / file).is_file()


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("{{ site.font }}", "assets/heading"),
        ("{{ site.icon }}", "assets/icon"),
        ("{{ site.touch_icon }}", "assets/touch-icon"),
        ("{{ site.scripts }}", "assets/scripts"),
        ("{% if head.picture %}{{ head.picture.url }}{% endif %}", "assets/share"),
    ],
)
def test_one_template_that_asks_is_enough(plain, run, asked, there):
    page = plain / "templates" / "products.html"
    text = page.read_text("utf-8").replace("{% block main %}", "{% block main %}" + asked)
    page.write_text(text, "utf-8")
    modules_of(run, plain)
    assert made_in(plain) == {there}


def test_a_note_in_a_template_asks_for_nothing(plain, run):
    error = plain / "templates" / "404.html"
    error.write_text(error.read_text("utf-8") + "{# site.font, site.icon #}", "utf-8")
    modules_of(run, plain)
    assert made_in(plain) == set()


def test_a_later_build_cuts_no_face_reads_no_catalogue_and_draws_nothing(tiny, run):
    shutil.rmtree(tiny / ".cache", ignore_errors=True)
    first = modules_of(run, tiny)
    before = {path: path.read_bytes() for path in (tiny / "dist" / "assets").rglob("*.*")}
    entry = tiny / PRODUCT
    entry.write_text(entry.read_text("utf-8") + "\nข้อความเพิ่ม\n", "utf-8")
    later = modules_of(run, tiny)
    assert {"fontTools.subset", "resvg_py"} <= first
    heavy = {"fontTools.subset", "babel.messages", "PIL.Image", "argparse", "pathlib"}
    assert not heavy & later
    assert {path: path.read_bytes() for path in (tiny / "dist" / "assets").rglob("*.*")} == before


@pytest.mark.parametrize("kept", ["face", "styles", "touch-icon"])
def test_what_was_kept_and_is_spoilt_is_made_again(tiny, run, kept):
    modules_of(run, tiny)
    before = {path: path.read_bytes() for path in (tiny / "dist" / "assets").rglob("*.*")}
    spoilt = [path for path in (tiny / ".cache" / kept).rglob("*") if path.is_file()]
    assert spoilt
    for path in spoilt:
        path.write_bytes(path.read_bytes()[:-1] + b"?")
    shutil.rmtree(tiny / "dist")
    modules_of(run, tiny)
    assert {path: path.read_bytes() for path in (tiny / "dist" / "assets").rglob("*.*")} == before
