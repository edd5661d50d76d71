"""The question ``space_systems/exploration_and_investment``: its model, its words, its figures."""

from spacesec.space_systems.exploration_and_investment import figures, model, words
from spacesec.words.sentences import worded

QUESTION = (
    "How well were dated promises of exploration and of shared space projects kept, what was given for what,"
    " and how far do the sourced sums on investment carry?"
)
KEYWORDS = "Artemis Moon lunar 探査"

Parameters, checks = model.Parameters, model.checks
FIGURES, METHOD = figures.FIGURES, figures.METHOD
answer = worded(model.answer, words.answer)
