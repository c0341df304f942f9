"""Keeps what takes long to make, for as long as what it is made from stays the same."""

from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """One value, and the key of what it was made from."""

    def __init__(self) -> None:
        self._held: tuple[object, Value] | None = None

    def of(self, key: object, make: Callable[[], Value]) -> Value:
        """The value of this key: the one there is, or else one that `make` makes now."""
        if self._held is None or self._held[0] != key:
            self._held = (key, make())
        return self._held[1]
