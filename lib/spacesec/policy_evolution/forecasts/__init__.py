"""The question ``policy_evolution/forecasts``: its model, its words, its figures."""

from spacesec.policy_evolution.forecasts import figures, model, words
from spacesec.words.sentences import worded

QUESTION = "What do these notebooks expect to happen by when, and how well did they expect?"
KEYWORDS = "predictions probability Brier score base rate calibration 予測 見通し"

Parameters, checks, FIGURES = model.Parameters, model.checks, figures.FIGURES
METHOD = figures.METHOD
answer = worded(model.answer, words.answer)
