"""A catalogue as sites of Pelican, one a language: makers are its pages, products articles."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from benchmarks.reading import Told
from microsite.language.writing import language_name
from microsite.site.contact import channels
from microsite.site.viewer import price_of

THEME = Path(__file__).parent / "pelican"


def write_pelican(home: Path, languages: Mapping[str, Told]) -> None:
    """Settings, content and theme in the folder `home`."""
    shutil.copytree(THEME, home / "theme" / "templates")
    (home / "theme" / "static").mkdir()
    for tag, told in languages.items():
        _put(home / f"{tag}.py", _settings(tag, languages))
        for path, text in _files(told).items():
            _put(home / "content" / tag / path, text)


def _settings(tag: str, languages: Mapping[str, Told]) -> str:
    edition, words = languages[tag].edition, languages[tag].words
    settings = {
        "SITENAME": edition.site.name.text,
        "SITEURL": edition.site.base_url,
        "TAGLINE": edition.site.tagline.text,
        "FOOTER": edition.site.footer.text if edition.site.footer else "",
        "PATH": f"content/{tag}",
        "OUTPUT_PATH": f"output/{tag}",
        "THEME": "theme",
        "TIMEZONE": "Asia/Bangkok",
        "DEFAULT_LANG": tag,
        "DEFAULT_DATE": (2026, 11, 25),
        "LANGUAGES": [(one, language_name(one)) for one in languages],
        "WORDS": dict(words),
        "CATEGORIES": {key: term.name.text for key, term in edition.categories.items()},
        "PLACES": {key: term.name.text for key, term in edition.places.items()},
        "MAKERS": {
            key: (one.short_name or one.name).text for key, one in edition.enterprises.items()
        },
        "ARTICLE_PATHS": ["products"],
        "PAGE_PATHS": ["enterprises"],
        "STATIC_PATHS": [],
        "SLUGIFY_SOURCE": "basename",
        "ARTICLE_ORDER_BY": "rank",
        "PAGE_ORDER_BY": "rank",
        "ARTICLE_URL": "products/{slug}/",
        "ARTICLE_SAVE_AS": "products/{slug}/index.html",
        "PAGE_URL": "enterprises/{slug}/",
        "PAGE_SAVE_AS": "enterprises/{slug}/index.html",
        "CATEGORY_URL": "categories/{slug}/",
        "CATEGORY_SAVE_AS": "categories/{slug}/index.html",
        "TAG_URL": "places/{slug}/",
        "TAG_SAVE_AS": "places/{slug}/index.html",
        "AUTHOR_SAVE_AS": "",
        "DIRECT_TEMPLATES": ["index", "home", "enterprises", "search"],
        "INDEX_SAVE_AS": "products/index.html",
        "HOME_SAVE_AS": "index.html",
        "ENTERPRISES_SAVE_AS": "enterprises/index.html",
        "SEARCH_SAVE_AS": "search/index.html",
        "DEFAULT_PAGINATION": 60,
        "PAGINATED_TEMPLATES": {"index": None, "category": None, "tag": None},
        "FEED_ALL_ATOM": None,
        "CATEGORY_FEED_ATOM": None,
        "TRANSLATION_FEED_ATOM": None,
        "AUTHOR_FEED_ATOM": None,
        "AUTHOR_FEED_RSS": None,
    }
    lines = [f"{name} = {value!r}" for name, value in settings.items()]
    lines.insert(0, "import json\n\nJINJA_FILTERS = {'from_json': json.loads}")
    lines.append(
        "PAGINATION_PATTERNS = [\n"
        '    (1, "{base_name}/", "{base_name}/index.html"),\n'
        '    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),\n'
        "]"
    )
    return "\n".join(lines) + "\n"


def _files(told: Told) -> dict[str, str]:
    edition = told.edition
    files: dict[str, str] = {}
    for rank, maker in enumerate(edition.enterprises.values(), 1):
        fields = {
            "title": maker.name.text,
            "summary": maker.summary.text,
            "rank": f"{rank:06}",  # Pelican sorts by text
            "place": maker.place,
            "ways": json.dumps([(one.url, one.shown) for one in channels(maker.contact)]),
            "origins": json.dumps(maker.sources, ensure_ascii=False),
        }
        files[f"enterprises/{maker.slug}.md"] = _file(fields, told.body(maker.body))
    for rank, product in enumerate(edition.products.values(), 1):
        fields = {
            "title": product.name.text,
            "summary": product.summary.text,
            "rank": f"{rank:06}",
            "maker": product.enterprise,
            "author": product.enterprise,  # so that Pelican knows who has made what
            "category": product.category,
            "tags": edition.enterprises[product.enterprise].place,
            "price": str(price_of(product) or ""),
            "unit": product.unit.text if product.unit else "",
            "availability": product.availability or "",
            "origins": json.dumps(product.sources, ensure_ascii=False),
        }
        files[f"products/{product.slug}.md"] = _file(fields, told.body(product.body))
    return files


def _file(fields: Mapping[str, str], body: str) -> str:
    stated = "".join(f"{name}: {value}\n" for name, value in fields.items() if value)
    return f"{stated}\n{body}"


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
