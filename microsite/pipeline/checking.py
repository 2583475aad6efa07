"""What a build would say of a site, without building it; the ledgers kept if that is asked for."""

from __future__ import annotations

from microsite.pipeline.folders import Folders
from microsite.pipeline.lasting import record_addresses
from microsite.pipeline.planning import plan_site
from microsite.pipeline.reading import read_site
from microsite.pipeline.settings import Settings
from microsite.pipeline.translations import record_translations
from microsite.problems import Problem, in_order


def check(settings: Settings, *, is_recorded: bool) -> list[Problem]:
    """Everything that is wrong, in order.

    With `is_recorded` the ledgers of translations and addresses are brought up to date where
    nothing keeps the site from being built; with drafts on it, the addresses are not, for nobody
    has published those.

    Raises:
        Refusal: a ledger cannot be written.
    """
    folders = Folders(settings.home, settings.site)
    problems: list[Problem] = []
    reading = read_site(folders, problems, today=settings.today, drafts=settings.drafts)
    if reading is None:
        return in_order(problems)
    planned = plan_site(
        folders, reading, problems, today=settings.today, base_url=settings.base_url
    )
    if planned is not None and is_recorded:
        record_translations(folders, reading.ledger.data, reading.ledger_now())
        if not settings.drafts:
            record_addresses(folders, planned.addresses, planned.all)
    return in_order(problems)
