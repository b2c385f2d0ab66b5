"""Certification while the citizen waits: taken in, written into its book and returned at once."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from cchc_desk.actions.dossiers import correct, progress, steps
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.actions.exports import leaving
from cchc_desk.actions.intake import intake as taking_in
from cchc_desk.actions.intake.intake import MOST_OF_A_PAPER, Intake
from cchc_desk.actions.office import printable
from cchc_desk.domain.dossiers.certifications import (
    BOOK_OF_PROCEDURE,
    USUAL_PAPERS,
    BookLine,
    Certification,
    CertificationBook,
)
from cchc_desk.domain.dossiers.dossier import Dossier, PaperCount, Status
from cchc_desk.domain.figures import Origin
from cchc_desk.domain.law import fees
from cchc_desk.domain.law.fees import Fee
from cchc_desk.domain.law.procedure import Channel, ProcedureVersion
from cchc_desk.domain.ledger.facts.intake import Certified
from cchc_desk.domain.people.applicant import Applicant, handed_in_by, tidy_applicant
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.text.vietnamese import clean_line
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.office import officials, procedures, registers
from cchc_desk.store.papers import certifications

WITHIN_DAY = "trong ngày"  # promised where the catalogue has no certain limit of its own
MOST_USUAL = 60
LONGEST_NOTE = 200


@dataclass(frozen=True)
class ToCertify:
    """One paper that the citizen brought, as typed."""

    paper: str
    copies: int = 1
    pages: int = 1


@dataclass(frozen=True)
class Request:
    """All that one citizen wants certified by one procedure; `signer` is a log-in name.

    `code` names the dossier where it was taken in before: its owner and procedure hold then.
    """

    procedure: str
    applicant: Applicant
    papers: tuple[ToCertify, ...]
    signer: str
    note: str = ""
    code: str = ""


@dataclass(frozen=True)
class Kind:
    """A procedure that the lane offers, its book, and the number that comes next in it."""

    version: ProcedureVersion
    book: CertificationBook
    volume: int
    next_number: int
    papers: tuple[str, ...]  # to choose from, the most frequent first
    last_signer: str

    @property
    def volume_text(self) -> str:
        return f"{self.volume:02d}"


@dataclass(frozen=True)
class Done:
    """A request that was done: its dossier, the lines of its book, the sum to pay."""

    dossier: Dossier
    lines: tuple[Certification, ...]
    fee: Fee | None


def kinds(desk: Desk) -> tuple[Kind, ...]:
    """Return what can be certified here, in the order of the page; nothing is taken."""
    desk.require(Permission.READ)
    now = desk.now()
    with desk.read() as connection:
        offered = []
        papers = {
            book: tuple(
                dict.fromkeys(
                    (*certifications.usual_papers(connection, book, MOST_USUAL), *USUAL_PAPERS)
                )
            )
            for book in CertificationBook
        }
        for code, book in BOOK_OF_PROCEDURE.items():
            version = procedures.version_on(connection, code, now.date())
            if version is None:
                continue
            offered.append(
                Kind(
                    version=version,
                    book=book,
                    volume=desk.settings[f"{book}_volume"],
                    next_number=registers.next_number(
                        connection, book.symbol, f"{now:%Y}", desk.settings[f"{book}_first"]
                    ),
                    papers=papers[book],
                    last_signer=certifications.last_signer(connection, book),
                )
            )
    return tuple(offered)


def signers(desk: Desk) -> tuple[Official, ...]:
    """Return who may have signed: leaders first, then the others; no administrator."""
    desk.require(Permission.READ)
    with desk.read() as connection:
        everybody = officials.all_officials(connection)
    able = [one for one in everybody if one.active and one.role is not Role.ADMINISTRATOR]
    return tuple(sorted(able, key=lambda one: one.role is not Role.LEADER))


def fee_of(version: ProcedureVersion, papers: tuple[ToCertify, ...]) -> Fee | None:
    """Return what these papers cost together; None where the catalogue has words only."""
    rule = version.fee_rule
    if rule is None or not papers:
        return None
    return fees.total_fee(fees.sum_fee(rule, one.copies, one.pages) for one in papers)


def problems(desk: Desk, request: Request) -> tuple[Refused, ...]:
    """Return all refusals of this request, each with its field; empty when it can be done."""
    return tuple(_problems(_cleaned(request)))


def _problems(request: Request) -> Iterator[Refused]:
    book = BOOK_OF_PROCEDURE.get(request.procedure)
    if book is None:
        yield Refused(
            "certify-procedure",
            _("Thủ tục «{code}» không ghi vào sổ chứng thực nào; hãy tiếp nhận ở F2.").format(
                code=request.procedure
            ),
            "procedure",
        )
    elif book.asks_id_number and not request.applicant.id_number:
        yield Refused(
            "certify-id-number",
            _("Sổ này ghi số giấy tờ tùy thân của người yêu cầu: quét thẻ hoặc nhập số."),
            "id_number",
        )
    if not request.papers:
        yield Refused(
            "certify-papers", _("Hãy ghi tên giấy tờ cần chứng thực, rồi số bản."), "papers"
        )
    for one in request.papers:
        if not (1 <= one.copies <= MOST_OF_A_PAPER and 1 <= one.pages <= MOST_OF_A_PAPER):
            yield Refused(
                "certify-count",
                _("Số bản và số trang của «{name}» từ 1 đến {most}.").format(
                    name=one.paper, most=MOST_OF_A_PAPER
                ),
                "papers",
            )
    papers = printable.not_printable("".join(one.paper for one in request.papers), "papers")
    yield from filter(None, (papers, printable.not_printable(request.note, "note")))
    if len(request.note) > LONGEST_NOTE:
        yield Refused(
            "note-long",
            _("Ghi chú dài quá {most} ký tự; hãy viết gọn lại.").format(most=LONGEST_NOTE),
            "note",
        )


def certify(desk: Desk, request: Request) -> Done:
    """Take in, write into the book, mark ready and return, in one transaction.

    Each paper takes the next number of its book. Raises the first of problems(), what
    accept_dossier() refuses, Refused("certify-signer"), ("certify-done"), ("book-full").
    """
    request = _cleaned(request)
    for permission in (Permission.ACCEPT, Permission.CERTIFY, Permission.READY, Permission.RETURN):
        desk.require(permission)
    with desk.write() as connection:
        before = progress.counted_dossier(connection, request.code) if request.code else None
        if before is not None:
            request = _of_dossier(connection, request, before)
        for problem in _problems(request):
            raise problem
        signer = _signer(connection, request.signer)
        if before is None:
            intake = _intake(desk, request)
            dossier, version = taking_in.accept_within(desk, connection, intake)
        else:
            dossier, version = before, _version_of(connection, before)
        lines = _write_down(desk, connection, dossier, version, request, signer)
        if dossier.status is not Status.READY:
            steps.ready_within(desk, connection, dossier.code)
        owner = dossier.applicant
        to = handed_in_by(owner, dossier.submitter) or owner.name
        steps.return_within(desk, connection, dossier.code, Return(to))
        dossier = progress.the_dossier(connection, dossier.code)
    return Done(dossier, lines, fee_of(version, request.papers))


def take_back(desk: Desk, code: str, reason: str) -> Dossier:
    """Undo the return and the result and cancel the entry; its lines of the book become void.

    For what was taken in and certified at once: by who did it, on the same day, one transaction.
    Raises as undo() and cancel().
    """
    for permission in (Permission.UNDO, Permission.CANCEL):
        desk.require(permission)
    with desk.write() as connection:
        for _end in (Status.RETURNED, Status.READY):
            steps.undo_within(desk, connection, code, reason)
        return correct.cancel_within(desk, connection, code, reason)


def _cleaned(request: Request) -> Request:
    return replace(
        request,
        procedure=clean_line(request.procedure),
        applicant=tidy_applicant(request.applicant),
        papers=tuple(
            ToCertify(clean_line(one.paper), one.copies, one.pages) for one in request.papers
        ),
        signer=clean_line(request.signer),
        note=clean_line(request.note),
        code=clean_line(request.code),
    )


def _of_dossier(connection: Connection, request: Request, dossier: Dossier) -> Request:
    """Return the request for a dossier that was taken in. Raises Refused("certify-done")."""
    if certifications.of_dossier(connection, dossier.code):
        raise Refused(
            "certify-done",
            _("Hồ sơ {code} đã ghi vào sổ chứng thực rồi.").format(code=dossier.code),
            "procedure",
        )
    return replace(request, procedure=dossier.procedure_code, applicant=dossier.applicant)


def _version_of(connection: Connection, dossier: Dossier) -> ProcedureVersion:
    version = procedures.exact_version(
        connection, dossier.procedure_code, dossier.procedure_version
    )
    assert version is not None, "a dossier's version is never deleted"
    return version


def papers_of(dossier: Dossier) -> tuple[ToCertify, ...]:
    """Return the papers of a dossier in the counts of certification: pages and paper copies."""
    return tuple(
        ToCertify(paper.name, max(1, paper.certified), max(1, paper.original))
        for paper in dossier.papers
    )


def _intake(desk: Desk, request: Request) -> Intake:
    """Return the request as an intake: of certification, papers count pages and paper copies."""
    version = taking_in.the_procedure(desk, request.procedure)
    return Intake(
        procedure=request.procedure,
        applicant=request.applicant,
        papers=tuple(
            PaperCount(one.paper, original=one.pages, certified=one.copies)
            for one in request.papers
        ),
        note=request.note,
        limit=WITHIN_DAY if version.needs_confirmation(Channel.DIRECT) else None,
    )


def _signer(connection: Connection, official: str) -> Official:
    found = officials.official_of(connection, official)
    if found is None or not found.active:
        raise Refused(
            "certify-signer", _("Hãy chọn người ký chứng thực trong danh sách."), "signer"
        )
    return found


def _write_down(
    desk: Desk,
    connection: Connection,
    dossier: Dossier,
    version: ProcedureVersion,
    request: Request,
    signer: Official,
) -> tuple[Certification, ...]:
    """Take a number for each paper and write the lines and the ledger entry."""
    now, book = desk.now(), BOOK_OF_PROCEDURE[request.procedure]
    lines = []
    for one in request.papers:
        fee = fee_of(version, (one,))
        lines.append(
            Certification(
                book=book,
                year=now.year,
                volume=desk.settings[f"{book}_volume"],
                number=_next_number(desk, connection, book),
                at=now,
                paper=one.paper,
                pages=one.pages,
                copies=one.copies,
                fee=fee.amount if fee else None,
                signer=signer.id,
                signer_title=signer.title,
                note=request.note,
            )
        )
    certifications.add_certifications(connection, dossier.code, lines)
    total = fee_of(version, request.papers)
    certified = Certified(
        volume=lines[0].volume_text,
        numbers=tuple(line.number for line in lines),
        copies=sum(line.copies for line in lines),
        signer=signer.id,
        fee=total.amount if total else None,
    )
    desk.record(connection, certified, dossier.code)
    return tuple(lines)


def _next_number(desk: Desk, connection: Connection, book: CertificationBook) -> int:
    """Take the next number of the book this year. Raises Refused("book-full")."""
    year, settings = desk.now().year, desk.settings
    last = settings[f"{book}_last"]
    given = certifications.numbers_of_year(connection, year).get(book, frozenset())
    highest = max((number for number in given if number <= last), default=0)
    first = max(settings[f"{book}_first"], highest + 1)
    number = registers.take_number(connection, book.symbol, str(year), first)
    if number > settings[f"{book}_last"]:
        raise Refused(
            "book-full",
            _("Quầy đã dùng hết dải số của sổ {symbol} năm {year}; hãy nới dải số.").format(
                symbol=book.symbol, year=year
            ),
        )
    return number


# --- the books ------------------------------------------------------------------------------------


def lines_of(desk: Desk, code: str) -> tuple[BookLine, ...]:
    """Return the lines that a dossier has in the books of certification."""
    desk.require(Permission.READ)
    with desk.read() as connection:
        return certifications.of_dossier(connection, code)


def book_lines(
    desk: Desk,
    book: CertificationBook,
    first: date,
    last: date,
    origin: Origin = Origin.ALL,
) -> tuple[BookLine, ...]:
    """Return the lines of a book in a period, by number. Raises Refused("period")."""
    desk.require(Permission.READ)
    if last < first:
        raise Refused("period", _("Ngày cuối của kỳ phải từ ngày đầu trở đi."), "to")
    with desk.read() as connection:
        seen = leaving.seen_codes(desk, connection, origin)
        lines = certifications.in_book(
            connection, book, f"{first.isoformat()}T00:00", f"{last.isoformat()}T23:59"
        )
    return tuple(line for line in lines if line.code in seen)
