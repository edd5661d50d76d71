"""The help of the command, and what it says of words that are off, in the language in force."""

import argparse
import contextlib
import sys
from collections.abc import Iterator
from typing import NoReturn, TextIO

from spacesec.words import language
from spacesec.words.forms import columns
from spacesec.words.language import HELP

# Words of argparse itself: what stands over the parts of a help text, and what is off, with places.
HEADINGS = (
    "usage: ",
    "positional arguments",
    "options",
    "show this help message and exit",
    "{command}: error: {message}",
)
REFUSALS = (
    "argument {name}: invalid choice: {value} (choose from {choices})",
    "argument {name}: invalid {kind} value: {value}",
    "argument {name}: expected one argument",
    "argument {name}: expected at least one argument",
    "argument {name}: expected {n} arguments",
    "argument {name}: not allowed with argument {other}",
    "the following arguments are required: {names}",
    "unrecognized arguments: {words}",
)


class Help(argparse.HelpFormatter):
    """Texts told in the language in force; lines of another language than English break where it breaks."""

    def add_usage(self, usage, actions, groups, prefix=None) -> None:
        super().add_usage(usage, actions, groups, told("usage: ") if prefix is None else prefix)

    def start_section(self, heading) -> None:
        super().start_section(told(heading) if heading else heading)

    def _get_help_string(self, action):
        return told(action.help)

    def _format_text(self, text) -> str:
        return super()._format_text(told(text))

    def _split_lines(self, text, width) -> list[str]:
        if language.in_force() == language.ENGLISH:
            return super()._split_lines(text, width)
        from spacesec.drawing import labels

        return labels.lines(text, columns, width)

    def _fill_text(self, text, width, indent) -> str:
        return "\n".join(indent + line for line in self._split_lines(text, width - len(indent)))


class Parser(argparse.ArgumentParser):
    """Its help and its refusals are told in the language in force; so are those of its commands."""

    def __init__(self, *given, **named) -> None:
        super().__init__(*given, formatter_class=Help, **named)

    def error(self, message) -> NoReturn:
        self.print_usage(sys.stderr)
        said = told("{command}: error: {message}")
        self.exit(2, said.format(command=self.prog, message=language.error(message)) + "\n")


def told(english: str) -> str:
    """A text of the help in the language in force."""
    return language.template(english, HELP)


_reader = {"language": ""}  # that the command's words name; else the reader's own settings count


def reader() -> str:
    """The language of what the command prints."""
    return _reader["language"] or language.of_reader()


@contextlib.contextmanager
def told_in(words: list[str]) -> Iterator[None]:
    """Print in the language that the command's words ask for, for a while; what a command computes or writes
    keeps its own.
    """
    before = dict(_reader)
    _reader["language"] = asked(words)
    try:
        yield
    finally:
        _reader.update(before)


@contextlib.contextmanager
def telling() -> Iterator[None]:
    """The reader's language for a while."""
    with language.LOCK, language.speaking(reader()):
        yield


def line(words: str) -> str:
    """A line in the reader's language, by the message of the catalogue of errors that fits it."""
    with telling():
        return language.error(words) if words else words


def tell(words: str, stream: TextIO | None = None, mark: str = "spacesec: ", end: str = "\n") -> None:
    """Print a line in the reader's language."""
    print(f"{mark}{line(words)}", end=end, file=stream or sys.stdout, flush=True)


def asked(words: list[str]) -> str:
    """The language that the command's words name, or else the reader's own settings."""
    named = [then for word, then in zip(words, words[1:]) if word == "--language"]
    named += [word.partition("=")[2] for word in words if word.startswith("--language=")]
    return next((one for one in named if one in language.LANGUAGES), language.of_reader())
