"""The question ``missile_warning/coverage``: its model, its words, its figures."""

from spacesec.missile_warning.coverage import figures, model, words
from spacesec.words.sentences import worded

QUESTION = "How many satellites watch Japan's neighborhood, once or in stereo?"
KEYWORDS = "HGV hypersonic constellation early warning 衛星コンステレーション 早期警戒"

Parameters, checks, FIGURES = model.Parameters, model.checks, figures.FIGURES
METHOD = figures.METHOD
answer = worded(model.answer, words.answer)
