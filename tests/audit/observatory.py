"""What MDN's HTTP Observatory says of a site: on nginx, and on a host that sends no headers.

    .venv/bin/python tests/audit/observatory.py [dist]

It needs nginx, openssl and Node; the rules come from npm, once, into `.cache/observatory/`.
"""

from __future__ import annotations

import argparse
import json
import os
import runpy
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

ROOT = Path(__file__).resolve().parents[2]
NGINX = SimpleNamespace(**runpy.run_path(str(ROOT / "tests/publish/nginx.py")))
RULES = ROOT / ".cache" / "observatory"
PACKAGE = "@mdn/mdn-http-observatory"
VERSION = "1.4.8"
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


def main() -> int:
    """0 if the site gets all that each of the two hosts can give."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("dist", nargs="?", default=ROOT / "dist", type=Path)
    dist = asked.parse_args().dist.resolve()
    program = NGINX.find_nginx()
    if program is None or not all(map(shutil.which, ("openssl", "node", "npm"))):
        sys.exit("nginx, openssl or Node is missing.")
    get_rules()
    is_fine = True
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        certificate = NGINX.certify(folder)
        bare = Path(shutil.copytree(dist, folder / "bare"))
        (bare / ".nginx.conf").write_text(LIKE_GITHUB, "utf-8")
        hosts = {"nginx": (NGINX.free_port(), dist), "like GitHub Pages": (NGINX.free_port(), bare)}
        served = {port: {"": root} for port, root in hosts.values()}
        with NGINX.running(program, folder, served, certificate):
            for name, (port, _) in hosts.items():
                is_fine &= tell(name, scan(port, certificate))
    return 0 if is_fine else 1


def get_rules() -> None:
    """The rules, without what their package would fetch when it is installed."""
    rules = RULES / "node_modules" / PACKAGE
    if not rules.exists():
        RULES.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--prefix", RULES, "--ignore-scripts", f"{PACKAGE}@{VERSION}"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 # our own words
    preloaded = rules / "conf" / "hsts-preload.json"
    if not preloaded.exists():
        preloaded.write_text("{}", "utf-8")  # of the sites that browsers know beforehand: none


def scan(port: int, certificate: Path) -> dict[str, dict]:
    """What the rules say of the front page at this port."""
    program = RULES / "node_modules" / PACKAGE / "src" / "scan.js"
    done = subprocess.run(  # noqa: S603 # our own words
        [shutil.which("node"), program, f"127.0.0.1:{port}"],
        env={**os.environ, "NODE_EXTRA_CA_CERTS": str(certificate)},
        capture_output=True,
        check=True,
        timeout=120,
    )
    return json.loads(done.stdout)


def tell(name: str, found: dict[str, dict]) -> bool:
    """Whether nothing is missing that this host could give; prints what was found."""
    grade, missing = WANTED[name]
    scanned, tests = found["scan"], found["tests"]
    lost = {rule for rule, test in tests.items() if not test["pass"]}
    passed = f"{scanned['testsPassed']} of {scanned['testsQuantity']} tests"
    lines = [f"{name}: {scanned['grade']} {scanned['score']}, {passed}"]
    lines += [f"{one['scoreModifier']:+5d}  {one['result']}" for _, one in sorted(tests.items())]
    print(*lines, sep="\n")
    return scanned["grade"] == grade and lost == missing


if __name__ == "__main__":
    sys.exit(main())
