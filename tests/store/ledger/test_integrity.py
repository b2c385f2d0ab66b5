"""The seals of many dossiers at once are those of each alone, byte for byte."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cchc_desk.store.engine.tables import applicants, dossiers, promises
from cchc_desk.store.ledger import integrity

TABLES = {"dossiers": dossiers, "applicants": applicants, "promises": promises}
values = (
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
    | st.integers(-(2**63), 2**63 - 1)
    | st.none()
    | st.binary(max_size=6)
)


@st.composite
def rows(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    return {
        name: [
            {column.name: draw(values) for column in table.columns} | {table.columns[0].name: 7}
            for _row in range(draw(st.integers(0, 2)))
        ]
        for name, table in TABLES.items()
    }


@given(st.lists(rows(), max_size=3))
def test_seals_of_many_are_those_of_each(many: list[dict[str, list[dict[str, Any]]]]) -> None:
    assert integrity.new_seals(many) == [integrity.seal(parts.items()) for parts in many]
