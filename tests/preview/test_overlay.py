"""The overlay says what is wrong, in the reader's language, and nothing that people typed acts."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from microsite.language.wording import ENGLISH, Wording
from microsite.preview.overlay import into_body, lay_over
from microsite.problems import Place, Problem
from microsite.site.policy import page_policies

PAGE = (
    "<!doctype html><html><head><title>ก</title></head>"
    '<body class="home"><h1>สวัสดี</h1></body></html>'
).encode()
NOT_A_PRICE = Problem(
    Place("content/th/products/dried-squid.md", 7, 8),
    "price-not-a-number",
    "“{typed}” is not a price.",
    "Write digits only, such as {example}.",
    {"typed": "ถามร้าน", "example": 180},
    line_text="price: ถามร้าน",
    width=7,
)
THAI = Wording("th", {"“{typed}” is not a price.": "“{typed}” ไม่ใช่ราคา"})


def test_a_page_without_faults_stays_byte_for_byte():
    assert lay_over([], ENGLISH, PAGE) == PAGE


def test_place_quoted_line_message_remedy_and_rule_are_shown():
    shown = read(lay_over([NOT_A_PRICE], ENGLISH, PAGE)).text
    assert "content/th/products/dried-squid.md:7:8" in shown
    assert "price: ถามร้าน" in shown
    assert "“ถามร้าน” is not a price." in shown
    assert "Write digits only, such as 180." in shown
    assert "price-not-a-number" in shown


def test_what_was_typed_wrongly_is_marked_in_its_line():
    html = lay_over([NOT_A_PRICE], ENGLISH, PAGE).decode()
    assert "price: <mark>ถามร้าน</mark></pre>" in html


def test_the_message_is_in_the_reader_s_language_and_says_which():
    html = lay_over([NOT_A_PRICE], THAI, PAGE).decode()
    assert "“ถามร้าน” ไม่ใช่ราคา" in html
    assert 'id="microsite-faults" lang="th"' in html


def test_a_page_with_a_policy_may_have_the_overlay_s_style_and_nothing_more():
    meta = '<meta http-equiv="Content-Security-Policy" content="{}">'
    policy = "".join(map(meta.format, page_policies("")))
    page = PAGE.replace(b"<head>", b"<head>" + policy.encode())
    assert lay_over([], ENGLISH, page) == page
    html = lay_over([NOT_A_PRICE], ENGLISH, page).decode()
    allowed = policy.replace("style-src 'self'", "style-src 'unsafe-inline' 'self'")
    assert allowed != policy
    assert html.count(allowed) == 1
    start, end = html.index("<aside"), html.index("</aside>\n") + len("</aside>\n")
    assert (html[:start] + html[end:]).replace(allowed, policy) == page.decode()


def test_the_overlay_stands_first_in_the_body_and_the_page_follows_whole():
    html = lay_over([NOT_A_PRICE], ENGLISH, PAGE)
    start, end = html.index(b"<aside"), html.index(b"</aside>\n") + len(b"</aside>\n")
    assert html[:start].endswith(b'<body class="home">')
    assert html[:start] + html[end:] == PAGE


def test_a_refusal_that_is_about_no_file_shows_no_place():
    full = Problem(Place(""), "output-unwritable", "“{path}” cannot be written.", "", {"path": "x"})
    html = lay_over([full], ENGLISH, PAGE).decode()
    assert "“x” cannot be written." in html
    assert ":1:1" not in html


def test_a_file_name_that_is_not_unicode_does_not_stop_the_page():
    odd = Problem(Place("content/th/\udcff.md"), "slug", "This name cannot stand in an address.")
    assert b"content/th/\\udcff.md" in lay_over([odd], ENGLISH, PAGE)


def test_neither_script_nor_request_is_needed():
    html = lay_over([NOT_A_PRICE], ENGLISH, PAGE).decode()
    assert not re.search(r"<script|<link|<img|src=|href=|url\(|@import", html)


def test_a_page_without_a_written_body_gets_it_at_its_end():
    assert into_body(b"<p>short</p>", "<b>now</b>") == b"<p>short</p><b>now</b>"


@given(st.text(), st.text(), st.text(), st.integers(1, 30), st.integers(0, 30))
def test_whatever_people_typed_is_plain_text(typed, line, file, column, width):
    problem = Problem(
        Place(file, 1, column), typed, "{typed}", "{typed}", {"typed": typed}, "error", line, width
    )
    plain = Problem(Place("f"), "r", "m", "m", line_text="xx", width=1)
    tags = {"p", "pre", "mark"}  # which of these there are depends on what is known
    found = [tag for tag in read(lay_over([problem], ENGLISH, PAGE)).tags if tag not in tags]
    assert found == [tag for tag in read(lay_over([plain], ENGLISH, PAGE)).tags if tag not in tags]


class Reading(HTMLParser):
    """A page as a browser takes it: its elements and its text."""

    def __init__(self):
        super().__init__()
        self.tags, self.text = [], ""

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)

    def handle_data(self, data):
        self.text += data


def read(html):
    reading = Reading()
    reading.feed(html.decode())
    reading.close()
    return reading
