"""The question ``missile_warning/radar_horizon``: its model, its words, its figures."""

from spacesec.missile_warning.radar_horizon import figures, model, words
from spacesec.words.sentences import worded

QUESTION = (
    "What can a surface radar not see, how many minutes does a look from space gain, and do the reports"
    " show it?"
)
KEYWORDS = "Aegis FPS-5 HGV レーダー"

Parameters, checks, FIGURES = model.Parameters, model.checks, figures.FIGURES
METHOD = figures.METHOD
answer = worded(model.answer, words.answer)
