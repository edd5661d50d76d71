"""The sentences that errors, faults and lines of the command are made of, read off the library's source: what
a translator finds in the catalogue of errors.

A sentence is told by the message that fits it (`spacesec.words.language.error`), its parts likewise: a part
is a literal text that stands in the sentence under a name, or is returned by a function that words faults.
"""

import ast
import re
from collections.abc import Iterator

from spacesec.words import language

LINES = ("tell", "line", "_report")  # functions that print a line of the command
# Functions that word faults, reasons and mends; modules that do little else.
WORDING = re.compile(
    r"_refusal|_sentence|_?(problems|reason|failure|mend|shown_fault)|_?faults?|faults_of|_read_too_early|_same_page|_type_in_words|_allowed|\w+_faults?"
)
WHOLE = {
    *("collection/addition", "collection/audit", "collection/door", "collection/form", "collection/lead"),
    *("collection/reproduction", "collection/verification", "data/cells", "data/contradictions"),
    *("data/freshness", "data/frozen", "data/grades", "data/locators", "data/orders", "data/owed"),
    *("data/passages", "data/redundancy", "data/repeats", "data/scales", "data/totals", "data/validation"),
}
# Calls whose texts have catalogues of their own, and those that print nothing.
ELSEWHERE = {"said", "noted", "text", "compile", "replace", "join", "sub", "get_meta"}
WORD = re.compile(r"(?<![\w/.])[A-Za-z]{2,}(?![\w/.]*[\w/])")  # no name of a file, a column or a command's


def sentences(tree: ast.Module, module: str) -> Iterator[tuple[str, int]]:
    """(message, line) of the sentences that a module raises, returns as faults or prints."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _placed(_called(node), node)
            yield from ((unit, node.lineno) for unit in _units(node))
        elif isinstance(node, ast.FunctionDef):
            if module in WHOLE or WORDING.fullmatch(node.name):
                yield from _placed([_without_words_on_it(node)], node)
            else:
                yield from _placed(_parts(node), node)


def _units(call: ast.Call) -> list[str]:
    """The unit of a parameter, which the sentence on a wrong value quotes."""
    if name_of(call) != "value":
        return []
    return [one.value.value for one in call.keywords if one.arg == "unit" and getattr(one.value, "value", "")]


def _called(call: ast.Call) -> list[ast.AST]:
    """The arguments of a call that are told: of errors, of lines, of what ends a sentence."""
    name = name_of(call)
    if name == "did_you_mean":
        return call.args[1:2]
    if name in LINES:
        return call.args
    if name == "_matching":
        return call.args[1:]
    if name.endswith("Unplaced"):
        return call.args[-1:]  # the clause that says why
    return call.args[:1] if name.endswith("Error") else []


def _parts(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """What the names stand for that its sentences quote; ``why`` and ``fine`` are told elsewhere."""
    quoted = {"why", "fine"}
    for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
        quoted |= {told.id for told in _called(call) if isinstance(told, ast.Name)}
        for text in (
            one for told in _called(call) for one in ast.walk(told) if isinstance(one, ast.JoinedStr)
        ):
            quoted |= {
                part.value.id
                for part in text.values
                if isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.Name)
            }
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in quoted:
            yield node.value


def _placed(nodes, home: ast.AST) -> Iterator[tuple[str, int]]:
    for node in nodes:
        yield from ((text, getattr(node, "lineno", home.lineno)) for text in texts(node) if text)


def _without_words_on_it(function: ast.FunctionDef) -> ast.Module:
    """The body of a function without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return ast.Module(body, [])


def texts(node: ast.AST) -> Iterator[str]:
    """The literal texts of several words in an expression or a body, with places for what they quote."""
    if isinstance(node, ast.Constant):
        yield sentence(node)
    elif isinstance(node, ast.JoinedStr):
        yield sentence(node)
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                yield from texts(part.value)
    elif not (isinstance(node, ast.Call) and name_of(node) in ELSEWHERE):
        for child in ast.iter_child_nodes(node):
            yield from texts(child)


def sentence(node: ast.expr) -> str:
    """A literal text with what it quotes as places; empty for any other expression, and for a single word."""
    words = ""
    for part in node.values if isinstance(node, ast.JoinedStr) else [node]:
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            words += part.value.replace("{", "{{").replace("}", "}}")
        elif isinstance(part, ast.FormattedValue):
            words += f"{{{_place(part.value, words)}}}"
        else:
            return ""
    plain = language.PLACES.sub("", words)
    return words if " " in plain and WORD.search(plain) else ""


def _place(node: ast.expr, before: str) -> str:
    """A name for what an error quotes: its own where it has one, no name twice."""
    own = next((one.id for one in ast.walk(node) if isinstance(one, ast.Name)), "value").strip("_")
    own = node.attr if isinstance(node, ast.Attribute) else own
    taken = set(re.findall(r"\{(\w+)\}", before))
    return next(name for name in (own, *(f"{own}{n}" for n in range(2, 99))) if name not in taken)


def name_of(node: ast.AST) -> str:
    """The name of the function that is called; empty for what is no call."""
    function = getattr(node, "func", None)
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
