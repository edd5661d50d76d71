"""The question ``space_systems/counterspace``: its model, its words, its figures."""

from spacesec.space_systems.counterspace import figures, model, words
from spacesec.words.sentences import worded

QUESTION = "Which states can do what against which of Japan's space systems, as far as public sources say?"
KEYWORDS = "ASAT anti-satellite jamming spoofing laser cyber 対衛星 キラー衛星 電波妨害"
Parameters, checks, FIGURES = model.Parameters, model.checks, figures.FIGURES
answer = worded(model.answer, words.answer)
