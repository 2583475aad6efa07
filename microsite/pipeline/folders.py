"""The two folders that a build reads: the site's own, and ours beneath it."""

from __future__ import annotations

import os

from msgspec import Struct

from microsite.problems import N_, Fault, Place, Problem, problem_of
from microsite.storage.inputs import Found, overlay, read, scan
from microsite.storage.names import LIKE_FILES

INPUTS = ("content", "templates", "assets", "locale")
TEXT_LIMIT = 2 * 1024 * 1024  # bytes of a template, style sheet, drawing or catalogue
# Drawings that our templates need; of all others a site has only its own.
NEUTRAL = ("flags/default.svg", "mark.svg")


class Folders(Struct, frozen=True):
    """Where inputs lie; paths as the caller would open them, with `/`."""

    home: str  # the generator's: templates, assets and locale that a site does not bring
    site: str

    def both(self, name: str) -> tuple[str, str]:
        """The site's folder of this name, and ours."""
        return joined(self.site, name), joined(self.home, name)

    def of_site(self, *parts: str) -> str:
        """A path below the site's folder."""
        return joined(self.site, *parts)

    def has(self, *parts: str) -> bool:
        """Whether there is something at a path below the site's folder, be it a link to nothing."""
        return os.path.lexists(self.of_site(*parts))

    def kept(self, *parts: str) -> str:
        """A folder for results of earlier builds, safe to delete."""
        return self.of_site(".cache", *parts)

    def code(self) -> str:
        """The generator's modules."""
        return joined(self.home, "microsite")

    def inputs(self) -> list[str]:
        """All folders that people edit, as `storage.unchanged.look` takes them."""
        found = (one for name in INPUTS for one in self.both(name))
        return list(dict.fromkeys(os.path.abspath(one) for one in found if os.path.isdir(one)))

    def content(self) -> dict[str, Found]:
        """Everything below content/, by path."""
        return scan(self.of_site("content"), LIKE_FILES)

    def photos(self) -> dict[str, Found]:
        """Photos by their path below assets/photos/: only the site's own."""
        return scan(self.of_site("assets", "photos"))

    def drawings(self) -> dict[str, Found]:
        """Drawings by their path below assets/illustrations/."""
        ours = scan(joined(self.home, "assets", "illustrations"))
        own = scan(self.of_site("assets", "illustrations"))
        return {**{name: ours[name] for name in NEUTRAL}, **own}

    def overlaid(self, folder: str) -> dict[str, Found]:
        """The site's files in templates, assets/css or locale, and ours where it has none."""
        return overlay(self.of_site(folder), joined(self.home, folder))


def read_small(found: Found) -> bytes:
    """The bytes of a template, style sheet, drawing or catalogue.

    Raises:
        Fault: too large, a link, or not to be read.
    """
    return read(found, TEXT_LIMIT)


def read_text(found: Found) -> str:
    """The text of a template.

    Raises:
        Fault: as `read_small`, or not in UTF-8.
    """
    try:
        return read_small(found).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = N_("This file is not saved as UTF-8 (byte {byte}).")
        mend = N_("Save the file again with encoding UTF-8.")
        byte = f"0x{error.object[error.start]:02X}"
        raise Fault("encoding", message, mend, byte=byte) from None


def joined(*parts: str) -> str:
    """A path with `/`, without a leading `./`."""
    return os.path.normpath("/".join(parts)).replace(os.sep, "/")


def read_templates(folders: Folders, problems: list[Problem]) -> dict[str, str]:
    """The text of each template by its path; one that cannot be read is a problem."""
    templates: dict[str, str] = {}
    for path, found in folders.overlaid("templates").items():
        try:
            templates[path] = read_text(found)
        except Fault as fault:
            problems.append(problem_of(fault, Place(found.where)))
    return templates
