"""The question ``policy_evolution/recommendations``: its model, its words, its figures."""

from spacesec.policy_evolution.recommendations import figures, model, words
from spacesec.words.sentences import worded

QUESTION = "What were Japan and its partners told to do, and was it done?"
KEYWORDS = "demands advice proposals Keidanren LDP think tank 提言 勧告 経団連 附帯決議"

Parameters, checks, FIGURES = model.Parameters, model.checks, figures.FIGURES
METHOD = figures.METHOD
answer = worded(model.answer, words.answer)
