"""The history of one dossier in plain words, from its ledger."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from cchc_desk.domain.ledger.entry import RawEntry, own_break
from cchc_desk.domain.ledger.facts import BY_ACT, WrongShape, known, read
from cchc_desk.domain.ledger.facts.dossiers import Anonymised
from cchc_desk.domain.ledger.facts.lists import ReceiptKept
from cchc_desk.domain.people.officials import Act
from cchc_desk.i18n import _
from cchc_desk.store.engine.database import Connection, stored_moment
from cchc_desk.store.ledger import journal
from cchc_desk.store.office import officials


@dataclass(frozen=True)
class HistoryLine:
    """One act on a dossier; `at` is when it happened, `words` a sentence without its actor."""

    at: datetime
    entered: datetime
    official_name: str
    act: str
    words: str


def lines(connection: Connection, code: str) -> tuple[HistoryLine, ...]:
    """Return the acts on dossier `code`, oldest first."""
    names = {official.id: official.name for official in officials.all_officials(connection)}
    entries = tuple(journal.raw_entries_of(connection, code))
    replaced = rewritten(entries)
    return tuple(
        HistoryLine(
            stored_moment(entry.event),
            stored_moment(entry.at),
            names.get(entry.official, entry.official),
            entry.act,
            _words(entry, names, replaced),
        )
        for entry in entries
    )


def kept_receipt(connection: Connection, code: str) -> str:
    """Return the text of the receipt that was pasted last for a dossier, "" for none."""
    facts = (facts for _entry, facts in journal.of_dossier(connection, code))
    texts = [one.text for one in facts if isinstance(one, ReceiptKept)]
    return texts[-1] if texts else ""


def _words(entry: RawEntry, names: Mapping[str, str], replaced: Mapping[int, str]) -> str:
    try:
        return read(entry.act, entry.details).sentence(names)
    except WrongShape:
        if own_break(entry, replaced):
            return _("Chi tiết của mục này bị mất hoặc bị sửa")
        return unreadable_words(entry.seq)


def rewritten(entries: Iterable[RawEntry]) -> dict[int, str]:
    """Return the number of each entry that anonymising rewrote, with its new details' hash."""
    hashes: dict[int, str] = {}
    for entry in entries:
        if entry.act == Act.ANONYMISE.value:
            facts = known(entry.act, entry.details)
            if isinstance(facts, Anonymised) and facts.rewritten:  # else the chain is broken there
                rewrites = facts.rewritten.items()
                hashes |= {int(seq): hashed for seq, hashed in rewrites if seq.isdecimal()}
    return hashes


def unreadable(entry: RawEntry, replaced: Mapping[int, str]) -> bool:
    """Return True when untouched details are not those of their act: a fault of the program."""
    if entry.act not in BY_ACT:
        return False
    try:
        read(entry.act, entry.details)
    except WrongShape:
        return own_break(entry, replaced) is None
    return False


def unreadable_words(seq: int) -> str:
    """Return the problem for an entry that is unreadable."""
    return _("Mục số {seq} không đọc được: lỗi của chương trình, không phải bị sửa").format(seq=seq)
