"""The question ``space_systems/workforce_and_supply``: its model, its words, its figures."""

from spacesec.space_systems.workforce_and_supply import figures, model, words
from spacesec.words.sentences import worded

QUESTION = (
    "Who works on Japan's space systems, whose parts and rockets do they need, and which rules guard them?"
)
KEYWORDS = (
    "workforce engineers staff education suppliers parts dependence supply chain cyber clearance Taiwan"
    " semiconductors 人材 人員 職員 部品 サプライチェーン 国産化 半導体 サイバー"
)
Parameters, checks, FIGURES = model.Parameters, model.checks, figures.FIGURES
answer = worded(model.answer, words.answer)
