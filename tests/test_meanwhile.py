"""Files of a site that come, go and change while it is being built."""

import datetime as dt
import time
from pathlib import Path

import pytest

from microsite.pipeline.build import build
from microsite.pipeline.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
CRATE = "assets/photos/mango/crate.jpg"


@pytest.fixture
def site(copy_of, tmp_path):
    return copy_of("sample-market", tmp_path / "site")


def built(site, when="", meanwhile=lambda: None):
    """The site built; at the step `when`, something happens to its files meanwhile."""
    left = [when]

    def step(said):
        if said in left:
            left.remove(said)
            meanwhile()

    settings = Settings(str(ROOT), str(site), str(site / "dist"), dt.date(2026, 11, 24))
    return build(settings, step)


def told(built):
    return {(one.rule, Path(one.place.file).name) for one in built.problems if one.level == "error"}


@pytest.mark.parametrize("when", ["Reading", "Rendering", "Preparing photos"])
@pytest.mark.parametrize("has_been_built", [False, True])
def test_a_photo_that_goes_is_told_as_missing(site, when, has_been_built):
    if has_been_built:
        edit_after_a_build(site)
    done = built(site, when, (site / CRATE).unlink)
    if done.written is None:
        assert told(done) == {("photo-unknown", "mango.md")}
    else:  # it was not needed any more; the next build tells
        assert told(built(site)) == {("photo-unknown", "mango.md")}


@pytest.mark.parametrize(
    "path",
    ["site.yaml", "th/site.yaml", "th/products/mango.md", "th/enterprises/sample-orchard.md"],
)
@pytest.mark.parametrize("when", ["Reading", "Rendering"])
def test_content_that_goes_is_told_and_the_last_good_site_stays(site, path, when):
    edit_after_a_build(site)
    before = {one: one.read_bytes() for one in (site / "dist").rglob("*.html")}
    done = built(site, when, (site / "content" / path).unlink)
    if done.written is None:
        assert done.problems
        assert {one: one.read_bytes() for one in (site / "dist").rglob("*.html")} == before
    assert built(site).written is None


def edit_after_a_build(site):
    """Leaves a site of which a build reads nothing but one entry."""
    for sentence in ("", "\nหวานมาก\n"):
        durian = site / "content/th/products/durian.md"
        durian.write_text(durian.read_text("utf-8") + sentence, "utf-8")
        time.sleep(0.05)  # what was saved just now would be looked at twice
        if not sentence:
            assert built(site).written


def test_a_fault_of_ours_is_not_taken_for_a_change_of_files(site):
    def slip():
        raise KeyError("a slip")

    time.sleep(0.05)
    with pytest.raises(KeyError, match="a slip"):
        built(site, "Rendering", slip)
