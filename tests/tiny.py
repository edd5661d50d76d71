"""The smallest whole question: a number doubled, two figures, one check. For tests of how runs behave, which
a real question would slow down.
"""

import sys

import pandas as pd

from spacesec.answers import Answer, Check, Result
from spacesec.drawing import figures
from spacesec.drawing.figures import Picture
from spacesec.parameters import Parameters as Model
from spacesec.parameters import value
from spacesec.run import record
from spacesec.words.sentences import Words, drawn, result, say, worded

QUESTION = "What is twice the size?"
SOURCE = "cabinet-office-2015-space-budget"


class Parameters(Model):
    """The tiny question's one parameter."""

    size: int = value(2, "what is doubled", ge=1, le=1000)


def _model(parameters: Parameters) -> Answer:
    table = pd.DataFrame({"size": [1, parameters.size], "twice": [2, 2 * parameters.size]})
    return Answer({"twice": Result(2 * parameters.size, "1", "twice the size")}, {"all": table}, parameters)


answer = worded(_model, lambda found: [say("Twice the size is {twice}.", twice=result("twice"))])


def _picture(name: str, answer: Answer) -> Picture:
    fig, ax = figures.canvas(width=4, height=2.25)
    data = answer.tables["all"]
    ax.plot(data["size"], data["twice"])
    twice = drawn("max(twice) FROM drawn")
    words = [say("It reaches {twice}", twice=twice), say("twice the size"), say("A caption."), say("A line.")]
    return figures.picture(fig, name, Words(*words, note=say("")), data, (SOURCE,), answer)


@figures.house
def line(answer: Answer) -> Picture:
    """Twice the size over the size."""
    return _picture("line", answer)


@figures.house
def again(answer: Answer) -> Picture:
    """The same under a name that is not the function's."""
    return _picture("once_more", answer)


FIGURES = (line, again)


def checks(answer: Answer) -> list[Check]:
    """Twice the size against its sum."""
    size = answer.parameters.size
    return [Check("a sum", answer["twice"], size + size, 0.0, "1", SOURCE, "page 1")]


def whole(**variables) -> record.Run:
    """A run with all that its record needs, from a notebook with these variables; not finished yet."""
    run = record.start(sys.modules[__name__], variables)
    found = run.answer()
    for draw in FIGURES:
        run.publish(draw(found))
    run.check(checks(found))
    return run
