"""What MDN's HTTP Observatory says of a site: on nginx, and on a host that sends no headers.

It needs nginx, openssl and Node.
"""

from __future__ import annotations

import json
import os
import runpy
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(__file__).resolve().parents[2]
NGINX = SimpleNamespace(**runpy.run_path(str(ROOT / "tests/publish/nginx.py")))
RULES = Path("node_modules/@mdn/mdn-http-observatory")
# GitHub Pages sends none of a site's own headers, but these two.
LIKE_GITHUB = """\
absolute_redirect off;
add_header Strict-Transport-Security "max-age=31556952" always;
add_header Access-Control-Allow-Origin "*" always;
index index.html;
error_page 404 /404.html;
"""
WANTED = {
    "nginx": ("A+", set()),
    "like GitHub Pages": ("B", {"x-frame-options", "x-content-type-options"}),
}


def check(tools: Path, dist: Path) -> tuple[list[str], list[str]]:
    """What it says of both hosts, a line each, and what they could give and do not."""
    program = NGINX.find_nginx()
    if program is None or shutil.which("openssl") is None:
        return [], ["not checked: nginx or openssl is missing"]
    preloaded = tools / RULES / "conf" / "hsts-preload.json"
    preloaded.write_text("{}", "utf-8")  # of the sites that browsers know beforehand: none
    figures: list[str] = []
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        certificate = NGINX.certify(folder)
        bare = Path(shutil.copytree(dist, folder / "bare"))
        (bare / ".nginx.conf").write_text(LIKE_GITHUB, "utf-8")
        hosts = {"nginx": (NGINX.free_port(), dist), "like GitHub Pages": (NGINX.free_port(), bare)}
        served = {port: {"": root} for port, root in hosts.values()}
        with NGINX.running(program, folder, served, certificate):
            for name, (port, _) in hosts.items():
                found = scan(tools, port, certificate)
                figures.append(f"{name}: {found['scan']['grade']} {found['scan']['score']}")
                wrong += [f"{name}: {one}" for one in lost(name, found)]
    return figures, wrong


def scan(tools: Path, port: int, certificate: Path) -> dict[str, dict]:
    """What the rules say of the front page at this port."""
    program = tools / RULES / "src" / "scan.js"
    done = subprocess.run(  # noqa: S603 # our own words
        [shutil.which("node"), program, f"127.0.0.1:{port}"],
        env={**os.environ, "NODE_EXTRA_CA_CERTS": str(certificate)},
        capture_output=True,
        check=True,
        timeout=120,
    )
    return json.loads(done.stdout)


def lost(name: str, found: dict[str, dict]) -> list[str]:
    """The rules that this host could keep and does not."""
    grade, missing = WANTED[name]
    failed = {rule for rule, test in found["tests"].items() if not test["pass"]} - missing
    lower = [] if found["scan"]["grade"] == grade else [f"{grade} was expected"]
    return [*lower, *(f"{rule}: {found['tests'][rule]['result']}" for rule in sorted(failed))]
