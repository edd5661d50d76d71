"""The question ``policy_evolution/timeline``: its model, its words, its figures."""

from spacesec.policy_evolution.timeline import figures, model, words
from spacesec.words.sentences import worded

QUESTION = 'How did "peaceful purposes" become space security?'
KEYWORDS = "Basic Space Law history 宇宙基本法 平和利用"

Parameters, checks, FIGURES = model.Parameters, model.checks, figures.FIGURES
METHOD = figures.METHOD
answer = worded(model.answer, words.answer)
