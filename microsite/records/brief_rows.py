"""Briefs and problems as what JSON can hold, for a later build, and back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from microsite.problems import Place, Problem
from microsite.records.briefs import Brief, Mention

_DAYS = ("publish_date", "expiry_date", "date")


def write_brief(brief: Brief) -> list[Any]:
    """All but its files; `read_brief` gives back an equal brief."""
    facts = dict(brief.facts)
    for name in _DAYS:
        if name in facts:
            facts[name] = facts[name].isoformat()
    files = list(brief.files.values())
    return [
        brief.type,
        brief.slug,
        facts,
        brief.is_priced,
        brief.is_checked,
        brief.has_marks,
        brief.names,
        brief.name_keys,
        brief.name_places,
        brief.translated,
        brief.with_body,
        brief.values,
        brief.bodies,
        [
            [
                one.type,
                one.slug,
                files.index(one.place.file),
                one.place.line,
                one.place.column,
                one.width,
                one.is_maker,
            ]
            for one in brief.mentions
        ],
        brief.photos,
    ]


def read_brief(row: list[Any], files: dict[str, str]) -> Brief:
    """The brief that was written; `files` by language, the source language first."""
    type, slug, facts, priced, checked, marks, names, keys, places, *more = row
    translated, bodied, values, bodies, mentions, photos = more
    for name in _DAYS:
        if name in facts:
            facts = {**facts, name: dt.date.fromisoformat(facts[name])}
    paths = list(files.values())
    return Brief(
        type,
        slug,
        facts,
        priced,
        checked,
        marks,
        files,
        names,
        keys,
        {tag: (line, column, width) for tag, (line, column, width) in places.items()},
        tuple(translated),
        tuple(bodied),
        values,
        bodies,
        tuple(
            Mention(of, name, Place(paths[file], line, column), width, is_maker)
            for of, name, file, line, column, width, is_maker in mentions
        ),
        tuple(photos),
    )


def write_problem(problem: Problem) -> list[Any]:
    """`read_problem` gives back one that says the same."""
    place, values = problem.place, {name: str(value) for name, value in problem.values.items()}
    said = [problem.rule, problem.message, problem.remedy, values, problem.level]
    return [place.file, place.line, place.column, *said, problem.line_text, problem.width]


def read_problem(row: list[Any]) -> Problem:
    """The problem that was written."""
    return Problem(Place(*row[:3]), *row[3:])
