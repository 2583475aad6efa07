"""Values: whatever is done with one is what `dataclasses` would have done."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys

import pytest

from microsite import values
from microsite.problems import Place


def _classes(module):
    """The same four classes, made by this module or by the library."""

    @module.dataclass(frozen=True, slots=True)
    class Plain:
        """A value."""

        name: str
        size: int = 3
        more: dict = module.field(default_factory=dict, compare=False, repr=False)

        def doubled(self):
            return self.size * 2

    @module.dataclass(frozen=True, slots=True, kw_only=True)
    class Named:
        """Given by name."""

        second: str = "b"
        first: str

    @module.dataclass(frozen=True, slots=True, order=True)
    class Ordered:
        """In order."""

        file: str
        line: int = 1

    @module.dataclass(slots=True)
    class Loose:
        """One that changes."""

        seen: int = 0

    return Plain, Named, Ordered, Loose


PAIRS = list(zip(_classes(values), _classes(dataclasses), strict=True))
GIVEN = [
    (0, ("a",), {}),
    (0, ("a", 4), {"more": {"x": 1}}),
    (1, (), {"first": "a"}),
    (2, ("f", 2), {}),
    (3, (7,), {}),
]
WRONG = [
    (0, (), {}),
    (0, ("a", 1, {}, 2), {}),
    (0, ("a",), {"wide": 1}),
    (0, ("a",), {"name": "b"}),
    (1, ("a",), {}),
    (1, (), {"second": "c"}),
]


@pytest.mark.parametrize(("which", "given", "named"), GIVEN)
def test_a_value_is_what_the_library_would_have_made(which, given, named):
    ours, theirs = (made(*given, **named) for made in PAIRS[which])
    assert repr(ours).rpartition(">")[2] == repr(theirs).rpartition(">")[2]
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert type(ours).__match_args__ == type(theirs).__match_args__
    assert type(ours).__doc__ == type(theirs).__doc__
    assert [one.name for one in dataclasses.fields(ours)] == list(type(theirs).__slots__)
    assert not hasattr(ours, "__dict__")
    assert dataclasses.replace(ours) == ours == copy.deepcopy(ours)
    assert ours != theirs


@pytest.mark.parametrize(("which", "given", "named"), WRONG)
def test_a_wrong_call_is_refused_in_the_same_words(which, given, named):
    told = []
    for made in PAIRS[which]:
        with pytest.raises(TypeError) as caught:
            made(*given, **named)
        told.append(str(caught.value).replace("_classes.<locals>.", ""))
    assert told[0] == told[1]


def test_what_is_frozen_cannot_be_changed_and_what_is_not_can():
    plain, loose = PAIRS[0][0]("a"), PAIRS[3][0]()
    with pytest.raises(dataclasses.FrozenInstanceError):
        plain.name = "b"
    with pytest.raises(dataclasses.FrozenInstanceError):
        del plain.size
    loose.seen = 2
    assert (plain.name, plain.doubled(), loose.seen) == ("a", 6, 2)


def test_equal_values_are_one_in_a_set_and_those_that_change_are_in_none():
    plain, _, _, loose = (ours for ours, _ in PAIRS)
    assert len({plain("a"), plain("a", more={"x": 1}), plain("b")}) == 2
    assert plain("a").more is not plain("a").more
    with pytest.raises(TypeError):
        hash(loose())


def test_values_sort_field_by_field():
    made = PAIRS[2][0]
    unsorted = [made("b"), made("a", 2), made("a")]
    assert sorted(unsorted) == [made("a"), made("a", 2), made("b")]
    with pytest.raises(TypeError):
        assert made("a") < "a"


def test_a_value_goes_to_another_process_and_back():
    assert pickle.loads(pickle.dumps(Place("a", 2))) == Place("a", 2)  # noqa: S301 # our own


def test_a_class_with_parents_is_refused():
    with pytest.raises(TypeError, match="parents"):

        @values.dataclass(frozen=True, slots=True)
        class Child(str):
            """No value of ours."""


def test_no_code_is_written_until_the_first_value_is_made():
    script = (
        "import microsite.values as values\n"
        "written = []\n"
        "values.exec = lambda *text: (written.append(text), exec(*text))\n"
        "@values.dataclass(frozen=True, slots=True)\n"
        "class Value:\n"
        "    name: str\n"
        "print(len(written)); Value('a'); Value('b'); print(len(written))\n"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 # ours
    assert done.stdout.split() == ["0", "1"]
