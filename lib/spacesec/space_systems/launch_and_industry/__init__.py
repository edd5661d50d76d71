"""The question ``space_systems/launch_and_industry``: its model, its words, its figures."""

from spacesec.space_systems.launch_and_industry import figures, model, words
from spacesec.words.sentences import worded

QUESTION = (
    "Can Japan launch its own security satellites, how reliable are its launchers, and how has its industry"
    " grown beside others?"
)
KEYWORDS = "H3 Epsilon Kairos rocket failure 打ち上げ ロケット"

Parameters, checks = model.Parameters, model.checks
FIGURES, METHOD = figures.FIGURES, figures.METHOD
answer = worded(model.answer, words.answer)
