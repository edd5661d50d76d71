"""The question ``space_systems/reconnaissance``: its model, its words, its figures."""

from spacesec.space_systems.reconnaissance import figures, model, words
from spacesec.words.sentences import worded

QUESTION = (
    "Is the reconnaissance fleet growing, how long do its satellites last, and how often can they look at a"
    " test area?"
)
KEYWORDS = "IGS spy satellites 情報収集衛星"

Parameters, checks = model.Parameters, model.checks
FIGURES, METHOD = figures.FIGURES, figures.METHOD
answer = worded(model.answer, words.answer)
