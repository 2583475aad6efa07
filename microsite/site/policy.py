"""Policy: what a page may load and do, for hosts that send it and for pages that carry it."""

from __future__ import annotations

import base64
import hashlib

from markupsafe import Markup

# To other hosts goes the name of ours alone, so that shops and makers know who sends them visitors.
REFERRER = "strict-origin-when-cross-origin"

# Nothing, then what pages use: scripts, styles, pictures and the face, all of this host; scripts
# fetch the search index there. https://www.w3.org/TR/CSP3/
_SCRIPTS = "script-src 'self'"
_LOADS = "; ".join(
    [
        "default-src 'none'",
        _SCRIPTS,
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
    ]
)
# The search form leads to this host, and no script makes markup or programs of text.
# https://www.w3.org/TR/trusted-types/
_DOES = "; ".join(
    [
        "base-uri 'none'",
        "form-action 'self'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]
)


def sent_policy() -> str:
    """The Content-Security-Policy that a host sends with every answer.

    Only there can it forbid other sites to show a page in a frame.
    """
    return f"{_LOADS}; {_DOES}; frame-ancestors 'none'"


def page_policies(data: str) -> tuple[Markup, Markup]:
    """The Content-Security-Policy of one page in two `meta` elements, ready for attributes.

    `data`: the text of the page's data block (JSON-LD), or "". Browsers do not run such a block
    and let it pass; the Nu HTML checker wants its hash named. Browsers also hold a page to each of
    its policies, so two say what one would; the checker looks at the last one only, and 26.9 takes
    every address without a host for one that no list of sources allows (`CspEnforcementChecker`).
    """
    loads = _LOADS
    if data:
        made = base64.b64encode(hashlib.sha256(data.encode()).digest()).decode()
        loads = loads.replace(_SCRIPTS, f"{_SCRIPTS} 'sha256-{made}'")
    return Markup(loads), Markup(_DOES)  # noqa: S704 # constants and base64
