"""What staff fill in can be read on the page that it is about; the sample market fills in all."""

import datetime as dt
from urllib.parse import unquote

import pytest
import yaml

TODAY = dt.date(2026, 11, 24)
FOLDERS = {"enterprises": "enterprises/", "products": "products/", "articles": "news/", "pages": ""}
# Keys, numbers, days and switches: shown as a name, a price, a date, or by what they do.
NOT_AS_TYPED = {
    *("enterprise", "category", "place", "mentor", "enterprises", "kind", "availability", "file"),
    *("key", "price", "season", "focus", "map", "founded", "stars", "year", "expires", "checked"),
    *("date", "event", "order", "featured", "menu", "aliases", "draft"),
    *("publish_date", "expiry_date", "body"),
}


def said(element):
    """The words in an element, with single spaces and plain hyphens."""
    words = "".join(element.itertext()).replace("\N{NON-BREAKING HYPHEN}", "-")
    return " ".join(words.split())


def on_page(page):
    """All that a page says, and what stands behind its links and pictures."""
    behind = (
        unquote(one.get(name) or "") for one in page.iter() for name in ("href", "alt", "content")
    )
    return "\n".join([said(page), *behind])


def texts(value, name=""):
    """Name and text of every line in a value, however deep."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key not in NOT_AS_TYPED and not has_run_out(one):
                yield from texts(one, key)
    elif isinstance(value, list):
        for one in value:
            if not has_run_out(one):
                yield from texts(one, name)
    else:
        yield name, unquote(" ".join(value.split())).removeprefix("@")


def has_run_out(value):
    """Whether it is a mark that is no longer shown."""
    until = value.get("expires") if isinstance(value, dict) else None
    return until is not None and day(until) <= TODAY


def day(typed):
    year, month, day_of_month = map(int, typed.split("-"))
    return dt.date(year - 543 if year >= 2400 else year, month, day_of_month)


def entries(content, folder):
    """Front matter by slug, all values as typed."""
    for path in sorted((content / "th" / folder).iterdir()):
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".md":
            text = text.split("---\n", 2)[1]
        yield path.stem, yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 # text only


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_text_that_is_filled_in_is_on_its_page(sample_dist, folder):
    missing, seen = [], 0
    for slug, entry in entries(sample_dist.content, folder):
        page = sample_dist.pages.get(f"th/{FOLDERS[folder]}{slug}/index.html")
        if page is None or entry.get("availability") == "discontinued":
            continue
        shown = on_page(page)
        found = list(texts(entry))
        seen += len(found)
        missing += [(slug, *one) for one in found if one[1] not in shown]
    assert seen > 2
    assert missing == []


def test_every_partner_is_told_of_whole(sample_dist):
    shown = on_page(sample_dist.pages["th/partners/index.html"])
    partners = [entry for _, entry in entries(sample_dist.content, "partners")]
    found = [one for entry in partners if entry.get("draft") != "true" for one in texts(entry)]
    assert found
    assert [one for one in found if one[1] not in shown] == []


@pytest.mark.parametrize("tag", ["th", "en"])
def test_the_contact_of_the_site_is_on_its_contact_page(sample_dist, tag):
    contact = yaml.safe_load((sample_dist.content / "site.yaml").read_bytes())["contact"]
    shown = on_page(sample_dist.pages[f"{tag}/contact/index.html"].find(".//main"))
    assert [one for one in texts(contact) if one[1] not in shown] == []


@pytest.mark.parametrize("tag", ["th", "en"])
def test_the_certificate_of_a_mark_is_shown_with_its_number(sample_dist, tag):
    words = said(sample_dist.pages[f"{tag}/products/dried-squid/index.html"].find(".//main"))
    assert "0001/2563" in words
    assert "0001-1/0001" in words


@pytest.mark.parametrize(
    ("slug", "kind"),
    [("dried-squid", "Food"), ("net-mending", "Service"), ("morning-boat", "Visit")],
)
def test_the_kind_of_a_product_is_among_its_facts(sample_dist, slug, kind):
    rows = facts(sample_dist.pages[f"en/products/{slug}/index.html"])
    assert rows["Kind"] == kind


def test_goods_need_no_word_for_their_kind(sample_dist):
    assert "Kind" not in facts(sample_dist.pages["en/products/indigo-scarf/index.html"])


@pytest.mark.parametrize("slug", ["shrimp-paste", "orchard-walk"])
def test_no_unit_is_awaited_of_sizes_and_of_visits(sample_dist, slug):
    rows = facts(sample_dist.pages[f"en/products/{slug}/index.html"])
    assert rows.get("Unit") != "Awaiting confirmation"


@pytest.mark.parametrize("path", ["products/indigo-scarf", "categories/textiles", "products"])
def test_a_price_from_to_says_for_what(sample_dist, path):
    assert "THB 590–890 / scarf" in said(sample_dist.pages[f"en/{path}/index.html"].find(".//main"))


def facts(page):
    """The facts of a product, by label."""
    rows = [one for one in page.find(".//main").iter("div") if one.find("dt") is not None]
    return {said(row.find("dt")): said(row.find("dd")) for row in rows}


# ---- drafts, and makers without products


def test_a_draft_says_that_it_is_one_and_nothing_else_does(sample_dist, copy_of, build, tmp_path):
    site = copy_of("sample-market", tmp_path, photos_of=sample_dist.content.parent)
    pages = build(site, "--drafts")
    notice = {"th": "ฉบับร่าง ยังไม่ขึ้นเว็บ", "en": "Draft: not on the site yet."}
    marked = {
        name
        for name, page in pages.items()
        if (words := notice.get(page.get("lang"))) and words in said(page.find(".//main"))
    }
    drafts = {
        f"{tag}/{below}{slug}/index.html"
        for folder, below in FOLDERS.items()
        for slug, entry in entries(sample_dist.content, folder)
        for tag in notice
        if entry.get("draft") == "true"
    }
    hidden = {name for name, page in pages.items() if page.findall(".//meta[@name='robots']")}
    assert drafts
    assert marked == hidden == drafts


@pytest.mark.parametrize("tag", ["th", "en"])
def test_the_menu_of_makers_names_only_those_who_offer_something(sample_dist, tag):
    page = sample_dist.pages[f"{tag}/products/index.html"]
    menus = [one for one in page.iter("ul") if "makers-menu" in one.get("class", "").split()]
    links = {one.get("href") for menu in menus for one in menu.iter("a")}
    assert sample_dist.link(f"{tag}/enterprises/sample-fishers/") in links
    assert sample_dist.link(f"{tag}/enterprises/sample-newcomers/") not in links
