"""The pages of a site, planned but not rendered."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from microsite.pipeline.folders import Folders
from microsite.pipeline.planning import plan_site
from microsite.pipeline.reading import read_site

ROOT = Path(__file__).resolve().parents[2]
TODAY = dt.date(2026, 11, 24)


def plan_of(folder, *, drafts=False):
    problems = []
    folders = Folders(str(ROOT), str(folder))
    reading = read_site(folders, problems, today=TODAY, drafts=drafts)
    assert reading is not None, problems
    planned = plan_site(folders, reading, problems, today=TODAY, base_url="")
    assert planned is not None, problems
    return reading, planned


@pytest.fixture(scope="session")
def planned(copy_of, tmp_path_factory):
    """The sample market, drafts left out."""
    return plan_of(copy_of("sample-market", tmp_path_factory.mktemp("planned")))[1]


@pytest.fixture(scope="session")
def plan_folder():
    """Plans the site in a folder; the answer is what was read and what was planned."""
    return plan_of
