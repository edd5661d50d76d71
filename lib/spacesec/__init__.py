"""Japan's space security: sourced tables, analyses and figures.

    import spacesec as ss

    ss.questions()                                                   # what can be asked
    ss.load("budgets/government_space")                              # a sourced table, typed
    answer = ss.answer("budgets/government_space", currency="USD")   # with parameters of the question
    answer["growth_multiple"], answer.tables["series"]
    ss.draw("budgets/government_space", "series", currency="USD").figure
    ss.cite("cabinet-office-2012-space-budget")
    ss.claims()                                                      # the claim board with its verdicts

Importing the package does no work; each function loads what it needs when it is called.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from spacesec.answers import Answer
    from spacesec.drawing.figures import Picture

__all__ = ["answer", "cite", "claims", "draw", "load", "questions"]


def questions() -> dict[str, str]:
    """Every question in words by its name, ``"<theme>/<question>"``; raises RunError where no collection is
    found.
    """
    from spacesec.collection.questions import all_questions

    return {question.name: question.title for question in all_questions()}


def load(table: str, evidence: str | list[str] | None = None) -> "pd.DataFrame":
    """A table by its name, ``"<theme>/<table>"``: one fact a row, units in the names of the columns.

    Integers come as Int64, numbers as float64, dates as datetime64 (first day of the period that
    ``date_precision`` names), enumerations as categories; what is not known is NA, never zero. ``evidence``
    keeps rows of some kinds alone: ``independent``, ``seed``, ``derived``. `spacesec.data.tables.describe`
    has the columns' meanings and units.

    Raises DataError in one sentence for an unknown table or kind, and for a file that is not the sealed one.
    """
    from spacesec.data import tables

    return tables.load(table, evidence)


def answer(question: str, **parameters: Any) -> "Answer":
    """The answer to a question: ``text`` (Markdown), ``results`` by name, each with ``value``, ``unit`` and
    ``meaning`` (``answer["growth_multiple"]`` is the value), and ``tables``, the rows behind each figure.
    Parameters not given have their defaults; units stand in their names, ``spacesec describe`` lists them.
    ``as_known_on="2020-12-31"`` counts only rows whose sources had appeared by that day.

    Raises ParameterError in one sentence for an unknown question, a parameter that it does not take or a
    value out of its bounds, and DataError where the rows do not reach so far.
    """
    from spacesec.collection.questions import named
    from spacesec.data import vintage

    module = named([question])[0].module
    with vintage.known_on(parameters.pop("as_known_on", None)):
        return vintage.shown(question, lambda: module.answer(module.Parameters.of(parameters)))


def draw(question: str, figure: str | None = None, **parameters: Any) -> "Picture":
    """One figure of a question, the first when none is named: ``figure`` (Matplotlib's; sizes in inches),
    ``title``, ``caption``, ``alt``, ``note``, ``source_ids``, and ``data``, the table of what is drawn.
    The parameters are those of `answer`.

    Raises what `answer` raises, and ParameterError for a figure that the question has not.
    """
    from spacesec.collection.questions import named
    from spacesec.errors import ParameterError

    drawings = {draw.__name__: draw for draw in named([question])[0].module.FIGURES}
    if figure and figure not in drawings:
        raise ParameterError(f"{question} has no figure {figure!r}; choose among {', '.join(drawings)}.")
    return drawings[figure or next(iter(drawings))](answer(question, **parameters))


def cite(source: str, bibtex: bool = False) -> str:
    """A source's reference in Chicago author-date style, in one line, or as a BibTeX entry. ``source`` is
    what rows have under ``source_id``; raises DataError for one that the store has not.
    """
    from spacesec.data import sources

    return sources.bibtex([source]) if bibtex else sources.cite(source)


def claims() -> "pd.DataFrame":
    """The checkable claims of the five documents, one a row: ``claim_id``, ``claim``, ``verdict``,
    ``reason``, ``basis``, ``computed``, the document with the place in it. Raises DataError where a record
    is missing.
    """
    from spacesec.policy_evolution.claims import model, rules

    return model.ledger(model.findings(rules.Evidence()))


def __getattr__(name: str) -> str:
    if name == "__version__":
        from importlib.metadata import version

        return version("spacesec")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
