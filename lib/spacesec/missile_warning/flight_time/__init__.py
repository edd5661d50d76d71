"""The question ``missile_warning/flight_time``: its model, its words, its figures."""

from spacesec.missile_warning.flight_time import figures, model, words
from spacesec.words.sentences import worded

QUESTION = "How long is the flight, and what is left when the alert comes?"
KEYWORDS = "J-Alert ballistic missile Jアラート 弾道ミサイル"

Parameters, checks, FIGURES = model.Parameters, model.checks, figures.FIGURES
METHOD = figures.METHOD
answer = worded(model.answer, words.answer)
