"""The question ``budgets/defense_space``: its model, its words, its figures."""

from spacesec.budgets.defense_space import figures, model, words
from spacesec.words.sentences import worded

QUESTION = (
    "What does Japan's Ministry of Defense spend on space, and how far is it on the way to one trillion yen"
    " in FY2023-27?"
)
KEYWORDS = "defence 防衛省 防衛費 宇宙関係予算 Self-Defense Forces"

Parameters, checks = model.Parameters, model.checks
FIGURES, METHOD = figures.FIGURES, figures.METHOD
answer = worded(model.answer, words.answer)
