"""The one place that every text in a figure passes, so that another language can follow."""

LANGUAGE = "en"
TEXTS: dict[str, dict[str, str]] = {"en": {}}


def shown(text: str) -> str:
    """The text in the language in force; the English text itself where no other is known."""
    return TEXTS[LANGUAGE].get(text, text)
