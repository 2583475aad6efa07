"""Prose: Markdown in, safe HTML out; what is wrong, at its place."""

from __future__ import annotations

import html
import re
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from microsite.digest import digest
from microsite.site.prose import Reference, render_prose
from microsite.site.prose_reading import RESERVED, read_prose
from microsite.site.prose_tree import heading_slug

CASES = Path(__file__).parents[1] / "cases" / "prose.md"
PLACES = {"category": "categories"}


def link(reference):
    url = f"/th/{PLACES.get(reference.kind, reference.kind + 's')}/{reference.slug}/"
    return None if reference.slug == "gone" else url, f"{reference.slug} & Co"


def picture(photo):
    return Markup('<img src="/photos/{}" alt="{}">').format(photo.file, photo.alt)


def read(body):
    return read_prose(body, note_back="กลับไปที่ {}")


def render(body):
    return render_prose(read(body)[0], link, picture)


def rules(body):
    return [finding.fault.rule for finding in read(body)[1]]


def cases():
    for block in re.split(r"^=====\n", CASES.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        title, rest = block.split("\n", 1)
        typed, shown, *told = re.split(r"^-----\n", rest, flags=re.MULTILINE)
        yield pytest.param(typed, shown, "".join(told).split("\n")[:-1], id=title)


def squeezed(markup):
    return re.sub(r">\s*\n\s*<", "><", markup).strip()


@pytest.mark.parametrize(("typed", "shown", "told"), [*cases()])
def test_what_is_typed_becomes_what_the_case_says(typed, shown, told):
    _, findings = read(typed)
    assert squeezed(render(typed)) == squeezed(shown)
    assert [f"{f.fault.rule} {f.line}:{f.column}" for f in findings] == told


# What a page may hold: nothing that runs, nothing that asks another host for something


class Watcher(HTMLParser):
    """Collects the tags and attributes that a browser would see."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


TAGS = {"a", "blockquote", "br", "code", "dd", "div", "dl", "dt", "em", "hr", "img", "li", "ol"}
TAGS |= {"p", "strong", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul"}
TAGS |= {"h2", "h3", "h4", "h5", "h6"}
ATTRIBUTES = {
    "alt",
    "aria-label",
    "class",
    "href",
    "id",
    "rel",
    "scope",
    "src",
    "start",
    "tabindex",
}
ATTRIBUTES |= {"title"}


def assert_harmless(markup):
    watcher = Watcher()
    watcher.feed(markup)
    watcher.close()
    for tag, attributes in watcher.seen:
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES
        href = attributes.get("href", "#")
        assert re.match(r"#|https?://[^/]|mailto:|tel:|/th/[a-z]+s/", href), href
        assert attributes.get("src", "/photos/").startswith("/photos/")


VECTORS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='microsite-link:0'>x</a>",
    '<a href="microsite-link:0">x</a> [y](page:x)',
    '<img src="microsite-photo:0">',
    "<form action=javascript:alert(1)><input type=submit>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example>",
    "<style>@import '//evil.example'</style>",
    "<template><script>alert(1)</script></template>",
    "<xmp><script>alert(1)</script></xmp>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?><script>alert(1)</script>",
    "<plaintext><script>alert(1)</script>",
    "<p style=background:url(//evil.example)>x",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x]( javascript:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](java\nscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&#58;alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](jav&#x09;ascript:alert(1))",
    "[x](&#1;javascript:alert(1))",
    "[x](javascript&amp;#58;alert(1))",
    "[x](\\javascript:alert(1))",
    "[x](java\u200bscript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](//evil.example)",
    "[x](/\\evil.example)",
    "[x](\\\\\\\\evil.example)",
    "[x](https:evil.example)",
    "[x](https:\\\\evil.example)",
    "[x](http:///evil.example)",
    "[x](file:///etc/passwd)",
    "[x](microsite-link:0)",
    "[x](microsite-photo:0)",
    "![x](microsite-photo:0)",
    '[x](https://example.com/"onmouseover="alert(1))',
    "[x](https://example.com/ \"' onmouseover=alert(1) x='\")",
    "[x](https://example.com/'onmouseover='alert(1))",
    '[x](product:x"onmouseover="alert(1))',
    "[x](product:<script>alert(1)</script>)",
    "[](page:<script>alert(1)</script>)",
    "[x][1]\n\n[1]: javascript:alert(1)",
    "[x][1]\n\n[1]: <javascript:alert(1)> 'x'",
    "<javascript://alert(1)>",
    "<javascript:alert@x>",
    "![x](javascript:alert(1))",
    "![x](https://evil.example/x.png)",
    '![x" onerror="alert(1)](a.jpg)',
    '![x](a.jpg"onerror="alert(1))',
    "![<script>alert(1)</script>](a.jpg)",
    "`<script>alert(1)</script>`",
    "## <script>alert(1)</script>",
    '## " onclick="alert(1)',
    "x[^<script>]\n\n[^<script>]: y",
    'x[^"onclick="a]\n\n[^"onclick="a]: <script>alert(1)</script>',
    "| <script> | x |\n|:--|--|\n| a | [x](javascript:y) |",
    "x {: onclick=alert(1) }",
    "# x {#main onclick=alert(1)}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\x02wzxhzdk:0\x03 \x02klzzwxh:0000\x03 \x0260\x03script\x0262\x03",
    "\ufeff<script>alert(1)</script>\x00<scr\x00ipt>",
]


@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_typed_can_run_or_call_another_host(vector):
    assert_harmless(render(vector))
    assert_harmless(render(f"- ก {vector} ข\n\n> {vector}\n\n[ก {vector} ข](product:x)"))


PIECES = [
    *"[]()<>!*_`#-+=|:\\\"'&^~ \n\tกข่ๆ๑a1.",
    *["\n\n", "    ", "  \n", "](", "[^1]", "[^1]: ", "![", "product:x", "https://", "javascript:"],
    *["<a href=", "<script>", "<img src=x onerror=", "&#106;", "&colon;", "- ", "1. ", "> ", ": "],
    *["|-|-|", "**", "__", "---", "&nbsp;", "microsite-link:0", '">', "\x02", "\x03", "\x00", "\r"],
]
MARKDOWNISH = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=60).map("".join)
ANYTHING = st.text(st.characters(), max_size=200) | MARKDOWNISH


@given(ANYTHING)
def test_no_text_whatever_gets_anything_harmful_onto_a_page(body):
    assert_harmless(render(body))


@given(ANYTHING)
def test_every_finding_has_its_place_in_the_text(body):
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for finding in read(body)[1]:
        assert 1 <= finding.line <= len(lines)
        assert 1 <= finding.column <= len(lines[finding.line - 1]) + 1
        assert finding.fault.message.format(**finding.fault.values)
        assert finding.fault.remedy.format(**finding.fault.values)


@given(ANYTHING)
def test_the_same_text_gives_the_same_prose(body):
    assert digest(read(body)[0]) == digest(read(body)[0])


@given(st.lists(st.text("ปา่้กabAB -!?.๑1\u0e33", max_size=6), max_size=12))
def test_every_heading_has_an_anchor_of_its_own(titles):
    prose, _ = read("\n\n".join(f"## {title}x" for title in titles))
    ids = [heading.id for heading in prose.headings]
    assert len(ids) == len(titles)
    assert len({*ids, *RESERVED}) == len(ids) + len(RESERVED)
    assert all(ids)
    assert re.findall(r'<h2 id="([^"]+)"', render_prose(prose, link, picture)) == ids


@given(st.text("กขปอเแโาำิีึืุู่้๊๋็์ๆ", min_size=1))
def test_thai_letters_vowels_and_marks_all_stay_in_an_anchor(word):
    assert len(heading_slug(word)) == len(word)


@given(
    st.lists(
        st.sampled_from(
            [*("5๗กa* \n ", "**", "`", "  "), "2567", "๒๕๖๗", "มกราคม", "ที่", "ๆ", "<b>"]
        ),
        max_size=12,
    ).map("".join)
)
def test_what_belongs_together_is_never_parted(typed):
    shown = re.sub("<code>.*?</code>", "x", render(f"ก{typed}"), flags=re.DOTALL)
    assert not re.search(r"[^ \n][ \n]+ๆ|[0-9๐-๙][ \n]+มกราคม|ที่[ \n]+[0-9๐-๙]", shown)
    assert not re.search(r"มกราคม[ \n]+[0-9๐-๙]{4}(?![0-9๐-๙])", shown)
    assert not re.search("[ก-ฮ]\n *[ก-ฮ]", shown)


def test_footnotes_and_headings_never_share_an_anchor():
    markup = render("## fn:1\n\nx[^1] y[^b c] z[^1]\n\n[^1]: a\n\n[^b c]: b\n")
    ids = re.findall(r' id="([^"]*)"', markup)
    assert sorted(ids) == ["fn1", "fn:1", "fn:2", "fnref2:1", "fnref:1", "fnref:2"]
    assert all(href in ids for href in re.findall(r'href="#([^"]*)"', markup))


def test_headings_are_told_for_a_list_of_contents():
    prose, _ = read("# วิธี *สั่ง*\n\n- ก\n\n### ค่าส่ง & ภาษี\n")
    assert [(h.level, h.id, h.text) for h in prose.headings] == [
        (2, "วิธี-สั่ง", "วิธี สั่ง"),
        (3, "ค่าส่ง-ภาษี", "ค่าส่ง & ภาษี"),
    ]


def test_links_and_photos_are_told_with_their_place():
    body = (
        "ดู [ก](product:dried-squid) กับ [ข](product:dried)\n\n"
        "`[ค](product:dried)` [ง](<enterprise:a#visit>)\n"
        "![ปลา](squid/rack.jpg) [ก][1] [จ](product:dried)\n\n"
        "[1]: partner:gsb\n"
    )
    prose, findings = read(body)
    assert findings == ()
    assert prose.references == (
        Reference("product", "dried-squid", 1, 8),
        Reference("product", "dried", 1, 37),
        Reference("enterprise", "a", 3, 27, "visit"),
        Reference("partner", "gsb", 6, 6),
        Reference("product", "dried", 4, 35),
    )
    assert [(p.file, p.alt, p.line, p.column) for p in prose.photos] == [
        ("squid/rack.jpg", "ปลา", 4, 8)
    ]


@pytest.mark.parametrize(
    "kind", ["product", "enterprise", "category", "place", "page", "article", "partner"]
)
def test_every_kind_of_entry_can_be_linked(kind):
    assert [r.kind for r in read(f"[ก]({kind}:x)")[0].references] == [kind]


def test_a_finding_is_as_wide_as_what_was_typed():
    _, (finding,) = read("ก\n\n- ข [ค](produc:x) ง")
    assert (finding.line, finding.column, finding.width, finding.level) == (3, 9, 8, "error")
    assert finding.fault.values == {"kind": "produc", "guess": "product:x"}


def test_without_a_url_a_link_becomes_its_text():
    prose, _ = read("[ก **ข**](product:x) [](product:x)")
    shown = render_prose(prose, lambda reference: (None, "ชื่อ"), picture)
    assert shown == "<p>ก <strong>ข</strong> ชื่อ</p>\n"


def test_a_name_is_text_whatever_is_in_it():
    prose, _ = read("[](product:x)")
    shown = render_prose(prose, lambda reference: ('/"x', "<b>&"), picture)
    assert shown == '<p><a href="/&#34;x">&lt;b&gt;&amp;</a></p>\n'


def test_a_fragment_is_not_added_to_a_url_that_has_one():
    prose, _ = read("[ก](partner:gsb#more)")
    shown = render_prose(prose, lambda reference: ("/th/partners/#gsb", "GSB"), picture)
    assert shown == '<p><a href="/th/partners/#gsb">ก</a></p>\n'


def test_the_text_for_search_has_words_only():
    body = (
        "# ปลา *หมึก*\n\nต่าง ๆ\nนานา &amp; `<b>`[^1] ![ภาพ](a.jpg) <me@example.com>  \nต่อ\n\n"
        "- ก\n- ข\n\na | b\n- | -\n1 | 2\n\n[^1]: หมายเหตุ\n"
    )
    assert read(body)[0].text.split("\n") == [
        "ปลา หมึก",
        "ต่าง ๆ นานา & <b> me@example.com",
        "ต่อ",
        *["ก", "ข", "a", "b", "1", "2", "หมายเหตุ"],
    ]


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc", "Cf"]), max_size=80))
def test_what_search_knows_is_what_the_page_shows(body):
    prose, _ = read(body)
    shown = render_prose(prose, lambda reference: (None, ""), lambda photo: Markup(""))
    bare = html.unescape(re.sub(r"<[^>]*>", "", shown.replace("↩", "")))
    assert "".join(prose.text.split()) == "".join(bare.split())


@pytest.mark.parametrize("hidden", ["\u200b", "\u202e", "\ufeff", "&#10;", "&#x9;"])
def test_an_address_hides_no_characters(hidden):
    assert rules(f"[ก](https://example.com/{hidden}x)") == ["prose-link-scheme"]


def test_half_a_character_is_shown_as_a_question_mark():
    assert render("ก\ud800 ข\udfff") == "<p>ก? ข?</p>\n"


def test_lines_are_counted_whatever_ends_them():
    for end in ("\n", "\r\n", "\r"):
        (finding,) = read(f"ก{end}{end}[ข](/a){end}")[1]
        assert (finding.line, finding.column) == (3, 5)


def test_nothing_typed_is_nothing_shown():
    for body in ("", " \n\t\n", "[1]: product:x"):
        assert render(body) == ""


# Text that would take minutes or gigabytes: told instead of read

LONG = 60_000
BEYOND = {
    "a text as long as a book": ("ก" * 30_000, "prose-too-long", 1),
    "brackets": ("ok\n\n" + "[" * 20_000, "prose-too-many-brackets", 3),
    "brackets in brackets": ("[" * 9_000 + "]" * 9_000, "prose-too-many-brackets", 1),
    "photos": ("ok\n\nok\n\n" + "![" * 9_000, "prose-too-many-brackets", 5),
    "notes": ("[^1] " * 4_000, "prose-too-many-brackets", 1),
    "notes in paragraphs": ("[^1] a\n\n" * 4_000, "prose-too-many-notes", 401),
    "links": ("[a](" * 15_000, "prose-too-many-brackets", 1),
    "a wide table": ("ok\n\n" + "|" * 800 + "\n" + "|-" * 799 + "|\n", "prose-too-many-columns", 3),
    "a table of a million cells": (
        "|a" * 20 + "|\n" + "|-" * 20 + "|\n" + "|\n" * (LONG // 2),
        "prose-too-many-cells",
        501,
    ),
    "a list in a list in a list": ("ok\n" + "- " * 1_000 + "a", "prose-too-deep", 2),
    "stars of lists": ("* " * 1_000 + "a", "prose-too-deep", 1),
    "numbers of lists": ("1. " * 1_000 + "a", "prose-too-deep", 1),
    "quotes": ("\n\n" + "> " * 1_000 + "a", "prose-too-deep", 3),
    "tags": ("<a " * 20_000, "prose-too-many-angles", 1),
    "tags in paragraphs": (("<a " * 100 + "\n\n") * 200, "prose-too-many-angles", 21),
    "CDATA": ("<![CDATA[" * 40 + "\n\n" + "<![CDATA[" * 5_000, "prose-too-many-brackets", 3),
    "autolinks": ("<http://" * 8_000, "prose-too-many-angles", 1),
    "headings": ("# a\n" * 15_000, "prose-too-many-headings", 1001),
    "underlined headings": ("a\n=\n\n" * 12_000, "prose-too-many-headings", 3002),
    "backticks": ("``a`" * 15_000, "prose-too-many-backticks", 1),
    "stars": ("_>_" * 20_000, "prose-too-many-stars", 1),
}


@pytest.mark.parametrize(("body", "rule", "line"), BEYOND.values(), ids=BEYOND)
def test_too_much_is_told_with_its_line_and_at_once(body, rule, line):
    before = time.process_time()
    prose, findings = read(body)
    assert time.process_time() - before < 2
    assert (rule, line, "error") in [(f.fault.rule, f.line, f.level) for f in findings]
    assert prose.parts == ()


WITHIN = {
    "brackets": ("[" * 100 + "\n\n") * 640,
    "photos": ("![" * 100 + "\n\n") * 320,
    "backticks": ("`" * 199 + "\n\n") * 320,
    "markers": ("- " * 20 + "a\n\n") * 1_400,
    "notes": "".join(f"x[^{n}] y\n\n[^{n}]: a\n\n" for n in range(200)),
    "notes that nothing names": "".join(f"[^{n}]: a\n\n" for n in range(5_000)),
    "tags": "<a " * 1_000,
    "headings": "# a\n" * 999,
    "cells": ("|a" * 20 + "|\n" + "|-" * 20 + "|\n" + "|a\n" * 20 + "\n") * 22,
    "stars": ("*a_b " * 1_000 + "\n\n") * 12,
    "plain": "ปลาหมึก ต่าง ๆ\n" * 1_400,
    "spaces": "ก" + " " * LONG + "ข",
    "hyphens": "-" * LONG + "x",
}


@pytest.mark.parametrize("body", WITHIN.values(), ids=WITHIN)
def test_what_is_just_within_the_bounds_is_read_in_time(body):
    before = time.process_time()
    prose, findings = read(body)
    assert time.process_time() - before < 4  # half of it when the machine is quiet
    assert prose.parts
    assert not [f for f in findings if f.level == "error"]


def test_lists_as_deep_as_a_well_are_told_where_they_are_deepest():
    steps = "\n\n".join("    " * 20 * step + "- " * 20 + "a" for step in range(28))
    prose, findings = read(f"ก\n\n{steps}\n\nข")
    assert prose.parts == ()
    assert [(f.fault.rule, f.line) for f in findings] == [("prose-too-deep", 57)]


def test_all_that_is_too_much_is_told_at_once():
    assert rules("[" * 101 + "\n\n" + "|" * 30) == [
        "prose-too-many-brackets",
        "prose-too-many-columns",
    ]


@pytest.mark.parametrize(
    "typed", ["2 < 3 > 1", "<https://example.com>", "<me@example.com>", "x<-y"]
)
def test_not_every_angle_is_html(typed):
    assert rules(typed) == []


@pytest.mark.parametrize(
    "typed", ["*ข้อ*", "- ข้อ", "1. ข้อ", "-5", "1.5", "--", "---", "+66 38", "\\-ข้อ", "a\n  - b"]
)
def test_not_every_hyphen_was_meant_for_a_list(typed):
    assert rules(typed) == []
