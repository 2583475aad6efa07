"""How problems are said: on every console and through a pipe, as JSON, beside a line on GitHub."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).parents[1]
SQUID = "content/th/products/sample-squid.md"
SCHEMA = {
    "type": "object",
    "required": ["problems"],
    "additionalProperties": False,
    "properties": {
        "problems": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["rule", "level", "file", "line", "column", "message", "remedy"],
                "additionalProperties": False,
                "properties": {
                    "rule": {"type": "string", "pattern": "^[a-z]+(-[a-z]+)*$"},
                    "level": {"enum": ["error", "warning", "note"]},
                    "file": {"type": "string", "pattern": r"^[^\\]+$"},
                    "line": {"type": "integer", "minimum": 1},
                    "column": {"type": "integer", "minimum": 1},
                    "message": {"type": "string", "minLength": 5},
                    "remedy": {"type": "string"},
                },
            },
        }
    },
}
ANNOTATION = re.compile(
    r"::(error|warning|notice) file=([^,:\n]+),line=(\d+),col=(\d+)::([^\n]+) \[([a-z-]+)\]"
)


@pytest.fixture
def faulty(copy_of, tmp_path):
    """The smallest site with slips whose quotes are Thai, Latin, of no console, and odd names."""
    site = copy_of("tiny", tmp_path / "tiny")
    text = (site / SQUID).read_text("utf-8")
    text = text.replace("price: 180", "price: ถามร้าน ½ 👩\u200d🌾 “x”").replace(
        "sources:", "sorces:"
    )
    (site / SQUID).write_text(text.replace("unit:", "unit: ๒๐๐ กรัม\nunit:"), "utf-8")
    (site / "content/th/products/a,b%: c.md").write_text("x", "utf-8")
    return site


@pytest.mark.parametrize("encoding", ["cp874", "cp1252", "cp437", "ascii", "utf-8", "utf-16"])
@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_a_message_is_said_on_every_console(faulty, run, encoding, language, form):
    done = run("--language", language, "--format", form, cwd=faulty, PYTHONIOENCODING=encoding)
    said = (done.stdout + done.stderr).decode(encoding, "replace")
    assert done.returncode == 1
    assert "price-not-a-number" in said
    assert SQUID in said
    assert "Traceback" not in said
    assert "UnicodeEncodeError" not in said


def test_a_message_goes_through_a_pipe_that_is_closed_early(faulty):
    """As `build.py | head -1` does, where `head` ends first."""
    command = [sys.executable, ROOT / "build.py", "--format", "json", "--today", "2026-11-24"]
    process = subprocess.Popen(  # noqa: S603 # our own program
        command, cwd=faulty, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    process.wait(60)
    assert b"fault of the generator" not in said


@pytest.mark.parametrize("language", ["th", "en"])
def test_json_has_the_form_that_is_promised(faulty, run, language):
    done = run("--format", "json", "--language", language, cwd=faulty)
    said = json.loads(done.stdout)
    jsonschema.validate(said, SCHEMA)
    problems = said["problems"]
    assert {one["rule"] for one in problems} >= {"price-not-a-number", "unknown-field", "slug"}
    places = [(one["file"], one["line"], one["column"]) for one in problems]
    assert places == sorted(places)


def test_github_and_json_name_the_same_places(faulty, run):
    said = run("--format", "github", cwd=faulty).stderr.decode()
    problems = json.loads(run("--format", "json", cwd=faulty).stdout)["problems"]
    commands = [line for line in said.splitlines() if line.startswith("::")]
    found = [ANNOTATION.fullmatch(line) for line in commands]
    assert len(found) == len(problems)
    assert all(found)
    for one, problem in zip(found, problems, strict=True):
        level = {"note": "notice"}.get(problem["level"], problem["level"])
        file = problem["file"].replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
        assert one.groups()[:4] == (level, file, str(problem["line"]), str(problem["column"]))
        assert one[6] == problem["rule"]


def test_a_message_cannot_give_orders_to_a_terminal_or_to_github(faulty, run):
    path = faulty / "content/th/products/y.md"
    path.write_text('---\nname: "\\e[31m"\nx: "a\\n::error::b"\n---\n', "utf-8")
    for form in ("text", "github"):
        said = run("--format", form, cwd=faulty).stderr
        assert b"\x1b" not in said
        assert b"\n::error::b" not in said
