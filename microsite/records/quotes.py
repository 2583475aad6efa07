"""The curly quotation marks of word processors, which fields take for letters of the value."""

from __future__ import annotations

from microsite.problems import N_, Fault

QUOTES = "“”„‟‘’‚‛«»‹›"


def is_quoted(text: str) -> bool:
    """Whether curly quotes stand around a whole value; the last may be a straight one."""
    text = text.strip()
    is_around = len(text) > 2 and text[0] in QUOTES and text[-1] in QUOTES + "\"'"
    # Between “one” and “another” stand two quotes more. ’ alone is an apostrophe.
    return is_around and not any(quote in text[1:-1] for quote in QUOTES if quote != "’")


def quoted_words(text: str) -> Fault:
    """The fault of words that a page would show in curly quotes."""
    message = N_("The quotation marks {first} {last} are shown on the page.")
    mend = N_("Delete them; if they are to be shown, put straight ones (') around them.")
    return Fault("quotes-curly", message, mend, first=text[0], last=text[-1])


def without_quotes(fault: Fault) -> Fault:
    """What is wrong with a value in curly quotes that is no text: first of all, its quotes."""
    mend = N_("Delete the curly quotation marks around the value.")
    return Fault(fault.rule, fault.message, mend, **fault.values)
