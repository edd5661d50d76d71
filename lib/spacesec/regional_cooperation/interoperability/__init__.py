"""The question ``regional_cooperation/interoperability``: its model, its words, its figures."""

from spacesec.regional_cooperation.interoperability import figures, model, words
from spacesec.words.sentences import worded

QUESTION = (
    "Which links that a crisis would need exist between Japan and its partners, and which does Taiwan lack?"
)
KEYWORDS = "data sharing liaison GSOMIA ACSA Link 16 exercises 情報共有 連絡官 相互運用性 共同訓練"
Parameters, checks, FIGURES = model.Parameters, model.checks, figures.FIGURES
answer = worded(model.answer, words.answer)
