"""Conditions of the domain as SQL: one rendering for the desk's tables and for the city's."""

from collections.abc import Mapping

from cchc_desk.domain.conditions import (
    AllOf,
    Always,
    Among,
    AnyOf,
    Bound,
    Comparison,
    Condition,
    Fact,
    IsTrue,
    Missing,
    Present,
)

Columns = Mapping[Fact, str]


def where(condition: Condition, columns: Columns) -> str:
    """Return the condition for a WHERE clause over `columns`; bounds are named (`:start`).

    KeyError for a fact that these tables do not hold. Render at import, not for each question.
    """
    match condition:
        case Comparison(left, sign, right):
            return f"{columns[left]} {sign} {_operand(right, columns)}"
        case Missing(fact):
            return f"{columns[fact]} IS NULL"
        case Present(fact):
            return f"{columns[fact]} IS NOT NULL"
        case IsTrue(fact):
            return columns[fact]
        case Among(fact, numbers):
            return f"{columns[fact]} IN ({', '.join(map(str, sorted(numbers)))})"
        case Always():
            return "1 = 1"
        case AllOf(first, second):
            return f"{where(first, columns)} AND {where(second, columns)}"
        case AnyOf(first, second):
            return f"({where(first, columns)} OR {where(second, columns)})"
    raise TypeError(f"{type(condition).__name__} has no SQL")


def _operand(operand: Fact | Bound | int, columns: Columns) -> str:
    if isinstance(operand, Fact):
        return columns[operand]
    return f":{operand.name}" if isinstance(operand, Bound) else str(operand)
