"""What search engines read of a piece of news, and of the event that it tells of."""

from __future__ import annotations

from collections.abc import Sequence

from microsite.language.shortening import shortened
from microsite.records.schema import Article
from microsite.site.structured import Node, stated

LONGEST_HEADLINE = 110  # characters; Google Search Central, "Article structured data"


def news_data(
    article: Article, *, url: str, tag: str, pictures: Sequence[str], makers: Sequence[Node]
) -> list[Node]:
    """The article, and its event where it says when and where.

    `url` and `pictures` are absolute; `makers` are those that it is about. Source: Google Search
    Central, "Event structured data": an event without a place is not valid.
    """
    language = article.title.borrowed_from or tag
    shown = stated(image=list(pictures))
    news = {
        "@type": "NewsArticle",
        "@id": f"{url}#article",
        "headline": shortened(article.title.text, LONGEST_HEADLINE),
        "description": article.summary.text,
        "datePublished": article.date.isoformat(),
        "url": url,
        "mainEntityOfPage": url,
        "inLanguage": language,
        **shown,
        **stated(about=list(makers)),
    }
    event, place = article.event, article.event_place
    if event is None or place is None:
        return [news]
    happening = {
        "@type": "Event",
        "@id": f"{url}#event",
        "name": article.title.text,
        "description": article.summary.text,
        "startDate": event.date.isoformat(),
        "endDate": (event.end or event.date).isoformat(),
        "location": {"@type": "Place", "name": place.text, "address": place.text},
        "url": url,
        "inLanguage": language,
        **shown,
    }
    return [news, happening]
