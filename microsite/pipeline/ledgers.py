"""A ledger as a build reads it: one that cannot be read is a warning, and holds nothing."""

from __future__ import annotations

from microsite.pipeline.folders import Folders
from microsite.problems import Fault, Place, Problem, problem_of
from microsite.storage.ledgers import FOLDER, read_ledger_file

ADDRESSES, TRANSLATIONS = "addresses.txt", "translations.tsv"  # their names


def below_content(name: str) -> str:
    """The path of a ledger below content/."""
    return f"{FOLDER}/{name}"


def read_ledger_text(
    folders: Folders, name: str, limit: int, problems: list[Problem]
) -> tuple[str, bytes | None, str]:
    """Where it lies, its bytes (None where they cannot be read), and its text."""
    file = folders.of_site("content", "ledger", name)
    data: bytes | None = None
    try:
        data = read_ledger_file(folders.of_site("content"), name, limit)
    except Fault as fault:
        problems.append(problem_of(fault, Place(file), level="warning"))
    return file, data, (data or b"").decode("utf-8-sig", "replace")
