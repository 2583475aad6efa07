"""A site as a project of Hugo: content as its users would lay it out, templates, settings."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from benchmarks.reading import Told
from microsite.language.writing import language_name
from microsite.records.schema import PARTNER_KINDS, Words
from microsite.site.contact import channels
from microsite.site.viewer import price_of

LAYOUTS = Path(__file__).parent / "hugo"


def write_hugo(home: Path, languages: Mapping[str, Told]) -> None:
    """The project in the folder `home`; `languages` with the source language first."""
    base_url = next(iter(languages.values())).edition.site.base_url
    shutil.copytree(LAYOUTS, home / "layouts")
    _put(home / "static" / "assets" / "site.css", "body { max-inline-size: 60rem }\n")
    settings = {
        "baseURL": f"{base_url}/",
        "defaultContentLanguage": next(iter(languages)),
        "defaultContentLanguageInSubdir": True,
        "disableDefaultLanguageRedirect": True,  # the root is a page of its own
        "disableHugoGeneratorInject": True,
        "disableKinds": ["taxonomy", "term", "rss", "404"],
        "taxonomies": {},  # or the sections of that name would be theirs
        "enableRobotsTXT": True,
        "pagination": {"disableAliases": True},
        # “ and ” in the place of " would be another text.
        "markup": {"goldmark": {"extensions": {"typographer": {"disable": True}}}},
        "languages": {
            tag: {
                "weight": place,
                "contentDir": f"content/{tag}",
                "label": language_name(tag),
                "locale": tag,
                "title": told.edition.site.name.text,
                "params": _known({"footer": told.edition.site.footer}),
            }
            for place, (tag, told) in enumerate(languages.items(), 1)
        },
    }
    _put(home / "hugo.json", json.dumps(settings, ensure_ascii=False, indent=2))
    for tag, told in languages.items():
        _put(home / "i18n" / f"{tag}.yaml", _lines(told.words))
        for path, (fields, body) in _files(told).items():
            _put(home / "content" / tag / path, f"---\n{_lines(_known(fields))}---\n{body}")


def _files(told: Told) -> dict[str, tuple[dict[str, object], str]]:
    """Path below the folder of the language → front matter and Markdown."""
    return _lists(told) | _records(told)


def _lists(told: Told) -> dict[str, tuple[dict[str, object], str]]:
    edition, words, site = told.edition, told.words, told.edition.site
    unlisted = {"list": "never"}
    unseen = {"render": "never", "list": "never"}
    files: dict[str, tuple[dict[str, object], str]] = {
        "_index.md": (
            {"title": site.name, "description": site.tagline, "about": site.description},
            "",
        ),
        "products/_index.md": (
            {"title": words["all-products"], "linkTitle": words["products"]},
            "",
        ),
        "enterprises/_index.md": ({"title": words["makers"], "listed": "makers"}, ""),
        "search.md": ({"title": words["search"], "build": unlisted}, ""),
        "categories/_index.md": ({"build": unseen}, ""),
        "places/_index.md": ({"build": unseen}, ""),
    }
    files["products/_index.md"][0]["listed"] = "products"
    if edition.language == edition.source_language:
        files["404.md"] = (
            {
                "title": words["page-not-found"],
                "url": "/404.html",
                "lost": True,
                "build": unlisted,
                "sitemap": {"disable": True},
            },
            "",
        )
        files["root.md"] = (
            {
                "url": "/index.html",
                "layout": "root",
                "build": unlisted,
                "sitemap": {"disable": True},
            },
            "",
        )
    if edition.articles:
        files["news/_index.md"] = ({"title": words["news"], "listed": "news"}, "")
    if edition.partners:
        hidden = [{"build": {"render": "never"}, "_target": {"kind": "page"}}]
        files["partners/_index.md"] = ({"title": words["partners"], "cascade": hidden}, "")
    terms = (
        ("categories", "category", edition.categories, edition.products_in),
        ("places", "place", edition.places, edition.enterprises_in),
    )
    for folder, kind, known, used in terms:
        for place, (key, term) in enumerate(known.items(), 1):
            if key in used:
                fields: dict[str, object] = {
                    "title": term.name,
                    "about": term.summary,
                    "weight": place,
                }
                fields |= {"listed": kind, "key": key}
                files[f"{folder}/{key}/_index.md"] = fields, ""
    return files


def _records(told: Told) -> dict[str, tuple[dict[str, object], str]]:
    edition = told.edition
    files: dict[str, tuple[dict[str, object], str]] = {}
    for place, maker in enumerate(edition.enterprises.values(), 1):
        ways = [{"url": one.url, "shown": one.shown} for one in channels(maker.contact)]
        files[f"enterprises/{maker.slug}.md"] = (
            {
                "title": maker.name,
                "linkTitle": maker.short_name,
                "description": maker.summary,
                "weight": place,
                "place": maker.place,
                "channels": ways,
                "sources": maker.sources,
            },
            told.body(maker.body),
        )
    for place, product in enumerate(edition.products.values(), 1):
        price = price_of(product)
        files[f"products/{product.slug}.md"] = (
            {
                "title": product.name,
                "description": product.summary,
                "weight": place,
                "enterprise": product.enterprise,
                "category": product.category,
                "place": edition.enterprises[product.enterprise].place,
                "price": str(price) if price else None,
                "unit": product.unit,
                "availability": product.availability,
                "featured": product.featured,
                "sources": product.sources,
            },
            told.body(product.body),
        )
    for place, article in enumerate(edition.articles.values(), 1):
        files[f"news/{article.slug}.md"] = (
            {
                "title": article.title,
                "description": article.summary,
                "date": article.date.isoformat(),
                "weight": place,
                "enterprises": article.enterprises,
                "sources": article.sources,
            },
            told.body(article.body),
        )
    partners = sorted(edition.partners.values(), key=lambda one: PARTNER_KINDS.index(one.kind))
    for place, partner in enumerate(partners, 1):
        files[f"partners/{partner.slug}.md"] = (
            {
                "title": partner.name,
                "description": partner.summary,
                "weight": place,
                "website": partner.website,
                "sources": partner.sources,
            },
            told.body(partner.body),
        )
    for place, page in enumerate(edition.pages.values(), 1):
        fields: dict[str, object] = {"title": page.title, "description": page.summary}
        files[f"{page.slug}.md"] = (
            fields | {"weight": place, "menus": page.menu},
            told.body(page.body),
        )
    return files


def _known(fields: Mapping[str, object]) -> dict[str, object]:
    """The fields that are stated, words as plain text."""
    plain = {
        name: value.text if isinstance(value, Words) else value for name, value in fields.items()
    }
    return {name: value for name, value in plain.items() if value not in (None, (), [])}


def _lines(fields: Mapping[str, object]) -> str:
    """As YAML, of which JSON is a part."""
    return "".join(
        f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items()
    )


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
