"""`schema`: what an entry may hold, for editors (JSON Schema) or for people (a table)."""

from __future__ import annotations

import json

from microsite.cli.options import Options
from microsite.editing.schemas import Scope, field_table, json_schema
from microsite.records.schema import TYPES


def run(options: Options) -> int:
    """0."""
    typed, wording = options.typed, options.wording
    if typed.table:
        print(field_table(wording, [typed.type] if typed.type else list(TYPES)))
        return 0
    scope: Scope = "words" if typed.words else "all"
    if typed.type:
        print(_as_json(json_schema(typed.type, wording, scope)))
    else:
        print(_as_json({type: json_schema(type, wording, scope) for type in TYPES}))
    return 0


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
