"""Gettext catalogues: the finished translations of a PO file, as Wording."""

from __future__ import annotations

import re
from gettext import c2py
from io import BytesIO
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from microsite.language.wording import UnreadableCatalogue, Wording

_JINJA_NAME = re.compile(r"%\((\w+)\)")


def read_catalogue(tag: str, po: bytes) -> Wording:
    """The finished translations: entries that are empty, fuzzy or have a context do not count.

    Raises:
        UnreadableCatalogue: not UTF-8, not a PO file, a translation that names a value which its
            message lacks, or a plural rule that asks for forms that are not there.
    """
    catalogue = _parsed(po)
    rule = str(catalogue.plural_expr)
    _check_rule(rule, catalogue.num_plurals)
    single: dict[str, str] = {}
    plural: dict[str, tuple[str, ...]] = {}
    for message in catalogue:
        forms = _forms(message)
        if not message.id or message.fuzzy or message.context or not all(forms):
            continue
        _check_names(message, forms)
        if isinstance(message.id, str):
            single[message.id] = forms[0]
        elif len(forms) == catalogue.num_plurals:
            plural[message.id[0]] = forms
            single[message.id[0]] = forms[0]
    return Wording(tag, single, plural, rule)


def _parsed(po: bytes) -> Catalog:
    try:
        text = po.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = po.count(b"\n", 0, error.start) + 1
        raise UnreadableCatalogue(line, "the file is not UTF-8") from None
    try:
        return read_po(BytesIO(text.encode()), charset="utf-8", abort_invalid=True)
    except PoFileError as error:
        reason = f"this is no line of a catalogue: {str(error.line).strip()[:60]}"
        raise UnreadableCatalogue(error.lineno + 1, reason) from None  # Babel counts from 0
    except (ValueError, TypeError, IndexError, LookupError) as error:  # what its header brings
        raise UnreadableCatalogue(1, str(error)) from None


def _forms(message: Message) -> tuple[str, ...]:
    said = message.string
    return (said,) if isinstance(said, str) else tuple(said or ("",))


def _check_rule(rule: str, count: int) -> None:
    try:
        choose = c2py(rule)
        outside = {choose(n) for n in range(1000)} - set(range(count))
    except (ValueError, ZeroDivisionError):
        raise UnreadableCatalogue(1, f"Plural-Forms not understood: {rule}") from None
    if outside:
        reason = f"Plural-Forms promises {count} and asks for number {max(outside) + 1}"
        raise UnreadableCatalogue(1, reason)


def _check_names(message: Message, forms: tuple[str, ...]) -> None:
    """Refuse what could not be filled in: a page or a command would fail with it one day."""
    ids = (message.id,) if isinstance(message.id, str) else message.id
    line = message.lineno or 1
    known: set[str] = set()
    for text in ids:
        if (names := _names(text)) is None:
            return  # its braces are no places to fill
        known |= names
    for form in forms:
        found = _names(form)
        if found is None:
            raise UnreadableCatalogue(line, "the translation has a brace { or } without its twin")
        if unknown := sorted(found - known):
            reason = f"the translation names {unknown}, the message {sorted(known)}"
            raise UnreadableCatalogue(line, reason)


def _names(text: str) -> set[str] | None:
    try:
        braces = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return None
    return braces | set(_JINJA_NAME.findall(text))
