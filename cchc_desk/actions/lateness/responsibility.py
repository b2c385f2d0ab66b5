"""Responsibility for late dossiers, strikes of a year, the 5 % fuse, each with its dossiers."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby

from cchc_desk.actions.catalogue import catalogue
from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.office import printable
from cchc_desk.domain import lateness
from cchc_desk.domain.dossiers.dossier import Dossier, Letter, Responsibility
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.domain.dossiers.segments import Segment, at_fault, segments
from cchc_desk.domain.figures import ASKED_TWICE, Origin, Period
from cchc_desk.domain.late_share import SHARE_LATE, ApologyCoverage, LateShare
from cchc_desk.domain.lateness import Standing
from cchc_desk.domain.law.regime import Regime, regime_on
from cchc_desk.domain.ledger.facts.lateness import Fixed, Objected, ReportedUp
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.domain.permissions import ALLOWED, Permission
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import dossiers, figures, lists
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.office import officials


@dataclass(frozen=True)
class StrikeRow:
    """One official's late dossiers of the year through own fault, and their consequence."""

    official: Official
    standing: Standing
    dossiers: tuple[DossierRow, ...]
    objections: tuple[str, ...]


@dataclass(frozen=True)
class FuseAnswer:
    """The fuse of a period, the codes of the late dossiers, apologies, and the portal's own counts.

    `portal`: late or asked twice for a supplement, over finished and open together
    (docs/sources.md); `portal_late`: the codes of these. `solved` and `unsolved`: late over all,
    as form II.06 tells them apart.
    """

    fuse: LateShare
    late: tuple[str, ...]
    portal: LateShare
    portal_late: tuple[str, ...]
    solved: tuple[int, int]
    unsolved: tuple[int, int]
    coverage: ApologyCoverage


def fix_responsibility(
    desk: Desk,
    code: str,
    cause: str,
    official: str | None,
    own_fault: bool | None,
    step: str = "",
    document: str = "",
) -> Responsibility:
    """Decide who answers for a late dossier; a later decision replaces it, the ledger has both.

    `document`: the paper by which the higher office decided, about a leader's own dossier. Raises
    Refused("not-late"), ("cause"), ("unknown-official"), ("fault-without-official"),
    ("unknown-step"), ("own-responsibility"), ("leader-decides").
    """
    document = printable.printable_line(document, "document")
    me = desk.require(Permission.ENTER_DECISION if document else Permission.FIX_RESPONSIBILITY)
    with desk.write() as connection:
        dossier = _late(desk, connection, code)
        check_not_own(desk, dossier, official)
        if me.role not in ALLOWED[Permission.FIX_RESPONSIBILITY]:
            _check_leaders(desk, connection, dossier)
        return decide(desk, connection, dossier, cause, official, own_fault, step, document)


def report_up(desk: Desk, code: str, cause: str) -> Responsibility:
    """Note that the higher office is asked about the leader's own dossier; nothing is decided.

    Raises Refused("not-late"), ("cause").
    """
    me = desk.require(Permission.FIX_RESPONSIBILITY)
    with desk.write() as connection:
        dossier = _late(desk, connection, code)
        noted = _keep(desk, connection, dossier, cause, me.id, None, "")
        desk.record(connection, ReportedUp(me.id, cause), dossier.code)
    return noted


def is_own(desk: Desk, code: str) -> bool:
    """Return True when whoever is logged in may answer for the dossier, and so not decide it."""
    desk.require(Permission.READ)
    with desk.read() as connection:
        return _is_own(desk, progress.the_dossier(connection, code))


def _is_own(desk: Desk, dossier: Dossier) -> bool:
    return _may_answer(desk, dossier, desk.require(Permission.READ).id)


def _may_answer(desk: Desk, dossier: Dossier, login: str) -> bool:
    """Return True for one named as responsible, or, while nobody is, who held it over its time."""
    fixed = dossier.responsibility
    if fixed is not None and fixed.decided and fixed.official is not None:
        return fixed.official == login
    held = at_fault(segments(dossier, desk.calendar, desk.now()), dossier.first_due)
    return held.official == login or lateness.is_proposed(dossier, login)


def _check_leaders(desk: Desk, connection: Connection, dossier: Dossier) -> None:
    """Raise Refused("leader-decides") where no leader may answer for the dossier.

    Only about a leader's own does a higher office decide.
    """
    leaders = [who for who in officials.all_officials(connection) if who.role is Role.LEADER]
    if not any(_may_answer(desk, dossier, who.id) for who in leaders):
        raise Refused(
            "leader-decides",
            _(
                "Hồ sơ này do lãnh đạo của quầy quyết định; chỉ hồ sơ của chính lãnh đạo mới theo "
                "văn bản của cấp trên."
            ),
            "document",
        )


def check_not_own(desk: Desk, dossier: Dossier, official: str | None) -> None:
    """Raise Refused("own-responsibility") for a decision about oneself or of what one bears."""
    me = desk.require(Permission.READ)
    if official == me.id or _is_own(desk, dossier):
        raise Refused(
            "own-responsibility",
            _(
                "Không ai tự xác định trách nhiệm của mình: hãy để lãnh đạo khác quyết định, hoặc "
                "báo cấp trên rồi ghi văn bản trả lời."
            ),
            "responsible",
        )


