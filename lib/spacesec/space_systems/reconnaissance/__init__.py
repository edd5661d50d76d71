"""The question ``space_systems/reconnaissance``: its model, its words, its figures."""

from spacesec.space_systems.reconnaissance import figures, model, words
from spacesec.words.sentences import worded

QUESTION = (
    "Is the reconnaissance fleet growing, how long do its satellites last, and how often can they look at a"
    " test area?"
)
KEYWORDS = "IGS spy satellites 情報収集衛星"

Parameters, checks, FIGURES = model.Parameters, model.checks, figures.FIGURES
answer = worded(model.answer, words.answer)
