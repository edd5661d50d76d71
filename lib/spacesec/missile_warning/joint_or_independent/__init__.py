"""The question ``missile_warning/joint_or_independent``: its model, its words, its figures."""

from spacesec.missile_warning.joint_or_independent import figures, model, words
from spacesec.words.sentences import worded

QUESTION = "Does partnering on missile warning save Japan money, as Umeda and Wilson say, and who should pay?"
KEYWORDS = "early warning satellites cost burden sharing 早期警戒衛星"

Parameters, checks, FIGURES = model.Parameters, model.checks, figures.FIGURES
METHOD = figures.METHOD
answer = worded(model.answer, words.answer)
