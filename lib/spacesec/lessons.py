"""For the lessons in ``docs/lessons``: tables as notebooks show them, and one sentence on the reader's
answer to an exercise.
"""

from typing import TYPE_CHECKING, Any

from spacesec.answers import Listing, Text, plain
from spacesec.words.language import said

if TYPE_CHECKING:
    import pandas as pd

NAME = "lessons"  # of their catalogue
CLOSE = 0.005  # share by which a number may differ: answers are often typed rounded


def show(table: "pd.DataFrame | pd.Series") -> Listing:
    """A table of pandas, or one column of it, as the notebooks show tables."""
    return Listing.of(table if hasattr(table, "columns") else table.to_frame())


def check(given: Any, known: Any) -> Text:
    """Whether an answer is what the library finds, in one sentence. An answer left at three dots is none."""
    if given is ...:
        return Text(said("Still empty: put your answer in the place of the three dots.", NAME))
    given, known = plain(given), plain(known)
    told = f"{given:,.4g}" if isinstance(given, float) else str(given)
    if _number(given) and _number(known):
        if abs(given - known) <= CLOSE * abs(known):
            return Text(said("Right: the library finds the same, {answer}.", NAME, answer=told))
        if given > known:
            return Text(said("Not yet: {answer} is too much.", NAME, answer=told))
        return Text(said("Not yet: {answer} is too little.", NAME, answer=told))
    if given == known:
        return Text(said("Right: the library finds the same, {answer}.", NAME, answer=told))
    return Text(said("Not yet: the library finds something else than {answer}.", NAME, answer=told))


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
