"""The question ``regional_cooperation/taiwan_connectivity``: its model, its words, its figures."""

from spacesec.regional_cooperation.taiwan_connectivity import figures, model, words
from spacesec.words.sentences import worded

QUESTION = "How many satellites does Taiwan need, and what is left when its cables are cut?"
KEYWORDS = "Starlink submarine cables 台湾 海底ケーブル"

Parameters, checks, FIGURES = model.Parameters, model.checks, figures.FIGURES
METHOD = figures.METHOD
answer = worded(model.answer, words.answer)