def _late(desk: Desk, connection: Connection, code: str) -> Dossier:
    dossier = progress.the_dossier(connection, code)
    if not lateness.is_late(dossier, desk.now()):
        raise Refused(
            "not-late",
            _("Hồ sơ {code} không trễ hẹn; không có trách nhiệm phải xác định.").format(
                code=dossier.code
            ),
        )
    return dossier


def decide(
    desk: Desk,
    connection: Connection,
    dossier: Dossier,
    cause: str,
    official: str | None,
    own_fault: bool | None,
    step: str = "",
    document: str = "",
) -> Responsibility:
    """Decide inside the caller's transaction, whose permission the caller has asked for.

    Raises Refused("cause"), ("unknown-official"), ("fault-without-official"), ("unknown-step").
    """
    fixed = _keep(desk, connection, dossier, cause, official, own_fault, step)
    decided = Fixed(
        cause=fixed.cause,
        step=fixed.step,
        official=fixed.official,
        own_fault=fixed.own_fault,
        over=fixed.over,
        document=document,
    )
    desk.record(connection, decided, dossier.code)
    return fixed


def decide_by_signing(desk: Desk, connection: Connection, dossier: Dossier, letter: Letter) -> None:
    """Decide what the letter proposes, as its leader signs it inside the caller's transaction.

    What was decided before stays; nothing is decided about the leader, or of what they bear.
    """
    before = dossier.responsibility
    if before is not None and before.decided and before.official is not None:
        return
    leader = desk.require(Permission.SIGN_LETTER)
    if letter.responsible in (None, leader.id) or _is_own(desk, dossier):
        _keep(desk, connection, dossier, letter.cause, None, None, "")
    else:
        decide(desk, connection, dossier, letter.cause, letter.responsible, letter.own_fault)


def _keep(
    desk: Desk,
    connection: Connection,
    dossier: Dossier,
    cause: str,
    official: str | None,
    own_fault: bool | None,
    step: str,
) -> Responsibility:
    """Store the row; an objection made before stays."""
    check_proposal(connection, cause, official, own_fault)
    held = _held(desk, dossier, official, steps.line_of(step, "step"))
    before = dossier.responsibility
    fixed = Responsibility(
        cause=cause,
        step=held.step,
        official=official,
        own_fault=own_fault,
        over=held.over,
        fixed=desk.now(),
        fixed_by=desk.require(Permission.READ).id,
        objection=before.objection if before else "",
        objected=before.objected if before else None,
    )
    dossiers.keep_responsibility(connection, dossier.code, fixed)
    return fixed


def check_proposal(
    connection: Connection, cause: str, official: str | None, own_fault: bool | None
) -> None:
    """Raise Refused("cause"), ("unknown-official"), ("fault-without-official")."""
    catalogue.cause_label(cause)
    if official is not None and officials.official_of(connection, official) is None:
        raise Refused(
            "unknown-official",
            _("Không có công chức «{login}» ở quầy này.").format(login=official),
            "responsible",
        )
    if own_fault and official is None:
        raise Refused(
            "fault-without-official",
            _("Hãy chọn người chịu trách nhiệm rồi kết luận lỗi."),
            "responsible",
        )


def _held(desk: Desk, dossier: Dossier, official: str | None, step: str) -> Segment:
    """Return the step named, else that of the official most over its limit, else of anybody.

    Raises Refused("unknown-step").
    """
    held = segments(dossier, desk.calendar, desk.now())
    named = [segment for segment in held if segment.step == step] if step else []
    if step and not named:
        raise Refused(
            "unknown-step",
            _("Hồ sơ {code} không qua bước «{step}»; các bước đã qua: {steps}.").format(
                code=dossier.code,
                step=step,
                steps=", ".join(dict.fromkeys(segment.step for segment in held)),
            ),
            "step",
        )
    theirs = [segment for segment in held if segment.official == official]
    return at_fault(named or theirs or held, dossier.first_due)


def object_to(desk: Desk, code: str, text: str) -> Responsibility:
    """Note an objection of the person held responsible; a leader may note it for them.

    Raises Refused("reason-missing"), ("no-responsibility"), ("not-yours").
    """
    me = desk.require(Permission.OBJECT)
    text = steps.required_reason(text, _("Hãy ghi ý kiến của người chịu trách nhiệm."))
    with desk.write() as connection:
        dossier = progress.the_dossier(connection, code)
        fixed = dossier.responsibility
        if fixed is None or fixed.official is None or not fixed.decided:
            raise Refused(
                "no-responsibility",
                _("Hồ sơ {code} chưa xác định người chịu trách nhiệm.").format(code=dossier.code),
            )
        if me.id != fixed.official and me.role is not Role.LEADER:
            raise Refused(
                "not-yours",
                _("Chỉ người chịu trách nhiệm (hoặc lãnh đạo ghi hộ) mới ghi ý kiến được."),
            )
        noted = replace(fixed, objection=text, objected=desk.now())
        dossiers.keep_responsibility(connection, dossier.code, noted)
        desk.record(connection, Objected(fixed.official, objection=text), dossier.code)
    return noted


