"""The one error a reader ever sees: a plain sentence that names the thing and the mend."""


class SpacesecError(ValueError):
    """Something the reader can put right; ``str(error)`` is one plain sentence."""

    def _render_traceback_(self) -> list[str]:
        # IPython asks an exception for its own rendering; a notebook then shows the sentence, not the stack.
        return [f"{type(self).__name__}: {self}"]


class ParameterError(SpacesecError):
    """A parameter has an unknown name, the wrong type or an impossible value."""


class DataError(SpacesecError):
    """A table, the source store or a record is missing, broken or not the file that was sealed."""


class RunError(SpacesecError):
    """A notebook failed, or its outputs could not be put in place."""
