"""Photos as they come from phones, scanners and the web: what a whole build makes of them."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import ExifTags, Image

HEAD_OF = {"th": "content/th/products/sample-squid.md", "en": "content/en/products/sample-squid.md"}
TOLD = "12.6714N 101.2781E Somchai"
RED, BLUE, GREY = (220, 20, 20), (20, 20, 220), (128, 128, 128)


def saved(picture, kind, **options):
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def with_place(orientation=1):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Artist] = TOLD
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (12.0, 40.0, 17.0)
    return exif


def halves(width=1400, height=1050):
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", (width, height), RED)
    picture.paste(BLUE, (width // 2, 0, width, height))
    return picture


def sideways():
    return saved(halves().transpose(Image.Transpose.ROTATE_90), "JPEG", exif=with_place(6))


def in_print_colours():
    halved = Image.new("CMYK", (1400, 1050), (0, 255, 255, 0))
    halved.paste((255, 255, 0, 0), (700, 0, 1400, 1050))
    return saved(halved, "JPEG", exif=with_place())


def moving():
    other = Image.new("RGB", (1400, 1050), GREY)
    return saved(halves(), "PNG", save_all=True, append_images=[other], exif=with_place())


def sixteen_bits():
    grey = Image.new("I;16", (1400, 1050), 128 * 257)
    return saved(grey, "PNG")


def long_panorama():
    return saved(halves(12_000, 900), "JPEG", exif=with_place())


# what comes from a camera, and the colours that it shows left and right
GOOD = {
    "taken sideways": ("a.jpg", sideways, RED, BLUE),
    "in the colours of a printer": ("b.jpg", in_print_colours, RED, BLUE),
    "moving": ("c.png", moving, RED, BLUE),
    "of 16 bits": ("d.png", sixteen_bits, GREY, GREY),
    "of 12,000 pixels a side": ("e.jpg", long_panorama, RED, BLUE),
}


def bomb():
    """8,000 × 8,000 pixels of nothing, in a few bytes."""
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", 8000, 8000, 8, 2, 0, 0, 0))]
    chunks += [(b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


BAD = {
    "copied in part": ("a.jpg", lambda: sideways()[:20_000], "photo-unreadable"),
    "a bomb": ("b.png", bomb, "photo-too-large"),
    "longer than 12,000 pixels": (
        "c.png",
        lambda: saved(Image.new("L", (12_001, 700)), "PNG"),
        "photo-too-large",
    ),
    "a GIF under another name": ("d.png", lambda: saved(halves(), "GIF"), "photo-gif"),
}


@pytest.fixture
def shown(copy_of, tmp_path):
    """A small site on whose only product these photos stand."""

    def show(photos):
        site = copy_of("tiny", tmp_path)
        listed = "".join(f"  - {{file: {name}, alt: Sample {name[0]}}}\n" for name in photos)
        for path in HEAD_OF.values():
            text = (site / path).read_text("utf-8")
            with_photos = text.replace("---\n", f"---\nphotos:\n{listed}", 1)
            (site / path).write_text(with_photos, "utf-8")
        folder = site / "assets" / "photos"
        folder.mkdir(parents=True)
        for name, data in photos.items():
            (folder / name).write_bytes(data)
        return site

    return show


def test_every_photo_that_can_be_shown_is_upright_and_tells_nothing(shown, build):
    photos = {name: make() for name, make, _, _ in GOOD.values()}
    assert any(TOLD.encode() in data for data in photos.values())
    site = shown(photos)
    build(site)
    dist = site / "dist"
    for name, _, left, right in GOOD.values():
        stem = name.partition(".")[0]
        made = sorted(dist.glob(f"assets/photos/{stem}-*"))
        assert {path.suffix for path in made} == {".avif", ".webp", ".jpg"}, name
        for path in made:
            with Image.open(path) as picture:
                assert getattr(picture, "n_frames", 1) == 1
                across = picture.convert("RGB").resize((8, 1), Image.Resampling.BOX)
            for seen, meant in ((across.getpixel((1, 0)), left), (across.getpixel((6, 0)), right)):
                assert seen == pytest.approx(meant, abs=40), path
    for path in sorted(dist.rglob("*.*")):
        data = path.read_bytes()
        assert b"Somchai" not in data and b"Exif" not in data, path
        if path.suffix in {".avif", ".webp", ".jpg", ".png"}:
            with Image.open(path) as picture:
                assert not picture.getexif(), path
                assert not {"exif", "xmp", "comment", "icc_profile"} & set(picture.info), path


@pytest.mark.parametrize("what", BAD)
def test_a_photo_that_cannot_be_shown_is_named_with_its_entry(what, shown, run):
    name, make, rule = BAD[what]
    site = shown({name: make()})
    done = run("--site", site, "--language", "en")
    assert done.returncode == 1
    said = done.stderr.decode()
    assert f"[{rule}]" in said
    assert name in said
    assert HEAD_OF["th"] in said, said
    assert not (site / "dist").exists()
