"""Every page brings the styles of what it shows, and not those of other pages."""

from __future__ import annotations

import re

import pytest
import tinycss2

from microsite.site.makeup import parts_of


@pytest.mark.parametrize(
    ("templates", "parts"),
    [
        ({"page.html": "no parts"}, set()),
        ({"page.html": '{% from "parts/a.html" import a %}'}, {"a"}),
        ({"page.html": "{%- from 'parts/a.html' import a -%}"}, {"a"}),
        (
            {
                "page.html": '{% extends "layouts/base.html" %}',
                "layouts/base.html": '{% from "parts/a.html" import a %}',
                "parts/a.html": '{%- from "parts/b.html" import b -%}',
                "parts/b.html": '{%- from "parts/a.html" import a -%}',
                "parts/c.html": "",
            },
            {"a", "b"},
        ),
        ({"page.html": '<p class="a a--large b__name">', "parts/b.html": ""}, {"b"}),
    ],
)
def test_parts_are_found_through_layouts_and_other_parts(templates, parts):
    assert parts_of(templates) == {"page.html": parts}


def sheet_of(site, page):
    links = [one.get("href") for one in page.iter("link") if one.get("rel") == "stylesheet"]
    assert len(links) == 1
    return (site.dist / links[0].removeprefix(f"{site.prefix}/")).read_text("utf-8")


def styled(css):
    """Classes that a sheet has rules for."""
    tokens = tinycss2.parse_component_value_list(css)
    return set(re.findall(r"\.(-?[a-z_][\w-]*)", tinycss2.serialize(tokens)))


def scripts_of(site, page):
    """What the scripts of a page say, those that they import too."""
    folders = {
        (site.dist / one.get("src").removeprefix(f"{site.prefix}/")).parent
        for one in page.iter("script")
        if one.get("src")
    }
    names = {one.get("src").rpartition("/")[2] for one in page.iter("script") if one.get("src")}
    text = ""
    for folder in folders:
        there = {path.name: path.read_text("utf-8") for path in folder.glob("*.js")}
        while names:
            name = names.pop()
            text += there.get(name, "")
            names |= set(re.findall(r'"\./([\w.-]+)"', there.pop(name, "")))
    return text


def test_a_page_has_the_styles_of_all_that_it_shows(site):
    sheets = {name: styled(sheet_of(site, page)) for name, page in site.pages.items()}
    known = set().union(*sheets.values())
    for name, page in site.pages.items():
        shown = {word for one in page.iter() for word in one.get("class", "").split()}
        shown |= set(re.findall(r"[\"'`.\s]([a-z][\w-]*)", scripts_of(site, page))) & {
            word for word in known if "__" in word
        }
        lost = (shown & known) - sheets[name]
        assert not lost, name


def test_a_page_leaves_out_the_styles_of_other_pages(site):
    lost, home = (
        styled(sheet_of(site, site.pages[name])) for name in ("404.html", "th/index.html")
    )
    assert "hero" in home and "hero" not in lost
    assert "lost" in lost and "lost" not in home
