"""Pictures beside links: of one size, light, legible, whole in a square, the same every time."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import as_file, files
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import defusedxml.ElementTree
import pytest
from msgspec.structs import replace
from PIL import Image, ImageChops

from microsite.digest import digest
from microsite.media.drawings import Flag, read_flag
from microsite.media.lettering import SMALLEST
from microsite.media.rasters import jpeg_within, rasterise
from microsite.media.renditions import SHARED, SHARED_BYTES
from microsite.media.share_pictures import RECIPE, share_drawing
from microsite.media.share_svg import share_svg
from microsite.media.typefaces import read_face
from microsite.problems import Fault

ROOT = Path(__file__).parents[2]
FLAGS = {
    path.stem: read_flag(path.stem, path.read_bytes())
    for site in (ROOT, *sorted(ROOT.glob("examples/*")))
    for path in sorted(site.glob("assets/illustrations/flags/*.svg"))
}
SOURCE = files("fontpkg_chakra_petch") / "files/ChakraPetch-Bold.ttf"
FACE = read_face(SOURCE.read_bytes())
NAMES = [
    "ปู่",
    "วิสาหกิจชุมชนสวนเกษตรผสมผสาน ฐานเรียนรู้สวนคุณย่าชุมชนหนองแฟบ",
    "Suan Khun Ya Learning Base, Nong Faep Community – Integrated Farming Garden Enterprise",
    "กลุ่ม" * 60,
    "",
]
BELOW = "เก้าวิสาหกิจชุมชน มาบตาพุดคอมเพล็กซ์"
MARK = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
SVG = "{http://www.w3.org/2000/svg}"
each_flag = pytest.mark.parametrize("flag", FLAGS.values(), ids=FLAGS)
each_name = pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))


@pytest.fixture(scope="module")
def file():
    with as_file(SOURCE) as place:
        yield str(place)


def drawing(flag=FLAGS["default"], name=NAMES[0], below=BELOW, **more):
    return share_drawing("sample", flag, name, below, **{"face": "a", **more})


def drawn(wanted, file):
    return rasterise(share_svg(wanted, FACE), *SHARED, face=file)


def ink(one, other):
    """Where two pictures differ: left, top, right, bottom."""
    return ImageChops.difference(one.convert("RGB"), other.convert("RGB")).getbbox()


@each_flag
def test_the_picture_of_every_flag_has_the_size_and_weight_that_chats_take(flag, file):
    data = jpeg_within(drawn(drawing(flag, NAMES[1]), file), SHARED_BYTES)
    with Image.open(BytesIO(data)) as image:
        assert (image.format, image.size) == ("JPEG", (1200, 630))
    assert len(data) < 120_000


@each_name
def test_flag_and_words_stay_in_the_middle_square(name, file):
    tree = defusedxml.ElementTree.fromstring(
        share_svg(drawing(name=name, below=name or BELOW), FACE)
    )
    with_all = rasterise(ElementTree.tostring(tree), *SHARED, face=file)
    for group in tree.findall(f"{SVG}g"):
        tree.remove(group)
        left, top, right, bottom = ink(
            with_all, rasterise(ElementTree.tostring(tree), *SHARED, face=file)
        )
        assert left >= (1200 - 630) / 2 + 20
        assert right <= (1200 + 630) / 2 - 20
        assert top >= 20
        assert bottom <= 630 - 10


@each_name
def test_no_letter_is_too_small_to_read(name):
    svg = share_svg(drawing(name=name), FACE).decode()
    sizes = list(map(int, re.findall(r'font-size="(\d+)"', svg)))
    assert sizes
    assert min(sizes) >= SMALLEST == 24


@pytest.mark.parametrize("name", [name for name in NAMES if name])
@pytest.mark.parametrize("below", [BELOW, "Map Ta Phut", "ตลาด " * 30])
def test_a_long_name_is_never_smaller_than_the_words_below_it(name, below):
    tree = defusedxml.ElementTree.fromstring(share_svg(drawing(name=name, below=below), FACE))
    sizes = [int(text.get("font-size")) for text in tree.iter(f"{SVG}text")]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("word", ["ป่า", "กี่", "น้ำ", "ปู่", "ที่", "ซื้อ", "ปั้น", "ฟื้นฟู"])
def test_no_mark_lies_on_another_one_or_on_a_letter(word, file):
    """Set without OpenType's rules, these words lose 5 to 12 % of their ink."""
    apart = word.replace("ำ", "\u0e4dา")
    marks = MARK.findall(apart)
    alone = sum(_ink("ก" + mark, file) - _ink("ก", file) for mark in marks)
    assert marks
    whole = _ink(MARK.sub("", apart), file) + alone
    assert _ink(word, file) > 0.955 * whole  # the face has smaller marks for two above each other


