"""The question ``policy_evolution/turning_points``: its model, its words, its figures."""

from spacesec.policy_evolution.turning_points import figures, model, words
from spacesec.words.sentences import worded

QUESTION = "When did the pace and the posture change, and could these data show it?"
KEYWORDS = "change points militarization 転換点"

Parameters, checks, FIGURES = model.Parameters, model.checks, figures.FIGURES
METHOD = figures.METHOD
answer = worded(model.answer, words.answer)
