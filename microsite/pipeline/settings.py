"""What a build is told."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct


class Settings(Struct, frozen=True):
    """What a build is told; paths as the caller would open them."""

    home: str  # the generator's folder: templates, assets and locale that a site does not bring
    site: str  # the site's folder
    output: str
    today: dt.date
    base_url: str = ""  # instead of the one in site.yaml
    drafts: bool = False
    jobs: int = 1
