"""What the program ships about lists of other systems (resources/lists, docs/lists.md)."""

import json
from functools import cache

import resources
from cchc_desk.domain.lists.fields import Field, Layout, heading_key
from cchc_desk.domain.lists.headings import KnownLists
from cchc_desk.domain.text.vietnamese import fold


@cache
def shipped() -> KnownLists:
    """Return the names of columns, the words of states and the layouts that the program ships."""
    facts = json.loads(resources.read_text("lists/fields.json"))
    layouts = json.loads(resources.read_text("lists/layouts.json"))["layouts"]
    return KnownLists(
        columns={
            heading_key(text): Field(field)
            for field, texts in facts["headings"].items()
            for text in texts
        },
        statuses={
            fold(text): int(number) for number, texts in facts["statuses"].items() for text in texts
        },
        blanks=frozenset(text.lower() for text in facts["blanks"]),
        feet=tuple(facts["feet"]),
        layouts=tuple(_layout(row) for row in layouts),
    )


def _layout(row: dict[str, object]) -> Layout:
    fields, headings, body = row["fields"], row["headings"], row["body"]
    assert isinstance(fields, dict)
    assert isinstance(headings, list)
    assert isinstance(body, list)
    return Layout(
        key=str(row["key"]),
        name=str(row["name"]),
        system=str(row["system"]),
        source=str(row["source"]),
        headings=tuple(headings),
        fields={heading_key(text): Field(field) for text, field in fields.items()},
        body=tuple(map(Field, body)),
        refusal=str(row["refusal"]),
    )
