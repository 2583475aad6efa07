"""The heading face: small, complete for Thai and English, shaped as its makers meant it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import unicodedata
from importlib.resources import files
from io import BytesIO

import pytest
import tinycss2
from fontTools.ttLib import TTFont
from PIL import ImageFont, features

from microsite.media.faces import DEFAULT_CODEPOINTS, FaceMetrics, face_css, fallback_css
from microsite.media.typefaces import metrics, subset

SOURCE = files("fontpkg_chakra_petch").joinpath("files", "ChakraPetch-Bold.ttf")
CONSONANTS = [chr(point) for point in range(0x0E01, 0x0E2F)]
VOWELS = ["", *"ะัาำิีึืุู็์", *(lead + "{}" for lead in "เแโใไ"), "เ{}า", "เ{}ีย", "เ{}ือ"]
TONES = ["", *"่้๊๋"]


@pytest.fixture(scope="module")
def font():
    return SOURCE.read_bytes()


@pytest.fixture(scope="module")
def woff2(font):
    return subset(font)


def opened(data: bytes) -> ImageFont.FreeTypeFont:
    face = TTFont(BytesIO(data))
    face.flavor = None
    out = BytesIO()
    face.save(out)
    out.seek(0)
    return ImageFont.truetype(out, 24, layout_engine=ImageFont.Layout.RAQM)


def syllables(vowel: str) -> list[str]:
    """Every consonant and tone with this vowel, in the order in which Thai is typed."""
    parts = vowel.partition("{}") if "{}" in vowel else ("", "{}", vowel)
    above, after = (parts[2][:1], parts[2][1:]) if parts[2][:1] in set("ัิีึืฺุู") else ("", parts[2])
    return [parts[0] + letter + above + tone + after for letter in CONSONANTS for tone in TONES]


@pytest.mark.skipif(not features.check("raqm"), reason="this Pillow cannot shape text")
@pytest.mark.parametrize("vowel", VOWELS)
def test_every_thai_syllable_looks_as_in_the_whole_face(font, woff2, vowel):
    whole, cut = opened(font), opened(woff2)
    for syllable in syllables(vowel):
        assert bytes(whole.getmask(syllable)) == bytes(cut.getmask(syllable)), syllable
        assert whole.getlength(syllable) == cut.getlength(syllable), syllable


def test_no_layout_feature_is_lost(font, woff2):
    def layout(data, table):
        return {record.FeatureTag for record in TTFont(data)[table].table.FeatureList.FeatureRecord}

    assert {"mark", "mkmk", "kern"} <= layout(BytesIO(woff2), "GPOS")
    assert {"ccmp", "liga", "locl"} <= layout(BytesIO(woff2), "GSUB")


def test_every_letter_of_thai_and_english_is_in_it(woff2):
    glyphs = TTFont(BytesIO(woff2)).getBestCmap()
    assert not [unicodedata.name(chr(point)) for point in DEFAULT_CODEPOINTS if point not in glyphs]
    assert set(map(ord, "ก๛฿ AZaz09~ –—…“”‘’·×")) <= DEFAULT_CODEPOINTS


def test_letters_that_content_uses_beyond_these_are_added(font):
    cut = subset(font, DEFAULT_CODEPOINTS | {ord("é"), ord("漢")})
    glyphs = TTFont(BytesIO(cut)).getBestCmap()
    assert ord("é") in glyphs
    assert ord("漢") not in glyphs


def test_the_face_costs_no_more_than_a_small_picture(woff2):
    assert len(woff2) <= 16_384


def test_copyright_and_licence_travel_with_the_face(woff2):
    names = TTFont(BytesIO(woff2))["name"]
    assert "Chakra Petch Project Authors" in names.getDebugName(0)
    assert "SIL Open Font License" in names.getDebugName(13)


def test_the_same_face_gives_the_same_bytes_on_every_run(woff2):
    script = (
        "import hashlib, sys\n"
        "from microsite.media.typefaces import subset\n"
        "print(hashlib.sha256(subset(sys.stdin.buffer.read())).hexdigest())\n"
    )
    for seed in ("1", "2"):
        done = subprocess.run(  # noqa: S603 (our own interpreter and script)
            [sys.executable, "-c", script],
            input=SOURCE.read_bytes(),
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": seed},
        )
        assert done.stdout.decode().strip() == hashlib.sha256(woff2).hexdigest()


def rules(css: str) -> list[dict[str, str]]:
    return [
        {
            one.lower_name: tinycss2.serialize(one.value)
            for one in tinycss2.parse_blocks_contents(rule.content)
        }
        for rule in tinycss2.parse_stylesheet(css)
    ]


def test_until_the_face_is_there_text_takes_as_much_room(font):
    face = metrics(font)
    stand_ins = rules(fallback_css(face))
    assert {rule["font-family"] for rule in stand_ins} == {'"Chakra Petch Fallback"'}
    for rule in stand_ins:
        percent = {name: float(rule[name].rstrip("%")) / 100 for name in rule if "%" in rule[name]}
        size = percent["size-adjust"]
        assert 0.9 < size < 1.15
        assert percent["ascent-override"] * size == pytest.approx(0.992, abs=1e-3)
        assert percent["descent-override"] * size == pytest.approx(0.308, abs=1e-3)
        assert percent["line-gap-override"] == 0


def test_text_is_shown_before_the_face_has_arrived(font):
    real = rules(face_css("/assets/face.woff2", metrics(font)))[0]
    assert real["font-display"] == "swap"
    assert real["src"] == 'url("/assets/face.woff2") format("woff2")'
    assert (real["font-family"], real["font-weight"]) == ('"Chakra Petch"', "700")


def test_a_face_without_thai_has_no_stand_in_for_thai():
    css = fallback_css(FaceMetrics(1000, 900, -200, 0, latin=0.5, thai=0), family="Plain")
    assert "Arial" in css and "Thai" not in css
