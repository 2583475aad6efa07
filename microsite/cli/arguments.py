"""What stands behind a command, taken apart; wrong use is told in the language of the messages."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Sequence
from typing import Any, NoReturn

from microsite.cli.options import WRONG_USE
from microsite.cli.telling import fault_text
from microsite.language.wording import Wording
from microsite.problems import N_, Fault
from microsite.records.kinds import choice, did_you_mean


class Arguments:
    """The arguments of one command. argparse only takes them apart: its own words are English."""

    def __init__(self, usage: str, about: str, wording: Wording) -> None:
        said = self._said = wording.gettext
        self._wording, self._usage = wording, said(N_("usage:")) + " " + usage
        self._parser = argparse.ArgumentParser(
            usage=argparse.SUPPRESS,
            description=f"{self._usage}\n\n{about}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            add_help=False,
            allow_abbrev=False,  # --draft is a field of `new`, not short for --drafts
            exit_on_error=False,
        )
        self._words = self._parser.add_argument_group(said(N_("after the command")))
        self._flags = self._parser.add_argument_group(said(N_("options")))
        self._names: list[str] = []
        self._needed: dict[str, tuple[str, Sequence[str]]] = {}
        self._flags.add_argument("-h", "--help", action="store_true", help=said(N_("shows this")))

    def add(self, name: str, help: str = "", *, options: Sequence[str] = (), **more: Any) -> None:
        """An option, or a word after the command; as in argparse, `help` being a message id.

        `options` are all the words that it can be. `type` raises a Fault where it reads no value.
        """
        if options:
            more |= {"type": choice(*options).read, "metavar": "{" + ",".join(options) + "}"}
        is_flag = name.startswith("--")
        if is_flag:
            self._names.append(name)
        elif "nargs" not in more:  # asked for below, in words of ours
            self._needed[name] = self._said(help), options
            more["nargs"] = "?"
        group = self._flags if is_flag else self._words
        group.add_argument(name, help=self._said(help) if help else None, **more)

    def read(
        self, arguments: Sequence[str], command: str, commands: Collection[str] = ()
    ) -> tuple[argparse.Namespace, list[str]]:
        """Values by name, and what begins with an option that is not known.

        `commands` are those that could have been meant where a word is left over. Wrong use ends
        the program here, as does --help.
        """
        try:
            typed, rest = self._parser.parse_known_args(arguments)
        except argparse.ArgumentError as error:
            self.refuse(_value_of(error))
        except Fault as fault:
            self.refuse(fault)
        if typed.help:
            print(self._parser.format_help(), flush=True)  # or nobody tells of a full disk
            sys.exit()
        if rest and not rest[0].startswith("-"):
            self.refuse(_unknown_word(rest[0], commands))
        for name, (what, options) in self._needed.items():
            if getattr(typed, name) is None:
                self.refuse(_missing_word(command, what, options))
        return typed, rest

    def refuse_rest(self, rest: Sequence[str]) -> None:
        """Ends the program if there is an option that is not known."""
        if rest:
            self.refuse(_unknown_option(rest[0].partition("=")[0], self._names))

    def refuse(self, fault: Fault) -> NoReturn:
        """Ends the program with how it is used, and what is wrong."""
        print(f"{self._usage}\n{fault_text(fault, self._wording)}", file=sys.stderr)
        sys.exit(WRONG_USE)


def _value_of(error: argparse.ArgumentError) -> Fault:
    if "ignored" in error.message:  # argparse knows no other way to tell
        message = N_("{option} takes no value.")
    else:
        message = N_("{option} needs a value.")
    return Fault("option-value", message, option=error.argument_name)


def _missing_word(command: str, what: str, options: Sequence[str]) -> Fault:
    message = N_("One word is missing after `{command}`: {what}.")
    mend = N_("Possible: {options}.") if options else ""
    listed = ", ".join(options)
    return Fault("word-missing", message, mend, command=command, what=what, options=listed)


def _unknown_word(typed: str, commands: Collection[str]) -> Fault:
    near = did_you_mean(typed, list(commands))
    message = N_("There is no command “{typed}”.") if commands else N_("“{typed}” is too much.")
    mend = N_("Did you mean “{near}”?") if near else N_("--help shows what there is.")
    return Fault("command-unknown", message, mend, typed=typed, near=near)


def _unknown_option(typed: str, names: list[str]) -> Fault:
    near = did_you_mean(typed, names)
    message = N_("There is no option {typed} here.")
    mend = N_("Did you mean “{near}”?") if near else N_("--help shows what there is.")
    return Fault("option-unknown", message, mend, typed=typed, near=near)
