"""Conditions on the facts of one object: `holds` asks the object, cchc_desk/sql.py renders SQL.

    LATE = Facts.finished > Facts.last_minute
    LATE.holds(dossier, period)                      compares the attributes of these names
    where(LATE, {Facts.finished: "d.ready", ...})    "d.ready > d.last_minute"

There is no "not", and a comparison with a missing fact does not hold: so NULL, which makes an SQL
comparison neither true nor false, selects the same objects in a WHERE clause as None does here.
"""

import operator
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
Holds = Callable[[object, object], bool]


class Condition(ABC):
    """A condition on the facts of one object within the bounds of a question."""

    @cached_property
    def holds(self) -> Holds:
        """`holds(facts, bounds)`; made once, since lists ask it of thousands of lines."""
        return self._made()

    @abstractmethod
    def _made(self) -> Holds: ...

    def __and__(self, other: "Condition") -> "Condition":
        return AllOf(self, other)

    def __or__(self, other: "Condition") -> "Condition":
        return AnyOf(self, other)


@dataclass(frozen=True)
class Bound:
    """A bound of the question: the attribute and the SQL parameter of this name."""

    name: str


@dataclass(frozen=True)
class Fact:
    """A fact of the object: the attribute of this name."""

    name: str

    def __lt__(self, other: "Fact | Bound | int") -> Condition:
        return Comparison(self, "<", other)

    def __le__(self, other: "Fact | Bound | int") -> Condition:
        return Comparison(self, "<=", other)

    def __gt__(self, other: "Fact | Bound | int") -> Condition:
        return Comparison(self, ">", other)

    def __ge__(self, other: "Fact | Bound | int") -> Condition:
        return Comparison(self, ">=", other)

    def between(self, first: Bound, last: Bound) -> Condition:
        """From `first` to `last`, both included."""
        return (self >= first) & (self <= last)

    def among(self, numbers: frozenset[int]) -> Condition:
        return Among(self, numbers)

    @property
    def missing(self) -> Condition:
        return Missing(self)

    @property
    def present(self) -> Condition:
        return Present(self)

    @property
    def true(self) -> Condition:
        return IsTrue(self)


@dataclass(frozen=True)
class Comparison(Condition):
    """A fact against another one, a bound or a number."""

    left: Fact
    sign: str
    right: Fact | Bound | int

    def _made(self) -> Holds:
        compare, left = _COMPARE[self.sign], attrgetter(self.left.name)
        if isinstance(self.right, int):
            number = self.right
            return lambda facts, _bounds: compare(left(facts), number)
        right = attrgetter(self.right.name)
        if isinstance(self.right, Bound):

            def against_bound(facts: object, bounds: object) -> bool:
                value = left(facts)
                return value is not None and compare(value, right(bounds))

            return against_bound

        def against_fact(facts: object, _bounds: object) -> bool:
            value = left(facts)
            if value is None:
                return False
            other = right(facts)
            return other is not None and compare(value, other)

        return against_fact


@dataclass(frozen=True)
class Missing(Condition):
    """The fact is None."""

    fact: Fact

    def _made(self) -> Holds:
        value = attrgetter(self.fact.name)
        return lambda facts, _bounds: value(facts) is None


@dataclass(frozen=True)
class Present(Condition):
    """The fact is not None."""

    fact: Fact

    def _made(self) -> Holds:
        value = attrgetter(self.fact.name)
        return lambda facts, _bounds: value(facts) is not None


@dataclass(frozen=True)
class IsTrue(Condition):
    """The fact is true; None is not."""

    fact: Fact

    def _made(self) -> Holds:
        value = attrgetter(self.fact.name)
        return lambda facts, _bounds: bool(value(facts))


@dataclass(frozen=True)
class Among(Condition):
    """The fact is one of these numbers."""

    fact: Fact
    numbers: frozenset[int]

    def _made(self) -> Holds:
        value, numbers = attrgetter(self.fact.name), self.numbers
        return lambda facts, _bounds: value(facts) in numbers


@dataclass(frozen=True)
class Always(Condition):
    """Holds of every object."""

    def _made(self) -> Holds:
        return lambda _facts, _bounds: True


@dataclass(frozen=True)
class AllOf(Condition):
    """Both hold."""

    first: Condition
    second: Condition

    def _made(self) -> Holds:
        first, second = self.first.holds, self.second.holds
        return lambda facts, bounds: first(facts, bounds) and second(facts, bounds)


@dataclass(frozen=True)
class AnyOf(Condition):
    """One of the two holds at least."""

    first: Condition
    second: Condition

    def _made(self) -> Holds:
        first, second = self.first.holds, self.second.holds
        return lambda facts, bounds: first(facts, bounds) or second(facts, bounds)
