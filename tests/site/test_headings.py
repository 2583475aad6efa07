"""Where the lines of a heading may break."""

import pytest

from microsite.site.templates import as_name, unbroken

WHOLE = '<span class="unbroken">{}</span>'


@pytest.mark.parametrize(
    ("text", "name", "shown"),
    [
        ("สินค้าของชากลูกหญ้าพัฒนา", "ชากลูกหญ้าพัฒนา", "สินค้าของ" + WHOLE.format("ชากลูกหญ้าพัฒนา")),
        ("อาหารจากเรือเล็ก", "ชากลูกหญ้า", "อาหารจาก" + WHOLE.format("เรือเล็ก")),
        ("สินค้า", "สินค้า", WHOLE.format("สินค้า")),
        ("สินค้าของ <ก>", "<ก>", "สินค้าของ " + WHOLE.format("&lt;ก&gt;")),
        ("สินค้า", "", "สินค้า"),
    ],
)
def test_a_makers_name_and_a_compound_word_stay_whole_in_a_heading(text, name, shown):
    assert unbroken(text, name) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (
            "วิสาหกิจชุมชนแม่บ้านตากลม-อ่าวสมมุติ",
            "".join(map(WHOLE.format, ["วิสาหกิจชุมชน", "แม่บ้าน", "ตากลม-", "อ่าวสมมุติ"])),
        ),
        ("ครัวสมมุติ By <Nana>", WHOLE.format("ครัวสมมุติ") + " By &lt;Nana&gt;"),
        ("Sample-Fishers", "Sample-Fishers"),
        ("Long Cape", WHOLE.format("Long Cape")),
        ("Old Pier–Long Cape", "".join(map(WHOLE.format, ["Old Pier–", "Long Cape"]))),
        ("Garden of Nan, Long Cape", " ".join(map(WHOLE.format, ["Garden of Nan,", "Long Cape"]))),
        ("Women Who Mend the Nets of Long Cape", "Women Who Mend the Nets of Long Cape"),
    ],
)
def test_a_name_breaks_only_where_its_words_end(name, shown):
    assert as_name(name) == shown
