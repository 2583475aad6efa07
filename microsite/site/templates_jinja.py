"""Jinja with shortcuts where pages spend their time: the same HTML, in half of it.

Each leaves out what our templates never ask for. A test compares pages with those of plain Jinja.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from functools import partial
from types import CodeType
from typing import Any

import markupsafe
from jinja2 import Environment, Template
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup

from microsite.records.schema import Words
from microsite.site.later import Later

# `escape` wraps in a `Markup` what this gives, only for it to be joined to a page.
_in_html: Callable[[str], str] = getattr(markupsafe, "_escape_inner", markupsafe.escape)
_markup: Callable[[str], Markup] = partial(str.__new__, Markup)  # for what is surely a text


class QuickEnvironment(Environment):
    """One whose templates share the globals, and take each other without looking twice."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.context_class = _Context
        self.template_class = _Template
        self._taken: dict[str, Template] = {}

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Those of the environment: a ChainMap for each template is slow to look into."""
        return {**self.globals, **d} if d else self.globals

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """As Jinja gives it; a page of ours takes about twenty, which stay as they are."""
        if globals or isinstance(name, Template):
            return super().get_template(name, parent, globals)
        if name not in self._taken:
            self._taken[name] = super().get_template(name, parent)
        return self._taken[name]


class _Context(Context):
    # what is made later is made for templates that name it, which do not see the difference
    def resolve_or_missing(self, key: str) -> Any:
        found = self.vars[key] if key in self.vars else self.parent.get(key, missing)
        return found() if type(found) is Later else found

    def call(
        self,
        called: Callable[..., Any],
        *values: Any,
        _loop_vars: object = None,
        _block_vars: object = None,
        **named: Any,
    ) -> Any:
        # Jinja asks each function four times whether it wants the context. Of ours, none does.
        return called(*values, **named)


class _Macro(Macro):
    def __call__(self, *values: Any, **named: Any) -> str:
        # the usual way to call one, without all that Jinja looks at for the others
        lacking = self._argument_count - len(values)
        if named or lacking < 0 or self.caller or self.catch_kwargs or self.catch_varargs:
            return super().__call__(*values, **named)
        return _markup(self._func(*values, *[missing] * lacking))


class _Template(Template):
    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,  # noqa: ARG003 # ours always are
    ) -> Template:
        names = {"environment": environment, "__file__": code.co_filename}
        exec(code, names)  # noqa: S102 # as Jinja does it
        names.update(escape=_escaped, Macro=_Macro)  # where the code looks for them
        return cls.from_module_dict(environment, names, globals)

    def _get_default_module(self, ctx: Context | None = None) -> Any:  # noqa: ARG002
        # globals, which Jinja compares at each import, are the same for all templates
        if self._module is None:
            self._module = self.make_module()
        return self._module


def _escaped(value: object) -> str:
    """A value as it stands in a page: what `markupsafe.escape` says, to be joined at once."""
    kind = type(value)
    if kind is str:
        return _in_html(value)  # type: ignore[arg-type]
    if kind is Words:
        return _in_html(value.text)  # type: ignore[attr-defined]
    if kind is int:
        return str(value)
    if kind is Markup:
        return value  # type: ignore[return-value]
    return markupsafe.escape(value)
