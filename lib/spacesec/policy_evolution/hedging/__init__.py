"""The question ``policy_evolution/hedging``: its model, its words, its figures."""

from spacesec.policy_evolution.hedging import figures, model, words
from spacesec.words.sentences import worded

QUESTION = "Is Japan hedging inside the alliance?"
KEYWORDS = "autonomy alliance dependence 日米同盟 自律性"

Parameters, checks, FIGURES = model.Parameters, model.checks, figures.FIGURES
METHOD = figures.METHOD
answer = worded(model.answer, words.answer)
