"""Lists of other systems that are known: shipped (resources/lists), or described by the clerk."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

import resources
from cchc_desk.domain.ledger.facts.lists import LayoutLearned
from cchc_desk.domain.lists.fields import Field, Layout, heading_key, learned
from cchc_desk.domain.lists.headings import KnownLists, without_blank_end
from cchc_desk.domain.text.vietnamese import fold
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import listed
from cchc_desk.store.engine.database import Connection


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


def known_lists(connection: Connection) -> KnownLists:
    """Return what the program ships, and the layouts that the clerk described."""
    return replace(shipped(), learned=listed.learned_layouts(connection))


def remember_layout(
    desk: Desk,
    connection: Connection,
    headings: Sequence[str],
    chosen: Mapping[str, Field],
) -> Layout:
    """Keep what the columns of a list hold, by the fingerprint of its headings.

    The caller holds the write transaction and has asked for Permission.TAKE_LIST.
    """
    keys = set(map(heading_key, headings))
    said = {text: field for text, field in chosen.items() if heading_key(text) in keys}
    layout = learned(without_blank_end(headings), said)
    before = {one.fingerprint: one for one in listed.learned_layouts(connection)}
    if before.get(layout.fingerprint) != layout:
        listed.keep_layout(connection, layout)
        columns = {text: layout.fields[heading_key(text)].value for text in layout.named}
        desk.record(connection, LayoutLearned(layout.fingerprint, columns), counted=False)
    return layout


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
