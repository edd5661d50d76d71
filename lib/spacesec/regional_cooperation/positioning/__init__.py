"""The question ``regional_cooperation/positioning``: its model, its words, its figures."""

from spacesec.regional_cooperation.positioning import figures, model, words
from spacesec.words.sentences import worded

QUESTION = "What does India add to Japan's positioning satellites, and what did losing QZS-5 cost?"
KEYWORDS = "Michibiki GNSS GPS quasi-zenith みちびき 準天頂衛星 じゅんてんちょうえいせい"

Parameters, checks, FIGURES = model.Parameters, model.checks, figures.FIGURES
METHOD = figures.METHOD
answer = worded(model.answer, words.answer)
