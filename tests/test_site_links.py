"""Every page that should be there is there, and whatever a page points at can be fetched."""

import datetime as dt
import http.client
import re
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml

TODAY = dt.date(2026, 11, 24)
FOLDERS = {"enterprises": "enterprises/", "products": "products/", "articles": "news/", "pages": ""}
PICKED = {"href", "src", "srcset", "imagesrcset"}
CSS_URL = re.compile(r"""url\(\s*["']?([^"')]+)""")


# ---- which pages there are, as content says it


def entries(content, folder):
    """Front matter by slug, all values as typed."""
    found = {}
    for path in sorted((content / folder).iterdir()):
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".md":
            text = text.split("---\n", 2)[1]
        found[path.stem] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 # text only
    return found


def day(typed):
    year, month, day_of_month = map(int, typed.split("-"))
    return dt.date(year - 543 if year >= 2400 else year, month, day_of_month)


def is_on(entry, drafts):
    starts, ends = entry.get("publish_date"), entry.get("expiry_date")
    return (
        (drafts or entry.get("draft") != "true")
        and not (starts and day(starts) > TODAY)
        and not (ends and day(ends) <= TODAY)
    )


def published(content, drafts=False):
    """What is on the site, by folder of content and slug."""
    languages = yaml.safe_load((content / "site.yaml").read_bytes())["languages"]
    source = content / languages[0]
    on = {
        folder: {
            slug: one
            for slug, one in (entries(source, folder) if (source / folder).is_dir() else {}).items()
            if is_on(one, drafts)
        }
        for folder in (*FOLDERS, "partners")
    }
    on["products"] = {
        slug: one for slug, one in on["products"].items() if one["enterprise"] in on["enterprises"]
    }
    return languages, on


def expected_pages(content, drafts=False):
    languages, on = published(content, drafts)
    pages = {"index.html", "404.html"}
    for tag in languages:
        pages |= {
            f"{tag}/index.html",
            f"{tag}/enterprises/index.html",
            f"{tag}/products/index.html",
            f"{tag}/search/index.html",
        }
        pages |= {f"{tag}/partners/index.html"} if on["partners"] else set()
        pages |= {f"{tag}/news/index.html"} if on["articles"] else set()
        for one in on["products"].values():
            pages.add(f"{tag}/categories/{one['category']}/index.html")
        for one in on["enterprises"].values():
            pages.add(f"{tag}/places/{one['place']}/index.html")
        for folder, below in FOLDERS.items():
            pages |= {f"{tag}/{below}{slug}/index.html" for slug in on[folder]}
    old = [alias for of in on.values() for one in of.values() for alias in one.get("aliases", ())]
    return pages | {f"{alias.strip('/')}/index.html" for alias in old}


def test_all_that_is_published_has_a_page_in_each_language_and_nothing_else_has(site):
    assert set(site.pages) == expected_pages(site.content)


def test_drafts_have_pages_only_when_they_are_asked_for(sample_dist, copy_of, run, tmp_path):
    copy_of("sample-market", tmp_path, photos_of=sample_dist.content.parent)
    done = run("--site", tmp_path, "--drafts", "--quiet")
    assert done.returncode == 0, done.stderr.decode()
    dist = tmp_path / "dist"
    pages = {path.relative_to(dist).as_posix() for path in dist.rglob("*.html")}
    assert pages == expected_pages(tmp_path / "content", drafts=True)
    new = pages - set(sample_dist.pages)
    assert {name for name in new if name.startswith("th/")} == {
        "th/enterprises/sample-beekeepers/index.html",
        "th/news/next-season/index.html",
        "th/products/fish-floss/index.html",
        "th/questions/index.html",
    }


