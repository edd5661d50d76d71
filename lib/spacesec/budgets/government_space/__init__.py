"""The question ``budgets/government_space``: its model, its words, its figures."""

from spacesec.budgets.government_space import figures, model, words
from spacesec.words.sentences import worded

QUESTION = (
    'How fast did Japan\'s government space budget grow, and does "more than doubled in five years" hold?'
)
KEYWORDS = "how much does Japan spend spending growth 宇宙予算 宇宙関係予算"

Parameters, checks = model.Parameters, model.checks
FIGURES, METHOD = figures.FIGURES, figures.METHOD
answer = worded(model.answer, words.answer)
