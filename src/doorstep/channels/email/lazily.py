"""What is worked out when it is first asked for, and then kept."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Lazily(Generic[T]):
    """As `functools.cached_property` is from Python 3.12 on: the lock that 3.11 takes costs more."""

    def __init__(self, work: Callable[..., T]) -> None:
        self._work = work

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, one: object, owner: type) -> T:
        found = self._work(one)
        one.__dict__[self._name] = found
        return found
