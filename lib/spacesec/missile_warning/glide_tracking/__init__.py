"""The question ``missile_warning/glide_tracking``: its model, its words, its figures."""

from spacesec.missile_warning.glide_tracking import figures, model, words
from spacesec.words.sentences import worded

QUESTION = "Can a glider be held in track?"
KEYWORDS = "HGV hypersonic glide vehicle 極超音速 滑空"

Parameters, checks, FIGURES = model.Parameters, model.checks, figures.FIGURES
METHOD = figures.METHOD
answer = worded(model.answer, words.answer)
