"""Reading a site whole: from its folders to a library of valid records, or what is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from microsite.language.wording import Wording
from microsite.media.renditions import PhotoFacts
from microsite.pipeline.appearance import measure_photos, read_wording
from microsite.pipeline.content import check_content, read_bodies, read_content
from microsite.pipeline.folders import Folders
from microsite.pipeline.translations import Translations, read_translations
from microsite.problems import Fault, Problem, has_errors
from microsite.records.fields import Checked
from microsite.records.library import Library, join
from microsite.records.standing import note_prices
from microsite.site.prose import Prose
from microsite.values import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is known of a site whose content is valid."""

    checked: Sequence[Checked]
    wordings: Mapping[str, Wording]  # by language, the source language first
    photos: Mapping[str, PhotoFacts | Fault]
    prose: Mapping[str, Prose]  # by file
    library: Library
    translations: Translations


def read_site(
    folders: Folders,
    problems: list[Problem],
    *,
    today: dt.date,
    drafts: bool,
    accepted: Sequence[str] = (),
) -> Reading | None:
    """The site in a folder; None where its content has faults, which are among the problems then.

    `accepted` are files of translations that are still right whatever has changed.

    Raises:
        Refusal: one of the accepted files is no translation.
    """
    content = read_content(folders, problems)
    wordings = {tag: read_wording(tag, folders, problems) for tag in content.languages}
    photos = measure_photos(folders)
    prose = read_bodies(content, wordings, problems)
    checked = check_content(
        content, folders, problems, prose=prose, photos=photos, today=today, drafts=drafts
    )
    if not content.languages or has_errors(problems):
        return None
    translations = read_translations(folders, checked, content.languages, accepted, problems)
    library = join(
        checked, content.languages, today=today, drafts=drafts, outdated=translations.keys
    )
    problems += note_prices(library, folders.of_site("content", "site.yaml"))
    return Reading(checked, wordings, photos, prose, library, translations)
