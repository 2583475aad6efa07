"""Values: dataclasses that cost next to nothing until the first of a kind is made.

The library writes six methods for each class as its module is loaded, which takes 0.7 ms a class:
with ours, half of the time that a small site takes. Here the only method that must be written,
`__init__`, is written when it is first called, and the others are the same for every class.
"""

from __future__ import annotations

import dataclasses
import operator
from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError, field
from typing import TYPE_CHECKING, Any, NoReturn

__all__ = ["dataclass", "field"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(
        *, slots: bool, frozen: bool = False, kw_only: bool = False, order: bool = False
    ) -> Callable[[type], type]:
        """As `dataclasses.dataclass`, for classes without parents, of the options that we use."""
        if not slots:
            raise TypeError("a value has slots")
        return lambda written: _made(written, frozen, kw_only, order)


def _made(written: type, frozen: bool, kw_only: bool, order: bool) -> type:
    """The class anew, as slots ask for, with the methods of a value."""
    if written.__bases__ != (object,):
        raise TypeError(f"{written.__name__} has parents")
    declared = _declared(written, kw_only)
    compared = _getter([one.name for one in declared.values() if one.compare])
    body = {
        "__init__": _write_init,
        "__repr__": _repr,
        "__match_args__": () if kw_only else tuple(declared),
        "__getstate__": _state,
        "__setstate__": _restore,
        **_comparing(compared),
        **(_ordering(compared) if order else {}),
        **(_frozen(compared) if frozen else {"__hash__": None}),
        **{name: what for name, what in vars(written).items() if name not in declared},
        "__qualname__": written.__qualname__,
        "__dataclass_fields__": declared,
        "__slots__": tuple(declared),
    }
    del body["__dict__"], body["__weakref__"]
    return type(written)(written.__name__, (), body)


def _declared(written: type, kw_only: bool) -> dict[str, Field[Any]]:
    """The fields as `dataclasses` knows them, whose `replace` and `fields` take our values."""
    found: dict[str, Field[Any]] = {}
    for name, type_ in vars(written).get("__annotations__", {}).items():
        default = vars(written).get(name, MISSING)
        one: Any = default if isinstance(default, Field) else field(default=default)
        one.name, one.type, one.kw_only = name, type_, kw_only
        one._field_type = dataclasses._FIELD  # type: ignore[attr-defined] # else not among `fields`
        found[name] = one
    return found


def _write_init(self: Any, *values: Any, **named: Any) -> None:
    """Stands in for `__init__` until the first value of a class is made."""
    made: Any = type(self)
    made.__init__ = _written_init(made)
    made.__init__(self, *values, **named)


def _written_init(made: Any) -> Callable[..., None]:
    known: dict[str, Any] = {"_missing": MISSING}
    taken, lines = [], []
    for name, one in made.__dataclass_fields__.items():
        known[f"_set_{name}"] = vars(made)[name].__set__  # past a frozen `__setattr__`
        value = name
        if one.default_factory is not MISSING:
            known[f"_new_{name}"] = one.default_factory
            taken.append(f"{name}=_missing")
            value = f"_new_{name}() if {name} is _missing else {name}"
        elif one.default is not MISSING:
            known[f"_else_{name}"] = one.default
            taken.append(f"{name}=_else_{name}")
        else:
            taken.append(name)
        lines.append(f" _set_{name}(self, {value})")
    only_named = any(one.kw_only for one in made.__dataclass_fields__.values())
    taken = ["self", *(["*"] if only_named else []), *taken]
    exec(f"def __init__({', '.join(taken)}):\n" + "\n".join(lines or [" pass"]), known)  # noqa: S102 # names of our fields
    init: Callable[..., None] = known["__init__"]
    init.__qualname__ = f"{made.__qualname__}.__init__"  # as an error names it
    return init


def _comparing(compared: Callable[[Any], Any]) -> dict[str, Any]:
    def equal(self: object, other: object) -> Any:
        return compared(self) == compared(other) if type(self) is type(other) else NotImplemented

    return {"__eq__": equal}


def _ordering(compared: Callable[[Any], Any]) -> dict[str, Any]:
    def method(compare: Callable[[Any, Any], bool]) -> Callable[[object, object], Any]:
        return lambda self, other: (
            compare(compared(self), compared(other))
            if type(self) is type(other)
            else NotImplemented
        )

    return {f"__{name}__": method(getattr(operator, name)) for name in ("lt", "le", "gt", "ge")}


def _frozen(compared: Callable[[Any], Any]) -> dict[str, Any]:
    def hashed(self: object) -> int:
        return hash(compared(self))

    return {"__hash__": hashed, "__setattr__": _refuse, "__delattr__": _refuse}


def _refuse(self: object, name: str, *value: object) -> NoReturn:  # noqa: ARG001 # as Python calls it
    raise FrozenInstanceError(f"cannot change field {name!r}")


def _getter(names: Sequence[str]) -> Callable[[Any], Any]:
    return operator.attrgetter(*names) if names else lambda _: ()


def _repr(self: Any) -> str:
    shown = (
        f"{name}={getattr(self, name)!r}"
        for name, one in self.__dataclass_fields__.items()
        if one.repr
    )
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _state(self: Any) -> list[object]:
    return [getattr(self, name) for name in self.__slots__]


def _restore(self: Any, state: Sequence[object]) -> None:
    for name, value in zip(self.__slots__, state, strict=True):
        object.__setattr__(self, name, value)
