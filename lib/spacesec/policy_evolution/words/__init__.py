"""The question ``policy_evolution/words``: its model, its words, its figures."""

from spacesec.policy_evolution.words import figures, model, words
from spacesec.words.sentences import worded

QUESTION = "What do the documents that can be read say?"
KEYWORDS = "text analysis rhetoric 語彙"

Parameters, checks, FIGURES = model.Parameters, model.checks, figures.FIGURES
METHOD = figures.METHOD
answer = worded(model.answer, words.answer)
