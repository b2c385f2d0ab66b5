"""The paper of a dossier that is meant, and whether it was given before.

A paper that was given is frozen (freezing.py) and is drawn from its own facts ever after.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cchc_desk.actions.documents.reprints import (
    IN_EXCHANGE,
    MADE_ANEW,
    NumberedPaper,
    Past,
    corrected_last,
    drawn_after,
    hash_in,
    printings,
    returned_last,
    times_of,
)
from cchc_desk.actions.dossiers import progress
from cchc_desk.domain.dossiers.dossier import Dossier, Letter, LetterState
from cchc_desk.domain.papers.frozen_papers import FrozenPaper, facts_hash
from cchc_desk.domain.papers.slips import REFUSAL, REMINDER, SLIP_KINDS, STOP, SUPPLEMENT
from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import _
from cchc_desk.settings import PAPERS
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.ledger import journal
from cchc_desk.store.papers import frozen_papers, slips

# The kinds that are given to somebody; the others show how things stand when they are printed.
GIVEN_KINDS = ("receipt", SUPPLEMENT, REFUSAL, "apology", STOP, "return", "correction", REMINDER)
# Signed by a leader: no correction of the dossier exchanges them.
_SIGNED_KINDS = ("apology", STOP)


@dataclass(frozen=True)
class Owner:
    """Whose a paper is, and what is known of its kind.

    `code` is the dossier's, for a slip before acceptance the slip's id, and `dossier` None then.
    `of_kind` are its slips or letters of this kind, oldest first; `past` its ledger entries.
    """

    code: str
    dossier: Dossier | None
    of_kind: Sequence[NumberedPaper]
    past: Past
    frozen: Sequence[FrozenPaper]


@dataclass(frozen=True)
class Chosen:
    """A paper that is meant.

    `subject` is the id of its letter or slip (`numbered`). `given` is the frozen paper that a print
    draws, None where it is drawn as things stand, under the mark `standing`. `printed` are the
    entries that printed it.
    """

    owner: Owner
    kind: str
    subject: str
    numbered: NumberedPaper | None
    printed: Sequence[int]
    given: FrozenPaper | None
    standing: str

    @property
    def kept(self) -> bool:
        """True for a paper that counts as given once it is printed: no list, no draft."""
        return self.kind in GIVEN_KINDS and not is_draft(self.numbered)

    @property
    def times(self) -> int:
        """Printings of the very paper that a print draws."""
        return times_of(self.owner.past, self.given.number) if self.given else 0


def is_draft(paper: NumberedPaper | None) -> bool:
    return isinstance(paper, Letter) and paper.state is LetterState.DRAFTED


def owner_of(connection: Connection, code: str, kind: str) -> Owner:
    """Return the dossier with this code; the slip before acceptance with this id.

    Raises Refused("unknown-dossier"), ("cancelled").
    """
    slip = slips.slip_of(connection, code) if kind in SLIP_KINDS else None
    if slip and not slip.code:
        return _owner(connection, code, None, kind, (slip,))
    dossier = progress.counted_dossier(connection, slip.code if slip else code)
    return _owner(connection, dossier.code, dossier, kind, _of_kind(connection, dossier, kind))


def owners_of(connection: Connection, code: str) -> Iterator[tuple[str, Owner]]:
    """Yield (kind, owner) for each kind of paper that may have been given; raises as owner_of()."""
    slip = slips.slip_of(connection, code)
    if slip and not slip.code:
        yield slip.kind, _owner(connection, code, None, slip.kind, (slip,))
        return
    dossier = progress.counted_dossier(connection, slip.code if slip else code)
    whole = _owner(connection, dossier.code, dossier, "", ())
    for kind in GIVEN_KINDS:
        frozen = [paper for paper in whole.frozen if paper.kind == kind]
        yield kind, replace(whole, of_kind=_of_kind(connection, dossier, kind), frozen=frozen)


def _owner(
    connection: Connection,
    code: str,
    dossier: Dossier | None,
    kind: str,
    of_kind: Sequence[NumberedPaper],
) -> Owner:
    """Return the owner with its papers of this kind, "" for every kind."""
    frozen = frozen_papers.papers_of(connection, code)
    wanted = [paper for paper in frozen if kind in ("", paper.kind)]
    return Owner(code, dossier, of_kind, journal.of_dossier(connection, code), wanted)


def _of_kind(connection: Connection, dossier: Dossier, kind: str) -> Sequence[NumberedPaper]:
    if kind in SLIP_KINDS:
        return slips.slips_of_dossier(connection, dossier.code, kind)
    return dossier.letters if kind == "apology" else ()


def choose(
    connection: Connection, code: str, kind: str, subject: str | None, number: int | None
) -> Chosen:
    """Return the paper of this kind that is meant: the newest, unless a choice is given.

    `code` as in owner_of(). `subject` is the id or number of a letter or slip, `number` that of
    a frozen paper. Raises Refused as owner_of(), ("no-slip"), ("no-letter"), ("unknown-letter"),
    ("unknown-slip"), ("unknown-paper"), ("paper-forgotten"); Trouble("paper-altered").
    """
    owner = owner_of(connection, code, kind)
    if number is not None:
        given = _frozen(owner, number)
        chosen = chosen_of(owner, kind, given.subject, given)
    else:
        if kind in SLIP_KINDS and code != owner.code:
            subject = subject or code
        numbered = _numbered(owner, kind, subject)
        chosen = chosen_of(owner, kind, _subject(owner.past, kind, numbered))
    if chosen.given:
        _check(owner, chosen.given)
    return chosen


def _check(owner: Owner, paper: FrozenPaper) -> None:
    """Raise Refused("paper-forgotten") for a paper without facts, Trouble("paper-altered")."""
    if not paper.facts:
        raise Refused(
            "paper-forgotten",
            _(
                "Thông tin cá nhân của hồ sơ {code} đã được ẩn danh; giấy đã cấp không in lại được."
            ).format(code=owner.code),
        )
    if facts_hash(paper) != hash_in(owner.past, paper.number):
        raise Trouble(
            "paper-altered",
            _(
                "Giấy đã cấp số {number} của hồ sơ {code} không còn khớp với sổ cái nên không in. "
                "Hãy kiểm tra sổ cái trong Cài đặt và khôi phục bản sao gần nhất."
            ).format(number=paper.number, code=owner.code),
        )


def _frozen(owner: Owner, number: int) -> FrozenPaper:
    for paper in owner.frozen:
        if paper.number == number:
            return paper
    raise Refused(
        "unknown-paper",
        _("Hồ sơ {code} không có giấy số {number} loại này trong các giấy đã lưu.").format(
            code=owner.code, number=number
        ),
        "paper",
    )


def _numbered(owner: Owner, kind: str, subject: str | None) -> NumberedPaper | None:
    """Return the slip or letter that is meant; None for a kind that is not numbered."""
    if kind not in SLIP_KINDS and kind != "apology":
        return None
    wanted = [paper for paper in owner.of_kind if subject is None or _is_called(paper, subject)]
    if wanted:
        return wanted[-1]
    if owner.of_kind and kind == "apology":
        raise Refused(
            "unknown-letter",
            _("Hồ sơ {code} không có thư «{id}»; hãy kiểm tra lại.").format(
                code=owner.code, id=subject
            ),
            "letter",
        )
    if owner.of_kind:
        raise Refused(
            "unknown-slip",
            _("Hồ sơ {code} không có {paper} «{id}»; hãy kiểm tra lại.").format(
                code=owner.code, paper=_(PAPERS[kind]), id=subject
            ),
            "slip",
        )
    if kind == "apology":
        raise Refused(
            "no-letter",
            _("Hồ sơ {code} chưa có thư xin lỗi; hãy soạn thư trước (X).").format(code=owner.code),
            "letter",
        )
    raise Refused(
        "no-slip",
        _("Hồ sơ {code} chưa có {paper} nào.").format(code=owner.code, paper=_(PAPERS[kind])),
        "kind",
    )


def _is_called(paper: NumberedPaper, subject: str) -> bool:
    """Return True for its id, its number as printed, or that number alone: "5" for 05/PXL-UBND."""
    number = paper.number_text
    alone = number.partition("/")[0].lstrip("0")
    return subject in (paper.id, number) or bool(alone and subject.lstrip("0") == alone)


def _subject(past: Past, kind: str, numbered: NumberedPaper | None) -> str:
    """Return the id of a letter or slip, of a receipt of the result the entry of its return."""
    if numbered:
        return numbered.id
    return str(returned_last(past)) if kind == "return" else ""


def chosen_of(owner: Owner, kind: str, subject: str, given: FrozenPaper | None = None) -> Chosen:
    """Return the paper with this subject; `given` None: the newest that was not exchanged."""
    numbered = next((paper for paper in owner.of_kind if paper.id == subject), None)
    printed = printings(owner.past, kind, numbered, owner.of_kind)
    before = [paper for paper in owner.frozen if paper.subject == subject]
    if given is None and before and not _exchanged(owner.past, before[-1]):
        given = before[-1]
    as_before = given is not None or is_draft(numbered)
    standing = "" if as_before else _standing(owner.past, kind, numbered, printed, before)
    return Chosen(owner, kind, subject, numbered, printed, given, standing)


def _exchanged(past: Past, paper: FrozenPaper) -> bool:
    """True where the dossier was corrected since the paper was given."""
    if paper.kind in _SIGNED_KINDS:
        return False
    return drawn_after(past, paper.number) < corrected_last(past)


def _standing(
    past: Past,
    kind: str,
    numbered: NumberedPaper | None,
    printed: Sequence[int],
    before: Sequence[FrozenPaper],
) -> str:
    """Return the mark of a paper that is drawn as things stand, "" for the first of its kind."""
    if before or (kind not in _SIGNED_KINDS and 0 < max(printed, default=0) < corrected_last(past)):
        return IN_EXCHANGE
    delivered = isinstance(numbered, Letter) and numbered.state is LetterState.DELIVERED
    return MADE_ANEW if printed or delivered else ""
