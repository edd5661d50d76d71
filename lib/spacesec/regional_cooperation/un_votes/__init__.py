"""The question ``regional_cooperation/un_votes``: its model, its words, its figures."""

from spacesec.regional_cooperation.un_votes import figures, model, words
from spacesec.words.sentences import worded

QUESTION = "Does Japan vote with Washington or its own way on space security?"
KEYWORDS = "United Nations General Assembly PAROS 国連"

Parameters, checks, FIGURES = model.Parameters, model.checks, figures.FIGURES
METHOD = figures.METHOD
answer = worded(model.answer, words.answer)
