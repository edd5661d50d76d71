"""The question ``space_systems/situational_awareness``: its model, its words, its figures."""

from spacesec.space_systems.situational_awareness import figures, model, words
from spacesec.words.sentences import worded

QUESTION = (
    "How long does debris of the destructive tests stay, what of it crosses the heights where Japan flies,"
    " and who watches the belt near 135° E?"
)
KEYWORDS = "SSA SDA space domain awareness junk ASAT 宇宙状況把握 スペースデブリ"

Parameters, checks = model.Parameters, model.checks
FIGURES, METHOD = figures.FIGURES, figures.METHOD
answer = worded(model.answer, words.answer)
