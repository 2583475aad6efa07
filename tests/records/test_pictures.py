"""Photos: names of files told from words, and how large is large enough."""

from __future__ import annotations

import pytest

from microsite.records.pictures import faults_of, is_file_name


@pytest.mark.parametrize(
    "alt",
    [
        "IMG_1234.jpg",
        "IMG_1234",
        "img 20261124 093015",
        "DSC0042",
        "DSCF1001.JPG",
        "PXL_20261124_001.jpg",
        "Screenshot 2026-11-24",
        "rack.png",
        "photo1",
        "รูปภาพ 1",
        "รูป 12",
        "image (3)",
        "ปลาหมึก.jpg",
        "LINE_ALBUM_1234",
    ],
)
def test_the_name_of_a_file_says_nothing(alt):
    assert is_file_name(alt)


@pytest.mark.parametrize(
    "alt",
    [
        "Squid drying on a rack",
        "ปลาหมึกบนแผงตาก",
        "รูปปั้นปลาหมึกหน้าตลาด",
        "Photo of the founders in 1999",
        "ห้องทำงาน ชั้น 2",
        "เสื่อกก 3 ผืน",
        "Image of a boat",
        "A bag, labelled squid.jpg by mistake",
    ],
)
def test_words_are_words(alt):
    assert not is_file_name(alt)


@pytest.mark.parametrize(
    ("size", "rules"),
    [
        ((639, 10), ["photo-small"]),
        ((10, 640), ["photo-smallish"]),
        ((1199, 900), ["photo-smallish"]),
        ((900, 1200), []),
        ((1280, 960), []),
    ],
)
def test_the_longer_side_counts(size, rules):
    assert [fault.rule for fault in faults_of("a.jpg", {"a.jpg": size})] == rules
