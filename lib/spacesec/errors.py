"""The one error a reader ever sees: a plain sentence that names the thing and the mend."""

# Characters of a sentence, since what it quotes may be a whole table cell; and of its end, where the mend
# stands.
LONGEST, ENDING = 600, 200


def sentence(text: str) -> str:
    """The text in one line that any terminal shows as it is: no line breaks, no control characters, not
    longer than a reader reads.
    """
    words = " ".join(line.strip() for line in text.splitlines() if line.strip())
    plain = "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in words)
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - ENDING - 1]}…{plain[-ENDING:]}"


def did_you_mean(near: list[str], otherwise: str) -> str:
    """The end of a sentence about an unknown name: the first of the names near it, else where to look."""
    return f"did you mean {near[0]}?" if near else otherwise


class SpacesecError(ValueError):
    """Something the reader can put right; ``str(error)`` is one plain sentence."""

    told = staticmethod(str)  # in the reader's language, where `spacesec.words.language` is in use

    def __init__(self, text: str):
        super().__init__(sentence(text))

    def _render_traceback_(self) -> list[str]:
        # IPython asks an exception for its own rendering; a notebook then shows the sentence, not the stack.
        return [f"{type(self).__name__}: {self.told(str(self))}"]


class ParameterError(SpacesecError):
    """A parameter has an unknown name, the wrong type or an impossible value."""


class DataError(SpacesecError):
    """A table, the source store or a record is missing, broken or not the file that was sealed."""


class RunError(SpacesecError):
    """A notebook failed, or its outputs could not be put in place."""
