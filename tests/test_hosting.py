"""The hosting guide and the workflows hold: what they tell people and machines to do works."""

from __future__ import annotations

import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
NGINX = SimpleNamespace(**runpy.run_path(str(ROOT / "tests/publish/nginx.py")))
GUIDE = (ROOT / "docs/hosting.md").read_text("utf-8")
WORKFLOWS = {
    path.name: yaml.safe_load(path.read_text("utf-8"))
    for path in sorted((ROOT / ".github/workflows").glob("*.yml"))
}
MAKERS = ("actions/",)  # GitHub's own; nobody else's code runs with our rights
each_workflow = pytest.mark.parametrize("name", WORKFLOWS)


def blocks(text):
    """The indented blocks of a guide."""
    found = re.findall(r"(?:^    .*\n|^\n(?=    ))+", text, re.MULTILINE)
    return [re.sub(r"^    ", "", one, flags=re.MULTILINE).strip("\n") for one in found]


def block_with(words):
    found = [one for one in blocks(GUIDE) if words in one]
    assert len(found) == 1
    return found[0]


def steps(workflow):
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def builds(text):
    """The words after `build.py` wherever text runs it; what a shell would fill in is a day."""
    text = re.sub(r'"?\$\((TZ=\S+ )?date \+\\?%F\)"?', "2026-11-24", text)
    text = text.replace("$ADDRESS", "https://sample.example/shop")
    return [shlex.split(one) for one in re.findall(r"python build\.py\b([^\n`|]*)", text)]


COMMANDS = [
    *(
        words
        for name in WORKFLOWS
        for step in steps(WORKFLOWS[name])
        for words in builds(step.get("run", ""))
    ),
    *builds(GUIDE),
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_build_that_is_told_of_goes_through(words, run, copy_of, tmp_path):
    site = copy_of("tiny", tmp_path / "site")
    words = [str(tmp_path / "version") if word == "$version" else word for word in words]
    done = run(*words, "--site", site, today="" if "--today" in words else "2026-11-24")
    assert done.returncode == 0, done.stderr.decode()


# ---- workflows


@each_workflow
def test_a_workflow_may_read_and_no_more_unless_a_job_asks(name):
    workflow = WORKFLOWS[name]
    assert workflow["permissions"] == {"contents": "read"}
    wanted = {key: job.get("permissions", {}) for key, job in workflow["jobs"].items()}
    written = {
        (key, what)
        for key, rights in wanted.items()
        for what, may in rights.items()
        if may == "write"
    }
    is_publishing = name == "publish.yml"
    assert written == ({("deploy", "pages"), ("deploy", "id-token")} if is_publishing else set())


@each_workflow
def test_a_workflow_stands_on_github_s_own_actions_of_a_named_version(name):
    used = [step["uses"] for step in steps(WORKFLOWS[name]) if "uses" in step]
    assert used
    for one in used:
        assert one.startswith(MAKERS)
        assert re.search(r"@v\d+$", one), one


@each_workflow
def test_a_job_ends_by_itself_and_keeps_no_key(name):
    for job in WORKFLOWS[name]["jobs"].values():
        assert job["timeout-minutes"] <= 40
    for step in steps(WORKFLOWS[name]):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@each_workflow
def test_what_comes_from_outside_is_never_part_of_a_command(name):
    assert not [step["run"] for step in steps(WORKFLOWS[name]) if "${{" in step.get("run", "")]


def test_what_is_wrong_with_a_change_is_shown_at_its_line():
    words = [
        words for step in steps(WORKFLOWS["check.yml"]) for words in builds(step.get("run", ""))
    ]
    assert ["check", "--format", "github", "--language", "th"] in [one[:5] for one in words]


def test_every_workflow_that_reads_our_content_goes_by_the_day_in_bangkok():
    told = [
        (step.get("env", {}).get("TZ"), '--today "$(date +%F)"' in step["run"])
        for name in ("check.yml", "publish.yml")
        for step in steps(WORKFLOWS[name])
        if "build.py" in step.get("run", "")
    ]
    assert told == [("Asia/Bangkok", True)] * 2


def test_the_guide_names_every_workflow():
    assert [
        name for name in WORKFLOWS if f"`{name}`" not in GUIDE.replace(".github/workflows/", "")
    ] == []


# ---- guide


def test_the_guide_tells_of_every_file_that_is_for_hosts(sample_dist):
    for name in ("_headers", "_redirects", ".nginx.conf", ".nojekyll", "404.html"):
        assert (sample_dist.dist / name).is_file()
        assert f"| `{name}` |" in GUIDE


def test_nginx_takes_the_settings_as_the_guide_writes_them(built, tmp_path):
    program = NGINX.find_nginx()
    if program is None or not shutil.which("openssl"):
        if os.environ.get("MICROSITE_NGINX") == "required":
            pytest.fail("nginx or openssl is not installed")
        pytest.skip("nginx or openssl is not installed (Debian, Ubuntu: apt-get install nginx)")
    certificate = NGINX.certify(tmp_path)
    alone = block_with("ssl_certificate ")
    shop = block_with("location = /shop").replace("/srv/nine/dist", str(built / "sample/shop"))
    alone = re.sub(r"/etc/letsencrypt/\S+(?=;)", str(certificate), alone)
    alone = alone.replace("/srv/nine/dist", str(built / "real/dist"))
    shop += "\n" + block_with("location = /story.html")
    servers = alone.replace("\n}", f"\n{shop}\n}}", 1)
    for port in ("443", "80"):
        servers = servers.replace(f"listen {port}", f"listen 127.0.0.1:{NGINX.free_port()}")
    log = block_with("log_format").replace("/var/log/nginx", str(tmp_path))
    settings = tmp_path / "nginx.conf"
    settings.write_text(NGINX.settings(tmp_path, log + servers).replace("access_log off;", ""))
    command = [program, "-t", "-p", tmp_path, "-c", settings, "-e", tmp_path / "error.log"]
    done = subprocess.run(command, capture_output=True, text=True)  # noqa: S603 # as found
    assert done.returncode == 0, done.stderr
    assert "[warn]" not in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="its commands are those of Linux")
def test_a_link_goes_from_one_version_to_the_next(copy_of, tmp_path):
    copy_of("tiny", tmp_path / "source")
    command = block_with("ln -sfn").replace("/srv/nine", str(tmp_path))
    command = command.replace(" && git pull", "")
    command = command.replace(
        ".venv/bin/python build.py", f"{sys.executable} {ROOT / 'build.py'} --quiet"
    )
    online = tmp_path / "online"
    for word in ("one", "two"):
        named = command.replace("$(date +%Y%m%d-%H%M%S)", word)
        assert named != command
        subprocess.run(["/bin/bash", "-euc", named], check=True)  # noqa: S603 # the guide's words
        assert online.readlink() == tmp_path / "versions" / word
        assert (online / "th/index.html").is_file()
