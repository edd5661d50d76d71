"""The question ``policy_evolution/promises``: its model, its words, its figures."""

from spacesec.policy_evolution.promises import figures, model, words
from spacesec.words.sentences import worded

QUESTION = "Which dated plans came true?"
KEYWORDS = "basic plan delays 宇宙基本計画 工程表"

Parameters, checks, FIGURES = model.Parameters, model.checks, figures.FIGURES
METHOD = figures.METHOD
answer = worded(model.answer, words.answer)
