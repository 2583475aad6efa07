"""Every host learns from the site itself how to serve it, and no two are told different things."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microsite.publish.hosts import host_files, media_type
from microsite.publish.listing import Listed
from microsite.site.policy import page_policies, sent_policy

SITE = "https://sample.example"
DATA = '<script type="application/ld+json">'
# What these hosts read at most: https://developers.cloudflare.com/pages/platform/limits/
RULES, LINE, REDIRECTS = 100, 2000, 2000


def moved(old, new):
    return Listed(old, False, (), new)


def read_headers(text):
    """Path → headers."""
    rules, path = {}, ""
    for line in text.splitlines():
        if line.startswith(" "):
            name, value = line.strip().split(": ", 1)
            assert name not in rules[path]
            rules[path][name] = value
        else:
            path = line
            rules[path] = {}
    return rules


def policy_of(page):
    """What a page says that it may load and do, before it says anything else."""
    first, *policies = list(page.find("head"))[:3]
    assert first.attrib == {"charset": "utf-8"}
    assert {one.get("http-equiv") for one in policies} == {"Content-Security-Policy"}
    return "; ".join(one.get("content") for one in policies)


# ---- pages


def test_a_page_says_its_policy_before_anything_else_and_within_what_browsers_look_at(site):
    for name, page in site.pages.items():
        policy_of(page)
        start = (site.dist / name).read_bytes()
        assert start.index(b"charset") < 1024
        assert start.index(b"Content-Security-Policy") < start.index(b"href")


def test_a_page_s_policy_names_its_data_and_is_else_what_hosts_send(site):
    for name, page in site.pages.items():
        text = (site.dist / name).read_text("utf-8")
        assert text.count(DATA) <= 1, name
        data = text.partition(DATA)[2].partition("</script>")[0]
        made = base64.b64encode(hashlib.sha256(data.encode()).digest()).decode()
        named = f" 'sha256-{made}'" if data else ""
        plain = sent_policy().removesuffix("; frame-ancestors 'none'")
        assert policy_of(page) == plain.replace("'self';", f"'self'{named};", 1), name


def test_a_page_holds_no_style_and_no_script_but_its_data(site):
    for name, page in site.pages.items():
        for one in page.iter("script"):
            assert one.get("src") or one.get("type") == "application/ld+json", name
        assert not list(page.iter("style")), name
        assert not [one for one in page.iter() if {"style", "onclick"} & one.attrib.keys()], name


@given(st.text(min_size=1))
def test_a_policy_fits_into_an_attribute_whatever_the_data_says(data):
    for policy in page_policies(data):
        assert re.fullmatch(r"[\w ;'+/=-]+", policy, re.ASCII)


# ---- headers


def test_each_file_has_at_most_one_value_of_each_header(site):
    rules = read_headers((site.dist / "_headers").read_text("utf-8"))
    prefix = site.prefix
    common = rules.pop(f"{prefix}/*")
    for path, headers in rules.items():
        assert (
            path == f"{prefix}/assets/*" or (site.dist / path.removeprefix(f"{prefix}/")).is_file()
        )
        assert not headers.keys() & common.keys()
    assert common["Content-Security-Policy"] == sent_policy()
    assert rules[f"{prefix}/assets/*"] == {"Cache-Control": "public, max-age=31536000, immutable"}


def test_headers_and_redirects_keep_within_what_hosts_read(site):
    headers = (site.dist / "_headers").read_text("utf-8")
    assert len(read_headers(headers)) <= RULES
    redirects = (site.dist / "_redirects").read_text("utf-8") if "sample" in str(site.dist) else ""
    assert len(redirects.splitlines()) <= REDIRECTS
    assert max(map(len, [*headers.splitlines(), *redirects.splitlines()])) <= LINE


def test_what_is_kept_for_ever_has_its_bytes_in_its_name(site):
    for path in (site.dist / "assets").rglob("*.*"):
        name = path.relative_to(site.dist).as_posix()
        assert re.search(r"-[0-9a-f]{10}[-./]", name), name


def test_every_file_has_a_type(site):
    for path in site.dist.rglob("[!.]*"):
        if path.is_file() and path.name not in {"_headers", "_redirects"}:
            assert media_type(path.name) != "application/octet-stream", path


def test_a_site_without_https_does_not_ask_for_it():
    for base_url, is_asked in ((SITE, True), ("http://localhost:8000", False)):
        files = host_files([], [], base_url)
        for name in ("_headers", ".nginx.conf"):
            assert (b"Strict-Transport-Security" in files[name]) == is_asked


# ---- redirects


def test_old_addresses_lead_on_with_each_host_s_own_word():
    pages = [moved("/th/เก่า/", "/shop/th/new/"), moved("/", "/shop/th/")]
    files = host_files(pages, [], f"{SITE}/shop")
    old = "/shop/th/%E0%B9%80%E0%B8%81%E0%B9%88%E0%B8%B2/"
    assert files["_redirects"].decode() == f"{old} /shop/th/new/ 301!\n{old} /shop/th/new/ 301\n"
    told = files[".nginx.conf"].decode()
    assert "location = /shop/th/เก่า/ {" in told
    assert "return 301 /shop/th/new/$is_args$args;" in told


def test_the_front_door_is_a_page_and_leads_nowhere_by_itself():
    assert "_redirects" not in host_files([moved("/", "/th/")], [], SITE)


def test_the_order_of_pages_changes_nothing():
    pages = [moved("/th/b/", "/th/x/"), moved("/th/a/", "/th/y/")]
    feeds = ["th/feed.xml", "en/feed.xml"]
    assert host_files(pages, feeds, SITE) == host_files(pages[::-1], feeds[::-1], SITE)


@pytest.mark.parametrize("name", [".nojekyll", "_headers", ".nginx.conf"])
def test_every_output_holds_what_hosts_look_for(site, name):
    assert (site.dist / name).is_file()