def test_lists_lead_to_all_makers_and_all_products(site):
    languages, on = published(site.content)
    for tag in languages:
        for folder in ("enterprises", "products"):
            links = hrefs(site.pages[f"{tag}/{folder}/index.html"])
            wanted = {site.link(f"{tag}/{folder}/{slug}/") for slug in on[folder]}
            assert wanted and wanted <= links
        for slug, one in on["products"].items():
            wanted = site.link(f"{tag}/products/{slug}/")
            assert wanted in hrefs(site.pages[f"{tag}/enterprises/{one['enterprise']}/index.html"])
            assert wanted in hrefs(site.pages[f"{tag}/categories/{one['category']}/index.html"])


def hrefs(page):
    return {one.get("href") for one in page.iter("a")}


# ---- whether they hold


def targets(page):
    """Every address that a page points at, as written."""
    for element in page.iter():
        for name in sorted(PICKED.intersection(element.keys())):
            value = element.get(name)
            if name.endswith("srcset"):
                yield from (candidate.split()[0] for candidate in value.split(","))
            else:
                yield value
        if element.tag == "meta" and element.get("content", "").startswith(("http", "0;", "0 ")):
            yield element.get("content").partition("url=")[2] or element.get("content")


def local(address, site):
    """The part of an address that this site must answer; None where another one does."""
    if address.startswith(site.base_url + "/"):
        return site.prefix + address.removeprefix(site.base_url)
    parts = urlsplit(address)
    return None if parts.scheme or parts.netloc else address


def test_every_link_picture_style_and_font_can_be_fetched(site):
    wanted = {}
    for name, page in site.pages.items():
        for target in targets(page):
            if (found := local(target, site)) is not None:
                wanted.setdefault(urljoin(site.link(name), found), name)
    for path in site.dist.rglob("*.css"):
        sheet = "/" + path.relative_to(site.dist).as_posix()
        for target in CSS_URL.findall(path.read_text(encoding="utf-8")):
            wanted.setdefault(urljoin(site.prefix + sheet, target), sheet)
    host = http.client.HTTPConnection(urlsplit(site.served).netloc)
    missing = []
    for address in sorted({one.partition("#")[0] for one in wanted}):
        host.request("GET", address)
        answer = host.getresponse()
        answer.read()
        if answer.status != 200:
            missing.append((answer.status, address, wanted.get(address)))
    host.close()
    assert not missing
    assert len(wanted) > 100


def test_every_link_into_a_page_meets_the_place_that_it_names(site):
    places = {
        site.link(name): {one.get("id") for one in page.iter() if one.get("id")}
        for name, page in site.pages.items()
    }
    lost = [
        (name, target)
        for name, page in site.pages.items()
        for target in (*hrefs(page), *(one.get("href") for one in page.iter("use")))
        if target and "#" in target and (found := local(target, site)) is not None
        for whole, _, fragment in [urljoin(site.link(name), found).partition("#")]
        if fragment and unquote(fragment) not in places[whole]
    ]
    assert not lost


def test_nothing_that_a_page_loads_comes_from_another_host(site):
    loaded = {"img": "src", "source": "srcset", "script": "src", "iframe": "src", "use": "href"}
    strangers = []
    for name, page in site.pages.items():
        for element in page.iter():
            if element.tag == "link" and element.get("rel") not in {"canonical", "alternate"}:
                found = element.get("href", "")
            else:
                found = element.get(loaded.get(element.tag, ""), "")
            if urlsplit(found).scheme or urlsplit(found).netloc:
                strangers.append((name, found))
    assert not strangers


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("th/products/scarf", "th/products/indigo-scarf"),
        ("en/products/scarf", "en/products/indigo-scarf"),
        ("th/news/market", "th/news/year-end-market"),
    ],
)
def test_an_old_address_leads_on_in_its_language(sample_under_path, old, new):
    page = sample_under_path.pages[f"{old}/index.html"]
    assert page.find(".//meta[@http-equiv='refresh']").get("content").endswith(f"/shop/{new}/")
    assert sample_under_path.link(f"{new}/") in hrefs(page)
