"""The forecasts in a terminal: the answer, and each forecast by the day on which it falls due."""

import re

from spacesec.policy_evolution import forecasts as question
from spacesec.words import language

DOMAIN = "policy_evolution/forecasts"


def text() -> str:
    """The answer, then a line a forecast: the day, the chance given, the base rate, what is forecast and what
    became of it.
    """
    answer = question.answer(question.Parameters())
    lines = [re.sub(r"[*]{2}", "", answer.text), ""]
    for row in answer.tables["board"].itertuples():
        state = "" if row.state == "open" else f" [{language.text(row.state, DOMAIN)}]"
        lines.append(
            f"{row.due:%Y-%m-%d}  {100 * row.probability:3.0f}% ({100 * row.base_rate:.0f}%)  "
            f"{language.text(row.statement, DOMAIN)}{state}"
        )
    return "\n".join(lines)