def _ink(text, file):
    """Pixels that the text blackens."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300"><text x="60" y="190" '
        f'font-family="Chakra Petch" font-weight="700" font-size="100">{text}</text></svg>'
    )
    return sum(rasterise(svg.encode(), 400, 300, face=file).getchannel("A").histogram()[128:])


@each_flag
def test_words_on_the_band_are_read_without_effort(flag):
    svg = share_svg(drawing(flag), FACE).decode()
    ink = re.search(r'<g fill="(#\w{6})" font-family', svg)[1]
    low, high = sorted(map(_luminance, (ink, flag.base)))
    assert (high + 0.05) / (low + 0.05) >= 4.5


def _luminance(colour):
    red, green, blue = (
        (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4)
        for one in (value / 255 for value in bytes.fromhex(colour[1:]))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_site_flies_the_flags_of_its_makers_sewn_together(file):
    own = tuple(flag for name, flag in FLAGS.items() if name != "default")
    sewn = drawing(pieces=own)
    assert sewn.pieces == own[:9]
    assert drawing(pieces=own[:8]).pieces == own[:4]
    assert drawing(pieces=own[:3]).pieces == ()
    assert ink(drawn(sewn, file), drawn(drawing(), file))


def test_equal_pictures_have_one_name_and_others_another():
    one = drawing()
    assert drawing().path == one.path
    flag = FLAGS["default"]
    others = [
        drawing(name="ย่า"),
        drawing(below=""),
        drawing(name="", below=NAMES[0] + BELOW),
        drawing(face="b"),
        drawing(replace(flag, base="#000000")),
        drawing(replace(flag, cloth="")),
        drawing(pieces=tuple(FLAGS.values())),
    ]
    assert len({one.path, *(other.path for other in others)}) == 1 + len(others)
    assert re.fullmatch(r"assets/share/sample-[0-9a-f]{10}\.jpg", one.path)


def test_the_same_picture_has_the_same_bytes_whoever_else_draws(file):
    wanted = [drawing(flag) for flag in list(FLAGS.values())[:3]]

    def made(one):
        return jpeg_within(drawn(one, file), SHARED_BYTES)

    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(made, wanted))
    assert together == list(map(made, wanted))


def test_words_that_look_like_markup_are_words(file):
    wanted = drawing(name='<b>&amp;"</b>')
    tree = defusedxml.ElementTree.fromstring(share_svg(wanted, FACE))
    assert "".join(tree.itertext()).startswith('<b>&amp;"</b>')


def test_fonts_of_the_computer_are_never_used():
    words = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text y="9">x</text></svg>'
    assert rasterise(words, 90, 90).getbbox() is None


@pytest.mark.parametrize("most", [90_000, 120_000])
def test_a_picture_is_as_good_as_its_weight_allows(most):
    noise = Image.effect_noise(SHARED, 90)
    assert 10_000 < len(jpeg_within(noise, most)) <= most
    plain = Image.new("RGBA", SHARED, "#00616b")
    assert len(jpeg_within(plain, most)) < 20_000


def test_a_drawing_with_absurd_numbers_is_refused(file):
    huge = '<path d="M0 0h1v1z" transform="scale(1{0} 1{0})" stroke="#000"/>'.format("0" * 20)
    with pytest.raises(Fault, match="drawing-beyond-bounds"):
        drawn(drawing(replace(FLAGS["default"], cloth=huge)), file)


def test_a_change_to_the_drawing_raises_the_recipe():
    """Else pictures of an earlier build would be taken for it: give both their new values."""
    plain = Flag("plain", "#cdeae6", "#32132f", "#b4dcd6", "#00616b", "<path/>", "<path/>")
    sheet = [share_svg(drawing(plain, name, pieces=(plain,) * 4), FACE) for name in NAMES]
    assert (RECIPE, digest(sheet)[:10]) == (2, "3af85cb5c0")
