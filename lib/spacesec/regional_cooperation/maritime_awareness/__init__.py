"""The question ``regional_cooperation/maritime_awareness``: its model, its words, its figures."""

from spacesec.regional_cooperation.maritime_awareness import figures, model, words
from spacesec.words.sentences import worded

QUESTION = "How heavy is the pressure at sea, and what are the odds of catching a ship that goes dark?"
KEYWORDS = "MDA China Coast Guard 尖閣 海洋状況把握"

Parameters, checks, FIGURES = model.Parameters, model.checks, figures.FIGURES
METHOD = figures.METHOD
answer = worded(model.answer, words.answer)
