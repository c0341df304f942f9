"""The errors of nnplay: one small tree, each message naming the field, the value and what is allowed."""


class NnplayError(Exception):
    """Base of every error that nnplay raises on purpose."""


class InputError(NnplayError, ValueError):
    """A value from outside that can't be taken.

    Parameters
    ----------
    field
        Where the value stands, as a path a person can follow: ``model.hidden_layers[0].units``.
    value
        What was received; shown shortened.
    allowed
        What would have been taken, as the end of a sentence: ``"a whole number from 1 to 512"``.
    """

    def __init__(self, field: str, value: object, allowed: str) -> None:
        self.field = field
        self.value = value
        self.allowed = allowed
        super().__init__(f"{field} is {_shortened(value)}; allowed is {allowed}")


class DivergedError(NnplayError):
    """Training left the finite numbers; the network keeps the last finite weights."""


def _shortened(value: object, limit: int = 60) -> str:
    text = repr(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"
