"""The guides for staff: every command runs, every field exists, every message is what is said."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from microsite.records.fields import read_values
from microsite.records.source import read_entry

ROOT = Path(__file__).parents[1]
TODAY = "2026-11-24"
GUIDES = {path.name.split(".")[1]: path.read_text("utf-8") for path in ROOT.glob("docs/staff-*.md")}
each_guide = pytest.mark.parametrize("language", GUIDES)
SLIP = {"th": "ถามร้าน", "en": "ask the shop"}


def blocks(language, kind):
    """What follows ```kind in its line, and the lines of the block."""
    found = re.findall(
        rf"^```{kind} ?([^\n]*)\n(.*?)^```$", GUIDES[language], re.MULTILINE | re.DOTALL
    )
    assert found
    return found


def commands(language):
    lines = "".join(text for _, text in blocks(language, "console")).splitlines()
    assert all(line.startswith("$ ") for line in lines)
    return [shlex.split(line[2:]) for line in lines]


@pytest.fixture
def market(copy_of, tmp_path):
    """A copy of the sample market, as somebody has it who works on it with git."""
    site = copy_of("sample-market", tmp_path / "market")
    (site / ".gitignore").write_text("dist/\n.cache/\n")
    for line in ("init --quiet", "add .", "commit --quiet -m first"):
        subprocess.run(["git", *line.split()], cwd=site, check=True, env=surroundings(site))  # noqa: S603, S607
    return site


def surroundings(site):
    who = {"NAME": "Staff", "EMAIL": "staff@example.org"}
    git = {f"GIT_{role}_{k}": v for role in ("AUTHOR", "COMMITTER") for k, v in who.items()}
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(site.parent)}
    return {**os.environ, **git, **alone, "LANG": "C.UTF-8", "PYTHONIOENCODING": "utf-8"}


def run_command(command, site):
    if command[:2] == ["python", "build.py"]:
        command = [sys.executable, str(ROOT / "build.py"), *command[2:], "--today", TODAY]
    done = subprocess.run(  # noqa: S603 # as the guide has it
        command, cwd=site, env=surroundings(site), capture_output=True, timeout=110, stdin=-3
    )
    return done.returncode, (done.stdout + done.stderr).decode("utf-8")


def run_server(command, site):
    """It says where the site is shown, and ends when it is told to."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    line = [sys.executable, "-u", ROOT / "build.py", *command[2:], "--today", TODAY, "--port", port]
    process = subprocess.Popen(  # noqa: S603 # as the guide has it
        [*map(str, line)], cwd=site, env=surroundings(site), stdout=-1, stderr=subprocess.STDOUT
    )
    try:
        while said := process.stdout.readline():
            if f"http://127.0.0.1:{port}".encode() in said:
                return
        pytest.fail("the preview ended")
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


@pytest.mark.slow
@each_guide
def test_every_command_does_what_it_is_there_for(language, market):
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    for command in commands(language):
        if "serve" in command:
            run_server(command, market)
            continue
        code, said = run_command(command, market)
        assert code == 0, f"{command}: {said}"
        assert "Traceback" not in said
    log = subprocess.run(["git", "log", "--format=%s"], cwd=market, capture_output=True, check=True)  # noqa: S607
    assert len(log.stdout.splitlines()) == 3  # first, what was done, and that taken back
    assert not (market / "content/th/products/dried-shrimp.md").exists()


@each_guide
def test_both_guides_name_the_same_commands(language):
    plain = [[one for one in command if "--" not in one][:3] for command in commands(language)]
    other = [[one for one in command if "--" not in one][:3] for command in commands("th")]
    assert [line[:2] for line in plain] == [line[:2] for line in other]


@each_guide
def test_every_field_that_is_shown_exists(language):
    for type, text in blocks(language, "yaml"):
        more = {"type": type, "slug": "x", "language": "th", "file": "x.yaml"}
        entry, problems = read_entry(text.encode(), **more)
        _, faults = read_values(entry, "all")
        assert [one.message for one in [*problems, *faults] if one.rule != "required"] == []


@each_guide
def test_a_message_is_shown_as_it_is_said(language, copy_of, run, tmp_path):
    site = copy_of("sample-market", tmp_path / "market")
    path = site / "content/th/products/dried-squid.md"
    typed = path.read_text("utf-8").replace("price: 180", f"price: {SLIP[language]}")
    path.write_text(typed, "utf-8")
    said = run("--language", language, cwd=site, PYTHONIOENCODING="utf-8").stderr.decode("utf-8")
    ((_, shown),) = blocks(language, "text")
    assert shown.strip() in said


@each_guide
def test_every_file_that_is_named_is_in_the_sample(language):
    named = re.findall(r"`((?:content|assets/photos)/[\w/.-]+\.\w+)`", GUIDES[language])
    assert len(named) >= 3
    for file in named:
        assert (ROOT / "examples/sample-market" / file).is_file(), file
