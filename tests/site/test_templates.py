"""A site's own templates and styles: a slip in them is told once, at its file and line."""

import datetime as dt
from pathlib import Path

import pytest

from microsite.language.wording import ENGLISH, Wording
from microsite.pipeline.build import build
from microsite.pipeline.settings import Settings
from microsite.site.templates import Templates, environment

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def told(copy_of, tmp_path, request):
    """Builds the smallest site with one file of its own; the answer is what was wrong."""

    def build_with(path, text):
        site = copy_of("tiny", tmp_path)
        own = site / path
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_text(text, encoding="utf-8")
        day = dt.date(2026, 11, 24)
        jobs = getattr(request, "param", 1)
        built = build(Settings(str(ROOT), str(site), str(site / "dist"), day, jobs=jobs))
        assert not (site / "dist").exists()
        errors = [one for one in built.problems if one.level == "error"]
        return [(one.rule, Path(one.place.file), one.place.line) for one in errors], own

    return build_with


ROPE = "{% macro rope() %}\n<div>\nHERE\n</div>\n{% endmacro %}\n"


@pytest.mark.parametrize("told", [1, 2], ids="with {} at once".format, indirect=True)
@pytest.mark.parametrize(
    "slip",
    [
        "{{ nothing }}",
        "{{ 1 / none }}",
        "{% if %}",
        "{% include 'parts/away.html' %}",
        "{{ [][7].x }}",
    ],
)
def test_a_slip_in_a_part_is_told_once_where_it_is(told, slip):
    errors, own = told("templates/parts/rope.html", ROPE.replace("HERE", slip))
    assert errors == [("template-unusable", own, 3)]


def test_a_slip_in_a_style_sheet_names_the_file(told):
    errors, own = told("assets/css/parts/rope.css", "@layer parts { .rope { color: red }")
    assert errors == [("style-open-end", own, 1)]


SVG = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9' {}/>"


def test_a_drawing_that_is_none_names_the_file(told):
    errors, own = told("assets/illustrations/mark.svg", SVG.format("onload='alert(1)'"))
    assert errors == [("drawing-attribute", own, 1)]


TEXTS = {
    "page.html": "{{ 2022 | year }} {{ _('Products') }}{% include 'part.html' %}",
    "part.html": " {{ [5, 6] | months }}",
}


def test_templates_compiled_once_speak_each_language():
    templates = Templates(TEXTS)
    thai = Wording("th", {"Products": "สินค้า"})
    pages = [environment(templates, words).get_template("page.html") for words in (ENGLISH, thai)]
    assert [page.render() for page in pages] == ["2022 Products May–Jun", "2565 สินค้า พ.ค.–มิ.ย."]
