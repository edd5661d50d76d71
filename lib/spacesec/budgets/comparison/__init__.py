"""The question ``budgets/comparison``: its model, its words, its figures."""

from spacesec.budgets.comparison import figures, model, words
from spacesec.words.sentences import worded

QUESTION = (
    "How does Japan's space and defense spending compare with others', where only like is set beside like?"
)
KEYWORDS = "ranking GDP share 宇宙予算 国際比較"

Parameters, checks = model.Parameters, model.checks
FIGURES, METHOD = figures.FIGURES, figures.METHOD
answer = worded(model.answer, words.answer)
