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
    """Every question by its name, ``"<theme>/<question>"``."""
    from spacesec.collection.questions import all_questions

    return {question.name: question.title for question in all_questions()}


def load(table: str, evidence: str | list[str] | None = None) -> "pd.DataFrame":
    """A table by its name, typed; see `spacesec.data.tables.load`."""
    from spacesec.data import tables

    return tables.load(table, evidence)


def answer(question: str, **parameters: Any) -> "Answer":
    """The answer to a question: ``text``, ``results`` by name (``answer["growth_multiple"]``), ``tables``.
    ``as_known_on="2020-12-31"`` counts only rows whose sources had appeared by that day.

    Raises ParameterError in one sentence for an unknown question, or a parameter that it does not take.
    """
    from spacesec.collection.questions import named
    from spacesec.data import vintage

    module = named([question])[0].module
    with vintage.known_on(parameters.pop("as_known_on", None)):
        return vintage.shown(question, lambda: module.answer(module.Parameters.of(parameters)))


def draw(question: str, figure: str | None = None, **parameters: Any) -> "Picture":
    """One figure of a question, the first when none is named: ``figure`` (Matplotlib's), ``title``, ``alt``,
    ``data``.

    Raises ParameterError for an unknown figure, too.
    """
    from spacesec.collection.questions import named
    from spacesec.errors import ParameterError

    drawings = {draw.__name__: draw for draw in named([question])[0].module.FIGURES}
    if figure and figure not in drawings:
        raise ParameterError(f"{question} has no figure {figure!r}; choose among {', '.join(drawings)}.")
    return drawings[figure or next(iter(drawings))](answer(question, **parameters))


def cite(source: str, bibtex: bool = False) -> str:
    """A source's reference in Chicago style, or as BibTeX."""
    from spacesec.data import sources

    return sources.bibtex([source]) if bibtex else sources.cite(source)


def claims() -> "pd.DataFrame":
    """The checkable claims of the five documents with their verdicts, one a row."""
    from spacesec.policy_evolution.claims import model, rules

    return model.ledger(model.findings(rules.Evidence()))


def __getattr__(name: str) -> str:
    if name == "__version__":
        from importlib.metadata import version

        return version("spacesec")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
