"""The question ``policy_evolution/claims``: its model, its words, its figures."""

from spacesec.policy_evolution.claims import figures, model, words
from spacesec.policy_evolution.claims import report as report
from spacesec.words.sentences import worded

QUESTION = "Which claims of the five documents hold, and on what independent ground?"
KEYWORDS = "think tank fact check"
READS_RECORDS = True  # the collection runs this question after those whose results it reads

Parameters, checks, FIGURES = model.Parameters, model.checks, figures.FIGURES
METHOD = figures.METHOD
answer = worded(model.answer, words.answer)
