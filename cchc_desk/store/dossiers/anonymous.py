"""Removal of people from a dossier's rows; acts and moments stay."""

from sqlalchemy import Connection, Table, select, update

from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.text.vietnamese import name_sort_key
from cchc_desk.store.dossiers import search
from cchc_desk.store.dossiers.dossiers import number_of
from cchc_desk.store.engine.tables import (
    applicants,
    hand_overs,
    letters,
    pauses,
    registrations,
    reminders,
    responsibilities,
    slips,
    visitors,
)

NOBODY = search.NOBODY
_EMPTIED = (
    "id_number",
    "born",
    "sex",
    "address",
    "phone",
    "email",
    "representative",
    "submitter",
    "note",
    "papers_back",
    "authority",
    "originals",
)
# Free words that may name somebody.
_WRITTEN: tuple[tuple[Table, str], ...] = (
    (letters, "reason"),
    (letters, "delivered_to"),
    (pauses, "reason"),
    (slips, "reason"),
    (hand_overs, "note"),
    (responsibilities, "objection"),
    (reminders, "answer"),
)


def forget_people(connection: Connection, dossier: Dossier) -> tuple[str, ...]:
    """Anonymise the rows and search keys of one dossier; the caller holds the write transaction.

    Return the registration from the portal that it came from, if any: its rows changed too.
    """
    n = number_of(connection, dossier.code)
    search.forget(connection, n, dossier)
    facts = dict.fromkeys(_EMPTIED, "") | {
        "name": NOBODY,
        "name_sort": name_sort_key(NOBODY),
        "returned_to": NOBODY,
    }
    connection.execute(update(applicants).where(applicants.c.dossier == n).values(**facts))
    for table, column in _WRITTEN:
        filled = (table.c.dossier == n) & (table.c[column] != "")
        connection.execute(update(table).where(filled).values({column: NOBODY}))
    for table in (pauses, slips):
        connection.execute(update(table).where(table.c.dossier == n).values(items="[]"))
    of_dossier = select(registrations.c.id).where(registrations.c.dossier == n)
    came_from = tuple(connection.execute(of_dossier).scalars())
    connection.execute(update(visitors).where(visitors.c.id.in_(came_from)).values(form="{}"))
    return came_from
