"""The question ``budgets/strategy_fund``: its model, its words, its figures."""

from spacesec.budgets.strategy_fund import figures, model, words
from spacesec.words.sentences import worded

QUESTION = (
    "What does the one-trillion-yen Space Strategy Fund do to Japan's space budget, and what can an investor"
    " tell from it?"
)
KEYWORDS = "JAXA fund 宇宙戦略基金"

Parameters, checks = model.Parameters, model.checks
FIGURES, METHOD = figures.FIGURES, figures.METHOD
answer = worded(model.answer, words.answer)
