"""What there is still to do on a site, without building it; the ledger brought up to date."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from microsite.pipeline.folders import Folders
from microsite.pipeline.ledgers import TRANSLATIONS, below_content
from microsite.pipeline.reading import Reading
from microsite.pipeline.settings import Settings
from microsite.pipeline.translations import record_translations
from microsite.pipeline.whole import read_whole
from microsite.problems import Problem, in_order
from microsite.records.fields import Checked
from microsite.records.standing import Standing, stand


class Survey(Struct, frozen=True):
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
    whole = read_whole(
        folders, problems, today=settings.today, drafts=settings.drafts, accepted=accepted
    )
    if whole is None:
        return Survey(in_order(problems), None)
    translations = whole.translations
    record_translations(folders, translations.data, translations.lines)
    standing = stand(whole.checked, whole.library, translations.outdated)
    return Survey(in_order(problems), standing)


def read_files(settings: Settings) -> Sequence[Checked]:
    """Every content file with all that was typed; none while the content has faults."""
    folders = Folders(settings.home, settings.site)
    whole = read_whole(folders, [], today=settings.today, drafts=settings.drafts)
    return whole.checked if whole else ()


def keep_ledger(settings: Settings, reading: Reading) -> str:
    """The ledger of translations if it has been written, after a good build, else "".

    Raises:
        Refusal: it cannot be written.
    """
    folders = Folders(settings.home, settings.site)
    is_written = record_translations(folders, reading.ledger.data, reading.ledger_now())
    return folders.of_site("content", below_content(TRANSLATIONS)) if is_written else ""
