"""Every message about content, word for word, in both languages: the cases in cases/faults."""

from __future__ import annotations

import ast
import datetime as dt
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from microsite.language.catalogues import read_catalogue
from microsite.language.wording import ENGLISH
from microsite.pipeline.build import build
from microsite.pipeline.settings import Settings
from microsite.problems import as_text
from microsite.records.schema import FOLDERS

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests/cases/faults"
# Beside microsite/records and microsite/site/prose*: where content can meet a rule
RULED = (
    "microsite/media/photos.py",
    "microsite/pipeline/content.py",
    "microsite/publish/lasting.py",
    "microsite/site/plan.py",
)
TODAY = dt.date(2026, 11, 24)
REPEATED = re.compile(r"\((.+?) \* (\d+)\)")


@dataclass(frozen=True)
class Case:
    title: str
    files: list[tuple[str, str, str]]  # what happens, to which file, what stands in the section
    said: dict[str, str]


def read_case(path):
    title, *sections = re.split(r"^===== (.+)\n", path.read_text("utf-8"), flags=re.MULTILINE)
    files, said = [], {}
    for heading, text in zip(sections[::2], sections[1::2], strict=True):
        what, _, file = heading.partition(" ")
        if file:
            files.append((what, file, text))
        else:
            said[heading] = text.strip("\n")
    return Case(title.strip(), files, said)


def changed(text, change):
    """The text with the lines after `- ` in it replaced by those after `+ `."""
    lines = text.split("\n")
    at = len(lines) - 1 - (lines[::-1].index("---") if "---" in lines else 0)
    for line in change.splitlines():
        if line.startswith("- "):
            at = lines.index(line[2:])
            del lines[at]
        else:
            assert line.startswith("+ "), f"neither - nor +: {line}"
            lines.insert(at, line[2:])
            at += 1
    return "\n".join(lines)


def lay(case, site):
    """The tiny site with what the case changes."""
    shutil.copytree(ROOT / "tests/sites/tiny/content", site / "content")
    for what, file, text in case.files:
        path = site / file
        path.parent.mkdir(parents=True, exist_ok=True)
        if what == "change":
            path.write_text(changed(path.read_text("utf-8"), text), "utf-8")
        elif what == "file":
            path.write_text(text, "utf-8")
        elif what == "bytes":
            typed = REPEATED.sub(lambda m: m[1] * int(m[2]), text.replace("\n", ""))
            path.write_bytes(ast.literal_eval(f'b"""{typed}"""'))
        elif what == "link":
            path.symlink_to(site)
        elif what == "folder":
            path.mkdir()
        else:
            assert what == "delete", what
            shutil.rmtree(path) if path.is_dir() else path.unlink()


@pytest.fixture(scope="module")
def thai():
    return read_catalogue("th", (ROOT / "locale/th/messages.po").read_bytes())


def built(case, site, monkeypatch):
    lay(case, site)
    monkeypatch.chdir(site)
    return build(Settings(home=str(ROOT), site=".", output="dist", today=TODAY))


@pytest.mark.parametrize("path", sorted(CASES.glob("*.txt")), ids=lambda path: path.stem)
def test_what_is_said_about_a_slip(path, tmp_path, monkeypatch, thai):
    case = read_case(path)
    done = built(case, tmp_path, monkeypatch)
    assert as_text(done.problems, ENGLISH) == case.said["English"]
    assert as_text(done.problems, thai) == case.said["Thai"]
    has_errors = any(problem.level == "error" for problem in done.problems)
    assert (tmp_path / "dist").exists() != has_errors


def test_every_rule_of_content_has_a_case():
    """Rules are the first argument of each Fault; `unknown-` stands before a type of record."""
    sources = [path.read_text("utf-8") for path in map(ROOT.joinpath, RULED)]
    sources += [path.read_text("utf-8") for path in (ROOT / "microsite/records").glob("*.py")]
    sources += [path.read_text("utf-8") for path in (ROOT / "microsite/site").glob("prose*.py")]
    form = re.compile(r'(?:Fault|_Bound)\(\s*"([a-z-]+)"')
    rules = {rule for text in sources for rule in form.findall(text)}
    rules |= {f"unknown-{type}" for type in [*dict(FOLDERS.values()), "category", "place"]}
    said = "\n".join(path.read_text("utf-8") for path in CASES.glob("*.txt"))
    missing = {rule for rule in rules if f"[{rule}]" not in said}
    assert len(rules) > 100
    assert not missing, f"add a case to {CASES} for each of {sorted(missing)}"


def test_ten_slips_in_five_files_are_told_at_once_from_top_to_bottom(tmp_path, monkeypatch):
    case = read_case(CASES / "ten-slips.txt")
    problems = built(case, tmp_path, monkeypatch).problems
    assert [problem.level for problem in problems] == ["error"] * 10
    assert len({problem.place.file for problem in problems}) == 5
    assert [problem.place for problem in problems] == sorted(problem.place for problem in problems)


def test_the_last_good_site_stays_when_a_slip_is_made(tmp_path, monkeypatch):
    assert built(Case("", [], {}), tmp_path, monkeypatch).written is not None
    before = {path: path.read_bytes() for path in tmp_path.glob("dist/**/*") if path.is_file()}
    squid = tmp_path / "content/th/products/sample-squid.md"
    squid.write_text(squid.read_text("utf-8").replace("price: 180", "price: ถามร้าน"), "utf-8")
    done = build(Settings(home=str(ROOT), site=".", output="dist", today=TODAY))
    after = {path: path.read_bytes() for path in tmp_path.glob("dist/**/*") if path.is_file()}
    assert done.written is None
    assert after == before != {}
