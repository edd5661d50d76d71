"""The question ``regional_cooperation/partners``: its model, its words, its figures."""

from spacesec.regional_cooperation.partners import figures, model, words
from spacesec.words.sentences import worded

QUESTION = "With whom does Japan cooperate in space, in what, and how deep?"
KEYWORDS = "Quad agreements network 国際協力 日米"

Parameters, checks, FIGURES = model.Parameters, model.checks, figures.FIGURES
METHOD = figures.METHOD
answer = worded(model.answer, words.answer)
