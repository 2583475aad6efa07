"""Hostile input under 1 MB each: a whole build ends soon, in little memory, and says why."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

resource = pytest.importorskip("resource", reason="Windows measures no process that has ended")

ROOT = Path(__file__).parents[1]
TINY = ROOT / "tests/sites/tiny"
SECONDS, MEGABYTES = 5, 500
SQUID = "content/en/products/sample-squid.md"
HEAD = "---\nname: Sample squid\nsummary: A made-up product for tests\nunit: sample bag\n"
KB = 1024


def png(width, height, data=b""):
    def chunk(kind, body):
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", size) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def body(text):
    return {SQUID: f"{HEAD}---\n{text}"[: 250 * KB]}


def yaml(text):
    return {SQUID: f"{HEAD}{text}\n---\n"}


def shown(photo):
    photos = "photos:\n  - {file: x.png, alt: Sample}\n"
    source = (TINY / "content/th/products/sample-squid.md").read_text("utf-8")
    return {
        "assets/photos/x.png": photo,
        "content/th/products/sample-squid.md": source.replace("price:", f"{photos}price:"),
        SQUID: f"{HEAD}{photos}---\n",
    }


def full(unit, size=63 * KB):
    """As much of a unit as a body may hold."""
    return unit * (size // len(unit.encode()))


ALIASES = "\n".join(
    [f"a0: &a0 [{'x,' * 9}]", *(f"a{n}: &a{n} [{f'*a{n - 1},' * 9}]" for n in range(1, 10))]
)
MERGES = "\n".join(["a0: &a0 {k: 1}", *(f"a{n}: &a{n} {{<<: *a{n - 1}}}" for n in range(1, 2000))])
WIDE = "a|b|c|d|e|f|g|h|i|j|k|l|m|n|o|p|q|r|s|t\n" + "-|" * 19 + "-\n"
NOISE = b"".join(b"\0" + bytes(n * n * row % 251 for n in range(36_000)) for row in range(1, 21))
# What is typed, by file; an error, or pages in bounded time
REFUSED = {
    "aliases that multiply": yaml(ALIASES),
    "merges of merges": yaml(MERGES),
    "lists in lists": yaml("x: " + "[" * 50_000),
    "a list with no end": yaml("x: [" + "1, " * 20_000),
    "many fields": yaml("\n".join(f"k{n}: 1" for n in range(6_000))),
    "many questions": yaml("? " * 30_000),
    "a long key": yaml("k" * 60_000 + ": 1"),
    "fields of a megabyte": yaml("x: " + "y" * 900 * KB),
    "a file of a megabyte": {SQUID: b"x" * 970 * KB},
    "nothing but zero bytes": {SQUID: b"\0" * 900 * KB},
    "bytes of no encoding": {SQUID: bytes(range(128, 256)) * 1900},
    "a number of 60,000 digits": yaml("unit: !!int " + "9" * 60_000),
    "a price of 60,000 digits": {"content/th/products/x.md": f"---\nprice: {'9' * 60_000}\n---\n"},
    "brackets": body(full("[")),
    "brackets in paragraphs": body(full("[" * 101 + "\n\n")),
    "list marks": body("- " * 1000),
    "quote marks": body(">" * 60_000),
    "HTML": body(full("<a ")),
    "conditional HTML": body(full("<![CDATA[")),
    "headings": body(full("a\n==\n")),
    "footnotes": body(full("[^1] \n\n")),
    "a wide table": body("a|" * 3_000 + "\n" + "-|" * 3_000 + "\n"),
    "a long table": body(WIDE + "x\n" * 5_000),
    "backticks": body(full("``a")),
    "fences": body(full("```a\n")),
    "a text of a megabyte": body("word " * 200_000),
    "a photo of 900 megapixels": shown(png(30_000, 30_000)),
    "a photo 50,000,000 high": shown(png(1, 50_000_000)),
    "a photo that unpacks to 200 MB": shown(
        png(8_000, 9_000, zlib.compress(bytes(200_000_000), 9))
    ),
    "a name out of the folder": shown(b"")
    | {
        "content/th/products/sample-squid.md": HEAD + "photos: [{file: ../../x.png, alt: x}]\n---\n"
    },
    "a device as a name": {"content/th/products/con.md": f"{HEAD}---\n"},
    "dots as a name": {"content/th/products/a..md": f"{HEAD}---\n"},
    "definitions in one paragraph": body(full("x\n: y\n: z\n: w\n")),
    "a folder in the name": {"content/th/products/a/b.md": f"{HEAD}---\n"},
    "a reserved alias": {"content/th/products/x.md": f"{HEAD}aliases: [/../../etc/passwd/]\n---\n"},
    "ten thousand slips": yaml("\n".join(f"unit{n}: x" for n in range(4_900))),
}
BUILT = {
    "brackets within the bound": body(full("[" * 99 + "\n\n")),
    "images within the bound": body(full("![" * 99 + "\n\n")),
    "links": body(full("[a](http://b) " * 49 + "\n\n")),
    "headings within the bound": body("# a\n" * 1000 + full("x y\n", 55 * KB)),
    "HTML within the bound": body("<a " * 1000 + full("x ", 50 * KB)),
    "deep lists": body("\n".join("    " * min(n, 60) + "- a" for n in range(250))),
    "lists side by side": body(full("- " * 20 + "x\n")),
    "definitions": body(full("a\n: b\n\n")),
    "definitions within the bound": body(full("x\n: y\n" * 29 + "\n")),
    "notes that nobody refers to": body("".join(f"[^{n}]: x\n\n" for n in range(4_000))),
    "asterisks": body(full("*a" * 1_000 + "\n\n")),
    "a table within the bound": body(WIDE + "x\n" * 490),
    "hints without end": body(full("-ก\n")),
    "marks on one letter": body("ก" + "\u0e48" * 20_000),
    "claims without end": body(full("รักษา ")),
    "garbled without end": body(full(" ่")),
    "a long name": {SQUID: f"---\nname: {'ปลา' * 5_000}\nsummary: x\n---\n"},
    "a thousand old addresses": {
        "content/th/pages/x.md": "---\ntitle: x\naliases:\n"
        + "".join(f"  - /th/old-{n}/\n" for n in range(1_000))
        + "---\n"
    },
    "a photo that is a noisy strip": shown(png(12_000, 20, zlib.compress(NOISE, 0))),
}


def ended(site):
    """Exit code, words, seconds of the processor and megabytes of a build."""
    command = [sys.executable, ROOT / "build.py", "--site", site, "--today", "2026-11-24"]
    out = site / "said.txt"
    with out.open("wb") as said:
        process = subprocess.Popen(  # noqa: S603 # our own program
            [*map(str, command)], stdout=said, stderr=said, env={**os.environ, "LANG": "C.UTF-8"}
        )
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    per_megabyte = KB * KB if sys.platform == "darwin" else KB
    words = out.read_text("utf-8")
    seconds = used.ru_utime + used.ru_stime
    return process.returncode, words, seconds, used.ru_maxrss / per_megabyte


def laid(site, files):
    shutil.copytree(TINY, site)
    for name, data in files.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        assert len(data) < 1_000_000
        path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return site


def assert_bounded(words, seconds, megabytes):
    assert "Traceback" not in words
    assert seconds < SECONDS
    assert megabytes < MEGABYTES


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_too_much_is_refused_soon(name, tmp_path):
    code, words, *used = ended(laid(tmp_path / "site", REFUSED[name]))
    assert_bounded(words, *used)
    assert code == 1, words[:2000]
    assert not (tmp_path / "site/dist").exists()


@pytest.mark.parametrize("name", BUILT)
def test_what_is_within_the_bounds_is_built_soon(name, tmp_path):
    code, words, *used = ended(laid(tmp_path / "site", BUILT[name]))
    assert_bounded(words, *used)
    assert code == 0, words[:2000]


@pytest.mark.parametrize(
    "name", ["content/th/products/x.md", "content/th/pages", "assets/photos/x.png", "content/th/x"]
)
def test_a_link_out_of_the_site_is_never_followed(name, tmp_path):
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "x.md").write_text("---\ntitle: SECRET\nname: SECRET\nsummary: x\n---\nSECRET\n")
    site = laid(tmp_path / "site", {})
    path = site / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(secret / "x.md" if path.suffix else secret)
    code, words, *used = ended(site)
    assert_bounded(words, *used)
    assert code == (0 if name.startswith("assets") else 1), words
    built = [one.read_bytes() for one in site.glob("dist/**/*") if one.is_file()]
    assert not any(b"SECRET" in data for data in built)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["secret", "site"]
