"""The question ``budgets/programmes``: its model, its words, its figures."""

from spacesec.budgets.programmes import figures, model, words
from spacesec.words.sentences import worded

QUESTION = (
    "Where does Japan's space money go, project by project, and how much of it comes in supplementary"
    " budgets?"
)
KEYWORDS = "spy satellites IGS QZSS 情報収集衛星 準天頂衛星 行政事業レビュー"

Parameters, checks = model.Parameters, model.checks
FIGURES, METHOD = figures.FIGURES, figures.METHOD
answer = worded(model.answer, words.answer)