def strikes(desk: Desk, year: int, origin: Origin = Origin.ALL) -> tuple[StrikeRow, ...]:
    """Return officials with strikes in the year, most first (docs/promise.md, "Three strikes").

    A leader sees everybody's, others see their own.
    """
    me, now = desk.require(Permission.READ), desk.now()
    regime = regime_of(desk, year)
    with desk.read() as connection:
        pairs = figures.faults(connection, Period.of_year(year, now), origin)
        if me.role not in ALLOWED[Permission.SEE_STRIKES]:
            pairs = tuple(pair for pair in pairs if pair[0] == me.id)
        codes = {code for _official, code in pairs}
        rows = {row.code: row for row in lists.rows_of(connection, now, codes)}
        by_id = {official.id: official for official in officials.all_officials(connection)}
        objections = dossiers.objections(connection, rows)
    rows_of_strikes = []
    for login, group in groupby(pairs, lambda pair: pair[0]):
        theirs = tuple(rows[code] for _login, code in group)
        standing = lateness.standing(len(theirs), regime)
        against = tuple(objections.get(row.code, "") for row in theirs)
        rows_of_strikes.append(StrikeRow(by_id[login], standing, theirs, against))
    return tuple(sorted(rows_of_strikes, key=lambda row: -len(row.dossiers)))


def regime_of(desk: Desk, year: int) -> Regime:
    """Return the regime whose lines a year is held against."""
    desk.require(Permission.READ)
    return regime_on(desk.regimes, max(date(year, 12, 31), desk.regimes[0].valid_from))


def to_be_reviewed(desk: Desk, year: int, origin: Origin = Origin.ALL) -> int:
    """Return how many officials have so many strikes in the year that they are to be reviewed.

    A number without a name, also to who sees nobody's strikes but their own.
    """
    desk.require(Permission.COURTESY_REPORT)
    regime = regime_of(desk, year)
    with desk.read() as connection:
        pairs = figures.faults(connection, Period.of_year(year, desk.now()), origin)
    strikes_of = Counter(official for official, _code in pairs)
    found = (lateness.standing(count, regime) for count in strikes_of.values())
    return sum(one is Standing.REVIEW for one in found)


def fuse(desk: Desk, first: date, last: date, origin: Origin = Origin.ALL) -> FuseAnswer:
    """Return the late share of a period against the line (docs/promise.md, "The 5 % fuse").

    Raises Refused("period").
    """
    desk.require(Permission.READ)
    if last < first:
        raise Refused("period", _("Ngày cuối của kỳ phải từ ngày đầu trở đi."), "to")
    now = desk.now()
    line = regime_on(desk.regimes, last).late_share
    within = Period.until_now(first, last, now)
    with desk.read() as connection:
        late = tuple(
            code
            for figure in SHARE_LATE
            for code in figures.codes(connection, figure, within, origin)
        )
        counts = figures.counts(connection, within, origin)
        twice = figures.codes(connection, ASKED_TWICE, within, origin)
        coverage = figures.coverage(connection, within, origin)
    portal_late = tuple(dict.fromkeys((*late, *twice)))
    portal_total = counts.ready + counts.open + counts.gone
    return FuseAnswer(
        LateShare.of(counts, line),
        late,
        LateShare(len(portal_late), portal_total, line),
        portal_late,
        (counts.ready_late, counts.ready + counts.gone),
        (counts.open_late, counts.open),
        coverage,
    )


def fuse_by_month(desk: Desk, year: int, origin: Origin = Origin.ALL) -> tuple[LateShare, ...]:
    """Return the fuse of each month of a year that has begun by now, each counted for itself."""
    desk.require(Permission.READ)
    now = desk.now()
    firsts = [date(year, month, 1) for month in range(1, 13)]
    months = [first for first in firsts if first <= now.date()]
    line = regime_of(desk, year).late_share
    with desk.read() as connection:
        return tuple(
            LateShare.of(
                figures.counts(connection, Period.until_now(first, _last_day(first), now), origin),
                line,
            )
            for first in months
        )


def _last_day(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def late_by_cause(
    desk: Desk, first: date, last: date, origin: Origin = Origin.ALL
) -> tuple[tuple[str, int], ...]:
    """Return (label of the cause, late dossiers of the period), the most frequent first."""
    desk.require(Permission.READ)
    with desk.read() as connection:
        causes = figures.causes(connection, Period.until_now(first, last, desk.now()), origin)
    return tuple(
        (_(catalogue.cause_label(code)) if code else _("Chưa xác định"), count)
        for code, count in causes
    )


def year_to_date(now: datetime) -> tuple[date, date]:
    """Return the period that the window shows: from the first of January to today."""
    return date(now.year, 1, 1), now.date()
