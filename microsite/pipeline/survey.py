"""What there is still to do on a site, without building it; the ledger brought up to date."""

from __future__ import annotations

from collections.abc import Sequence

from microsite.pipeline.build import Settings
from microsite.pipeline.folders import Folders
from microsite.pipeline.reading import Reading, read_site
from microsite.pipeline.translations import record_translations
from microsite.problems import Problem, in_order
from microsite.records.standing import Standing, stand
from microsite.values import dataclass


@dataclass(frozen=True, slots=True)
class Survey:
    """How far a site is. `standing` is None where faults keep its content from being read."""

    problems: list[Problem]
    standing: Standing | None


def survey(settings: Settings, accepted: Sequence[str] = ()) -> Survey:
    """How far the site is; its ledger of translations is brought up to date.

    `accepted` are files of translations that are still right whatever has changed.

    Raises:
        Refusal: one of them is no translation, or the ledger cannot be written.
    """
    folders = Folders(settings.home, settings.site)
    problems: list[Problem] = []
    reading = read_site(
        folders, problems, today=settings.today, drafts=settings.drafts, accepted=accepted
    )
    if reading is None:
        return Survey(in_order(problems), None)
    record_translations(folders, reading.translations)
    return Survey(in_order(problems), standing_of(reading))


def standing_of(reading: Reading) -> Standing:
    """What there is still to do on a site that was read."""
    return stand(reading.checked, reading.library, reading.translations.outdated)


def keep_ledger(settings: Settings, reading: Reading) -> bool:
    """Whether the ledger of translations has been written, after a good build.

    Raises:
        Refusal: it cannot be written.
    """
    return record_translations(Folders(settings.home, settings.site), reading.translations)
