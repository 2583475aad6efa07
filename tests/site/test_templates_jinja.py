"""What makes templates quicker than plain Jinja changes no byte of a page, and no message."""

import datetime as dt
from pathlib import Path

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2.runtime import Context
from markupsafe import Markup

from microsite.language.wording import ENGLISH
from microsite.pipeline.build import build
from microsite.pipeline.settings import Settings
from microsite.records.schema import Words
from microsite.site import templates
from microsite.site.later import Later
from microsite.site.templates import Templates, environment

ROOT = Path(__file__).resolve().parents[2]
PARTS = {
    "parts.html": """
{% macro tag(name, text="<none>", more=none) -%}
<{{ name }}>{{ text }}{{ more }}</{{ name }}>
{%- endmacro %}
{% macro lacks(one, two) %}{{ one }}{{ two }}{% endmacro %}
{% macro every() %}{{ varargs | join(",") }}{{ kwargs.a }}{% endmacro %}
{% macro box(title) %}[{{ title }}: {{ caller("<b>") }}]{% endmacro %}
{% macro at_will(caller=none) %}{{ caller() if caller else "alone" }}{% endmacro %}
{% macro calls() %}{{ caller() }}{% endmacro %}
{% set shade = "<grey>" %}""",
    "frame.html": "{% block title %}T{%endblock%}{{ self.title() }}{% block main %}{% endblock %}",
    "bit.html": "{{ words }}{{ late }}",
}
TAG = "{% from 'parts.html' import tag %}"
SHOWN = [
    "{{ text }}{{ words }}{{ markup }}{{ 3 }}{{ true }}{{ none }}{{ 2.5 }}{{ day }}{{ [text] }}",
    "{{ words.text }}{{ table.key }}{{ table['key'] }}{{ table.away is defined }}{{ text[0] }}",
    "{{ late }}{% if late %}{{ late | upper }}{% endif %}{{ late is defined }}",
    "{% set x %}<i>{{ text }}</i>{% endset %}{{ x }}{{ text ~ markup ~ x }}",
    "{% for one in [text, 2] %}{{ loop.index }}{{ one }}{{ dict(a=one).a }}{% endfor %}",
    TAG + "{{ tag('p') }}{{ tag('p', text) }}{{ tag(text='x', name=1) }}",
    TAG + "{{ tag('p', more=late) }}{{ tag('p', tag('b', markup)) }}",
    TAG + "{% for a in 'xy' %}{{ tag(a, loop.index) }}{% endfor %}",
    "{% import 'parts.html' as a %}{{ a.tag('p', a.shade) }}{{ a.every(1, 2, a=3) }}",
    "{% from 'parts.html' import box %}{% call(b) box(text) %}{{ b }}{{ words }}{% endcall %}",
    "{% from 'parts.html' import at_will %}{{ at_will() }}{% call at_will() %}c{% endcall %}",
    "{% macro own(n) %}{{ n }}{{ own(n - 1) if n }}{% endmacro %}{{ own(3) }}",
    "{% extends 'frame.html' %}{% block title %}{{ super() }}{{ text }}{% endblock %}",
    "{% extends 'frame.html' %}{% block main %}{{ late }}{{ _('<Home>') }}{% endblock %}",
    "{% include 'bit.html' %}{% with words=1 %}{{ words }}{% include 'bit.html' %}{% endwith %}",
    "{% autoescape false %}{{ text }}{{ words }}{% endautoescape %}{{ text }}",
    "{% autoescape markup == text %}{{ text }}{% endautoescape %}",
    "{% filter upper %}{{ text }}{% endfilter %}{{ '%s' | format(text) }}{{ range(3) | list }}",
]
SLIPS = [
    "{{ nothing }}",
    "{{ nothing() }}",
    "{{ text() }}",
    "{{ words.away.far }}",
    TAG + "{{ tag() }}",
    "{% from 'parts.html' import lacks %}{{ lacks(1) }}",
    TAG + "{{ tag(1, 2, 3, 4) }}",
    TAG + "{{ tag(1, colour=2) }}",
    TAG + "{% call tag(1) %}{% endcall %}",
    "{% from 'parts.html' import calls %}{{ calls() }}",
    "{% from 'parts.html' import away %}{{ away() }}",
    "{% include 'away.html' %}",
]
VALUES = {
    "text": "<a href='x'>R&amp;D \"ก\"</a>",
    "words": Words("<i>ข & ค</i>", "th"),
    "markup": Markup("<hr>"),
    "day": dt.date(2026, 11, 24),
    "table": {"key": "<k>"},
}


class Plainly(Context):
    """As Jinja does it, but for what is made late."""

    def resolve_or_missing(self, key):
        found = super().resolve_or_missing(key)
        return found() if isinstance(found, Later) else found


class Plain(jinja2.Environment):
    """Jinja as it is."""

    context_class = Plainly


def both(texts):
    """Our templates, and plain ones with the same texts, filters and words."""
    quick = environment(Templates({**PARTS, **texts}), ENGLISH)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(templates, "QuickEnvironment", Plain)
        return quick, environment(Templates({**PARTS, **texts}), ENGLISH)


@pytest.mark.parametrize("text", SHOWN)
def test_a_template_shows_what_plain_jinja_shows_each_time(text):
    for _ in range(2):
        quick, plain = (
            made.get_template("page.html").render(VALUES, late=Later(lambda: "<late>"))
            for made in both({"page.html": text})
        )
        assert quick == plain


@pytest.mark.parametrize("text", SLIPS)
def test_a_slip_is_told_as_plain_jinja_tells_it(text):
    told = []
    for made in both({"page.html": text}):
        with pytest.raises((jinja2.TemplateError, TypeError)) as slip:
            made.get_template("page.html").render(VALUES)
        told.append((slip.type, str(slip.value)))
    assert told[0] == told[1]


ONE = both({"one.html": "{{ value }}"})


@given(st.text() | st.integers() | st.floats() | st.booleans() | st.none() | st.dates())
def test_any_value_stands_in_a_page_as_in_plain_jinja(value):
    quick, plain = (made.get_template("one.html").render(value=value) for made in ONE)
    assert quick == plain


def test_a_whole_site_is_what_plain_jinja_makes_of_it(copy_of, tmp_path, monkeypatch):
    sites = []
    for kind in (templates.QuickEnvironment, Plain):
        monkeypatch.setattr(templates, "QuickEnvironment", kind)
        site = copy_of("tiny", tmp_path / kind.__name__)
        today = dt.date(2026, 11, 24)
        built = build(Settings(str(ROOT), str(site), str(site / "dist"), today))
        assert built.written, built.problems
        sites.append({one.relative_to(site): one.read_bytes() for one in site.rglob("dist/**/*.*")})
    assert sites[0] == sites[1]


def test_what_nobody_asks_for_is_not_made_and_what_somebody_does_once():
    made = []
    late = Later(lambda: made.append("made") or "late")
    shown = environment(
        Templates({"a.html": "{{ x }}{{ x }}{% block b %}{{ x }}{% endblock %}", "b.html": "y"}),
        ENGLISH,
    )
    assert (shown.get_template("b.html").render(x=late), made) == ("y", [])
    assert (shown.get_template("a.html").render(x=late), made) == ("late" * 3, ["made"])
