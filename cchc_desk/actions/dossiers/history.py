"""The ledger of one dossier in plain words: who did what, and when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from cchc_desk.domain.ledger.entry import Entry, own_break
from cchc_desk.domain.ledger.facts import BY_ACT, WrongShape, known, read
from cchc_desk.domain.ledger.facts.dossiers import Anonymised
from cchc_desk.domain.people.officials import Act
from cchc_desk.i18n import _
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.ledger import journal
from cchc_desk.store.office import officials


@dataclass(frozen=True)
class HistoryLine:
    """One act on a dossier. `at` is when it happened; `words` a sentence without the name of the
    actor.
    """

    at: datetime
    entered: datetime
    official_name: str
    act: str
    words: str


def lines(connection: Connection, code: str) -> tuple[HistoryLine, ...]:
    """The acts on dossier `code`, oldest first."""
    names = {official.id: official.name for official in officials.all_officials(connection)}
    found = tuple(journal.entries_of(connection, code))
    replaced = rewritten(found)
    return tuple(
        HistoryLine(
            entry.event,
            entry.at,
            names.get(entry.official, entry.official),
            entry.act,
            _words(entry, salt, details, names, replaced),
        )
        for entry, salt, details in found
    )


def _words(
    entry: Entry, salt: str, details: str, names: Mapping[str, str], replaced: Mapping[int, str]
) -> str:
    try:
        return read(entry.act, details).sentence(names)
    except WrongShape:
        if own_break(entry, salt, details, replaced):
            return _("Chi tiết của mục này bị mất hoặc bị sửa")
        return _("Mục số {seq} không đọc được: lỗi của chương trình, không phải bị sửa").format(
            seq=entry.seq
        )


def rewritten(entries: Iterable[tuple[Entry, str, str]]) -> dict[int, str]:
    """The details that an anonymising took away: number of their entry, hash of what stands there
    now.
    """
    found: dict[int, str] = {}
    for entry, _salt, details in entries:
        if entry.act == Act.ANONYMISE.value:
            facts = known(entry.act, details)
            if isinstance(facts, Anonymised) and facts.rewritten:
                found |= {int(seq): hashed for seq, hashed in facts.rewritten.items()}
    return found


def unreadable(
    entries: Iterable[tuple[Entry, str, str]], replaced: Mapping[int, str]
) -> tuple[str, ...]:
    """A problem for each entry on a dossier whose details are untouched and still not those of its
    act: a fault of the program.
    """
    return tuple(
        _("Mục số {seq} không đọc được: lỗi của chương trình, không phải bị sửa").format(
            seq=entry.seq
        )
        for entry, salt, details in entries
        if entry.act in BY_ACT and not _readable(entry, details)
        if own_break(entry, salt, details, replaced) is None
    )


def _readable(entry: Entry, details: str) -> bool:
    try:
        read(entry.act, details)
    except WrongShape:
        return False
    return True
