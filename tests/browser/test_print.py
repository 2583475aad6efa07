"""What comes out of the printer: A4, readable, complete, and only what is worth the paper."""

import re
from io import BytesIO
from types import SimpleNamespace

import pytest
from pypdf import PdfReader

pytestmark = pytest.mark.browser

A4 = (210, 297)  # mm
MARGIN = 14  # mm
PRINTED = {  # the most pages that each may take
    "sample_dist": {
        "products/": 1,
        "categories/seafood/": 1,
        "places/imagined-bay/": 1,
        "enterprises/": 1,
        "enterprises/sample-fishers/": 2,
        "enterprises/sample-newcomers/": 1,
        "products/dried-squid/": 2,
        "products/indigo-scarf/": 2,
        "products/orchard-walk/": 1,
        "products/pineapple-jam/": 1,
        "products/net-mending/": 1,
        "products/woven-coaster/": 1,
    },
    "real_dist": {
        "products/": 1,
        "enterprises/": 1,
        "enterprises/takuan-ao-pradu/": 2,
        "products/leather-goods/": 1,
    },
}
SHEETS = [
    (site, f"/{tag}/{path}", most)
    for site, of in PRINTED.items()
    for path, most in of.items()
    for tag in ("th", "en")
]
# What somebody takes along: each of these texts, and nothing that is to be clicked.
TAKEN = [
    *("h1", ".site-header__home", ".price__amount", ".price__unit", ".facts dt", ".facts dd"),
    *(".channels__list a", ".line-code p", ".marks__line", ".variants th", ".product-card__name"),
    *(".product-card__maker", ".product-card__price", ".enterprise-card__name"),
]
LEFT_BEHIND = [
    *(".skip-link", ".site-header__menu", ".languages", ".crumbs", ".chips", ".site-footer"),
    *(".share", ".contact-bar", ".gallery__thumbnails", "form", "template"),
]
TEXTS = """(selectors) => [...document.querySelectorAll(selectors)]
    .filter((one) => one.checkVisibility()).map((one) => one.innerText)"""
# Everything that is wider than the paper, or cut by what it stands in.
CUT = """() => [...document.querySelectorAll("body *")].filter((one) => {
    if (!one.checkVisibility() || one.closest("svg, .band__flag, .flown")) return false;
    const box = one.getBoundingClientRect();
    if (box.right > innerWidth + 1 || box.left < -1) return true;
    const style = getComputedStyle(one);
    return style.overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1;
}).map((one) => one.tagName + "." + one.className)"""


def bare(text):
    """Letters and figures that stand on the line: how marks above and below are stored in a PDF
    differs from face to face, and so do joined letters."""
    joined = text.replace("ﬁ", "fi").replace("ﬂ", "fl").replace("ำ", "า")
    return re.sub(r"[^0-9A-Za-zก-ฮะาเ-ๆ฿]", "", joined)


@pytest.fixture(scope="module", params=SHEETS, ids=lambda one: " ".join(map(str, one[:2])))
def sheet(request, browser):
    """What a phone prints of a page at night, and the page itself as it is laid out for that."""
    name, path, most = request.param
    site = request.getfixturevalue(name)
    size = {"width": 360, "height": 740}
    page = browser.new_page(viewport=size, color_scheme="dark")
    page.goto(site.served + path, wait_until="load")
    pdf = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True, print_background=False)))
    wide = round((A4[0] - 2 * MARGIN) / 25.4 * 96)
    page.set_viewport_size({"width": wide, "height": 1017})
    page.emulate_media(media="print", color_scheme="dark")
    texts = [one.extract_text() for one in pdf.pages]
    yield SimpleNamespace(
        page=page, pdf=pdf, texts=texts, most=most, address=f"{site.base_url}{path}"
    )
    page.close()


def test_it_is_a4_and_takes_few_sheets_none_of_them_empty(sheet):
    for one in sheet.pdf.pages:
        size = [round(float(edge) / 72 * 25.4) for edge in one.mediabox[2:]]
        assert size == list(A4)
    assert len(sheet.texts) <= sheet.most
    assert [text for text in sheet.texts if len(bare(text)) < 40] == []


def test_names_prices_contacts_and_facts_are_on_it(sheet):
    said = bare("".join(sheet.texts))
    wanted = [bare(one) for one in sheet.page.evaluate(TEXTS, ", ".join(TAKEN))]
    assert len(wanted) > 3
    assert [one for one in wanted if one not in said] == []


def test_it_says_where_it_comes_from(sheet):
    assert bare(sheet.address) in bare("".join(sheet.texts))


def test_what_is_to_be_clicked_stays_behind(sheet):
    assert sheet.page.evaluate(TEXTS, ", ".join(LEFT_BEHIND)) == []
    links = "main a.button:not([href^='https'], [href^='tel:'], [href^='mailto:'])"
    assert sheet.page.evaluate(TEXTS, links) == []


def test_nothing_is_cut(sheet):
    assert sheet.page.evaluate(CUT) == []


def test_a_flag_lies_on_no_words(sheet):
    boxes = "(all) => all.map((one) => one.getBoundingClientRect().toJSON())"
    flags, credits = (
        sheet.page.eval_on_selector_all(f".gallery__{part}", boxes) for part in ("flag", "credit")
    )
    assert [
        (flag, credit)
        for flag in flags
        for credit in credits
        if flag["bottom"] > credit["top"] and flag["top"] < credit["bottom"]
    ] == []


def test_it_is_dark_on_white_also_at_night(sheet):
    colours = "({color, backgroundColor}) => [color, backgroundColor]"
    found = sheet.page.evaluate(f"({colours})(getComputedStyle(document.documentElement))")
    assert found == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
