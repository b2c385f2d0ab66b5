"""What was written on dossiers behind an entry, in words for those who look at them elsewhere."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from cchc_desk.domain.ledger.facts import known
from cchc_desk.domain.people.officials import ONLY_SHOW
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.store.engine.database import run, stored_moment
from cchc_desk.store.ledger import journal
from cchc_desk.store.office import officials

ALL = 2**63 - 1  # no entry is behind it
_QUIET = tuple(act.value for act in ONLY_SHOW)
_BEHIND = (
    "SELECT j.seq, j.at, j.official, j.act, j.code, coalesce(d.details, '') FROM journal j "  # noqa: S608 - constants
    "LEFT JOIN journal_details d ON d.seq = j.seq "
    f"WHERE j.seq > ? AND j.code <> '' AND j.act NOT IN ({', '.join('?' * len(_QUIET))})"
)


@dataclass(frozen=True)
class Change:
    """An entry on a dossier; `official` is the name of who made it, "" for the program itself."""

    seq: int
    at: datetime
    official_id: str
    official: str
    code: str
    words: str

    def sentence(self) -> str:
        """Return who did what, when."""
        said = f"{self.words[:1].lower()}{self.words[1:]}"
        who = self.official or _("phần mềm")
        return _("{who} lúc {at:%H:%M}: {said}").format(who=who, at=self.at, said=said)


def behind(
    connection: Connection, seq: int, code: str = "", own: Container[int] = ()
) -> tuple[Change, ...]:
    """Return the changes behind entry `seq`, of one dossier or of all, oldest first.

    Without those that are `own`, and those that only showed or printed something.
    """
    return tuple(_changes(connection, seq, code, own))


def _changes(connection: Connection, seq: int, code: str, own: Container[int]) -> Iterator[Change]:
    if code and journal.last_of(connection, code) <= seq:
        return
    of_one = " AND j.code = ?" if code else ""
    values = (seq, *_QUIET, *((code,) if code else ()))
    rows = run(connection, f"{_BEHIND}{of_one} ORDER BY j.seq", values).fetchall()
    names = {one.id: one.name for one in officials.all_officials(connection)} if rows else {}
    for number, at, official, act, of, details in rows:
        if number in own:
            continue
        facts = known(act, details)
        words = facts.sentence(names) if facts else _("mục số {seq} của sổ cái").format(seq=number)
        yield Change(number, stored_moment(at), official, names.get(official, official), of, words)


class Sight:
    """Dossiers as a window shows them to who acts on them; `entries` are their last, by code.

    What somebody else wrote on one of them since refuses an act on it once: told, they see it.
    """

    def __init__(self, entries: Mapping[str, int]) -> None:
        self._entries = dict(entries)

    def see(self, code: str, entry: int) -> None:
        """One more dossier is shown; `entry` is the last on it."""
        self._entries[code] = entry

    def leave(self, code: str) -> None:
        """Show this one no more."""
        self._entries.pop(code, None)

    def refuse_changed(self, connection: Connection, only: str, own: Container[int]) -> None:
        """Raise Refused("changed-meanwhile") for the first dossier that others have changed.

        `only` is the code of the one to be looked at, "" for all.
        """
        for code in (only,) if only else tuple(self._entries):
            news = behind(connection, self._entries.get(code, ALL), code, own)
            if news:
                self._entries[code] = news[-1].seq
                raise _changed(news)


def _changed(news: Sequence[Change]) -> Refused:
    told = _("Hồ sơ {code} vừa đổi ở nơi khác: {changes}.").format(
        code=news[0].code, changes="; ".join(one.sentence() for one in news)
    )
    return Refused(
        "changed-meanwhile",
        _("{told} Chưa ghi gì; hãy xem lại trước khi làm.").format(told=told),
    )
