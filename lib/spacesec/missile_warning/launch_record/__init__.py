"""The question ``missile_warning/launch_record``: its model, its words, its figures."""

from spacesec.missile_warning.launch_record import figures, model, words
from spacesec.words.sentences import worded

QUESTION = (
    "How often does North Korea launch, under whom, with what, and how often over Japan or into its waters?"
)
KEYWORDS = "DPRK missile tests 北朝鮮 ミサイル"

Parameters, checks, FIGURES = model.Parameters, model.checks, figures.FIGURES
METHOD = figures.METHOD
answer = worded(model.answer, words.answer)
