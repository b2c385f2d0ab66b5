"""Verbs of the counter: take in, find, show, return, print."""

from pathlib import Path

from cchc_desk.console.runtime import (
    Answer,
    NewVerb,
    Options,
    Usage,
    count,
    moment,
    opened,
    read,
    typed,
    with_origin,
)
from cchc_desk.settings import PAPERS, PaperStep


def add(verb: NewVerb) -> None:
    """Add these verbs to the command line."""
    verb("accept", _accept, "tiếp nhận hồ sơ", file={})
    register = verb("register", _register, "ghi nhận hồ sơ từ Cổng dịch vụ công", file={})
    register.add_argument("--portal-code", required=True)
    register.add_argument("--submitted", type=moment, required=True)
    verb("registrations", _registrations, "hồ sơ từ Cổng đang chờ trả lời")
    verb("refuse", _refuse, "từ chối tiếp nhận", file={})
    verb("lacking", _lacking, "phiếu yêu cầu bổ sung trước khi tiếp nhận", file={})
    found = verb("find", _find, "tìm hồ sơ", query={})
    verb("known", _known, "người, tổ chức quầy đã biết", query={})
    verb("show", _show, "xem một hồ sơ", code={})
    verb("ready", _ready, "hồ sơ có kết quả", code={})
    returned = verb("return", _return, "trả kết quả", code={})
    returned.add_argument("--to", required=True)
    returned.add_argument("--papers-back", default="", help="giấy tờ trả lại")
    returned.add_argument("--how", default="counter", choices=("counter", "post"))
    returned.add_argument("--authority", default="", help="giấy ủy quyền, khi người khác nhận thay")
    returned.add_argument("--originals", default="", help="bản chính thu lại")
    paper = verb(
        "paper",
        _paper,
        "in giấy tờ ra tệp PDF",
        code={},
        kind={"choices": [kind for kind in PAPERS if kind not in ("morning", "test")]},
    )
    paper.add_argument("--number", help="số của thư, phiếu (05 hoặc 05/PXL-UBND)")
    paper.add_argument("--letter", help="mã hoặc số của thư, khi hồ sơ có nhiều thư")
    paper.add_argument("--slip", help="mã hoặc số của phiếu, khi hồ sơ có nhiều phiếu")
    paper.add_argument("--paper", type=count, help="số của giấy đã cấp (việc papers)")
    paper.add_argument("--out", type=Path, required=True)
    verb("papers", _papers, "các giấy tờ của một hồ sơ đã cấp hoặc in được", code={})
    paper_set = verb(
        "paper-set",
        _paper_set,
        "in bộ giấy của một bước ra các tệp PDF",
        code={},
        step={"choices": [step.value for step in PaperStep]},
    )
    paper_set.add_argument("--out", type=Path, required=True, help="thư mục nhận các tệp")
    checked = verb("check-history", _check_history, "kiểm tra giấy lý lịch hồ sơ", check={})
    checked.add_argument("--code", default="", help="mã hồ sơ, khi không quét QR")
    checked.add_argument("--scan", default="", help="chữ đọc được từ mã QR của giấy")
    checked = verb(
        "check-paper", _check_paper, "kiểm tra giấy hẹn, thư xin lỗi, thông báo dừng", check={}
    )
    checked.add_argument("--code", default="", help="mã hồ sơ trên giấy, khi không quét QR")
    checked.add_argument("--scan", default="", help="chữ đọc được từ mã QR của giấy")
    checked.add_argument("--owner", default="", help="tên chủ hồ sơ trên giấy, để so; «-»: stdin")
    today = verb("today", _today, "việc của hôm nay")
    sheet = verb("morning-sheet", _morning_sheet, "phiếu buổi sáng của lãnh đạo")
    sheet.add_argument("--out", type=Path, required=True)
    with_origin(found, today, sheet)


def _accept(options: Options) -> Answer:
    from cchc_desk.actions.intake import intake
    from cchc_desk.console import json_files

    with opened(options) as desk:
        dossier = intake.accept_dossier(desk, json_files.intake_of(desk, read(options.file)))
    return {
        "code": dossier.code,
        "due": dossier.due,
        "procedure": dossier.procedure_name,
        "provisional": dossier.first.provisional,
        "status": int(dossier.status),
    }


def _find(options: Options) -> Answer:
    from cchc_desk.actions.dossiers import progress
    from cchc_desk.console import shapes

    with opened(options) as desk:
        found = progress.find_dossiers(desk, typed(options.query), origin=options.origin)
    return {"dossiers": [shapes.row(row) for row in found]}


def _known(options: Options) -> Answer:
    from cchc_desk.actions.intake import people
    from cchc_desk.console import shapes

    with opened(options) as desk:
        return {"people": [shapes.known(one) for one in people.known(desk, typed(options.query))]}


def _show(options: Options) -> Answer:
    from cchc_desk.actions.dossiers import progress
    from cchc_desk.console import shapes

    with opened(options) as desk:
        return shapes.dossier(progress.show_dossier(desk, options.code))


def _ready(options: Options) -> Answer:
    from cchc_desk.actions.dossiers import steps

    with opened(options) as desk:
        view = steps.mark_ready(desk, options.code)
    return {
        "code": view.dossier.code,
        "status": int(view.dossier.status),
        "ready": view.dossier.ready,
    }


def _return(options: Options) -> Answer:
    from cchc_desk.actions.dossiers import steps
    from cchc_desk.actions.dossiers.steps import Return
    from cchc_desk.domain.dossiers.dossier import How

    given = Return(
        typed(options.to),
        options.papers_back,
        How(options.how),
        typed(options.authority),
        options.originals,
    )
    with opened(options) as desk:
        answer = steps.return_result(desk, options.code, given)
    dossier = answer.view.dossier
    return {
        "code": dossier.code,
        "status": int(dossier.status),
        "closed": answer.closed,
        "owed": list(answer.owed),
    }


def _paper(options: Options) -> Answer:
    from cchc_desk.actions.documents import printing

    if options.letter and options.kind != "apology":
        raise Usage("--letter chỉ dùng với apology.")
    if options.slip and options.kind not in ("supplement", "refusal", "stop"):
        raise Usage("--slip chỉ dùng với supplement, refusal, stop.")
    subject = options.number or options.letter or options.slip
    with opened(options) as desk:
        pages = printing.save_paper(
            desk, options.code, options.kind, options.out, subject, options.paper
        )
    return {"file": str(options.out), "pages": pages}


def _papers(options: Options) -> Answer:
    from cchc_desk.actions.documents import given_papers
    from cchc_desk.console import shapes

    with opened(options) as desk:
        choices = given_papers.paper_choices(desk, options.code)
    return {"papers": [shapes.paper_choice(choice) for choice in choices]}


def _paper_set(options: Options) -> Answer:
    from cchc_desk.actions.documents import paper_sets

    with opened(options) as desk:
        saved = paper_sets.save_set(desk, options.code, PaperStep(options.step), options.out)
    return {
        "papers": [
            {"kind": one.kind, "copies": one.copies, "file": str(one.file), "pages": one.pages}
            for one in saved
        ]
    }


def _check_history(options: Options) -> Answer:
    from cchc_desk.actions.papers import one_page_history

    with opened(options) as desk:
        check = one_page_history.check_history(desk, options.check, options.code, options.scan)
    return {"code": check.code, "ok": check.ok, "ledger": check.ledger, "lines": list(check.lines)}


def _check_paper(options: Options) -> Answer:
    from cchc_desk.actions.documents import paper_checks

    with opened(options) as desk:
        found = paper_checks.check_paper(
            desk, options.check, options.code, options.scan, typed(options.owner)
        )
    answer = vars(found) | {"signature": found.signature.value if found.signature else None}
    return answer | {name: list(answer[name]) for name in ("proven", "unproven", "wrong")}


def _today(options: Options) -> Answer:
    from cchc_desk.actions.dossiers import progress

    with opened(options) as desk:
        board = progress.day_board(desk, options.origin)
        internal = progress.internal_due(desk, options.origin)
        to_forward = progress.to_forward(desk, options.origin)
    lists = (
        "reappointment_broken",
        "due_today",
        "soon",
        "late",
        "letters_owed",
        "returned_without_letter",
    )
    return {name: [row.code for row in getattr(board, name)] for name in lists} | {
        "internal": [row.code for row in internal],
        "to_forward": list(to_forward),
        "to_sign": [row.letter.id for row in board.to_sign],
        "to_deliver": [row.letter.id for row in board.to_deliver],
        "taken_in": board.counts.taken_in,
        "returned": board.counts.returned,
        "tomorrow_rest": board.tomorrow_rest,
        "damaged": list(board.damaged),
    }


def _register(options: Options) -> Answer:
    from cchc_desk.actions.intake import before_acceptance
    from cchc_desk.console import json_files

    with opened(options) as desk:
        intake = json_files.intake_of(desk, read(options.file))
        registration = before_acceptance.register_online(
            desk, intake, options.portal_code, options.submitted
        )
    return {
        "portal_code": registration.portal_code,
        "status": int(registration.status),
        "answer_by": registration.answer_by,
    }


def _registrations(options: Options) -> Answer:
    from cchc_desk.actions.intake import before_acceptance

    with opened(options) as desk:
        rows = before_acceptance.waiting(desk)
    return {
        "registrations": [
            {
                "portal_code": row.registration.portal_code,
                "name": row.applicant.name,
                "procedure": row.registration.procedure_name,
                "answer_by": row.registration.answer_by,
                "late": row.late,
            }
            for row in rows
        ]
    }


def _refuse(options: Options) -> Answer:
    from cchc_desk.actions.intake import before_acceptance
    from cchc_desk.console import json_files

    data = read(options.file)
    with opened(options) as desk:
        intake = json_files.intake_of(desk, data, "reason")
        reason = json_files.text_of(data, "reason")
        slip = before_acceptance.refuse(desk, intake, reason, intake.portal_code)
    return {"code": slip.id, "slip": slip.id, "number": slip.number_text, "status": 3}


def _lacking(options: Options) -> Answer:
    from cchc_desk.actions.intake import before_acceptance
    from cchc_desk.console import json_files

    data = read(options.file)
    with opened(options) as desk:
        intake = json_files.intake_of(desk, data, "reason", "items")
        slip = before_acceptance.ask_for_lacking(
            desk, intake, json_files.texts_of(data, "items"), json_files.text_of(data, "reason")
        )
    return {"code": slip.id, "slip": slip.id, "number": slip.number_text, "items": list(slip.items)}


def _morning_sheet(options: Options) -> Answer:
    from cchc_desk.actions.boards import morning, morning_sheet
    from cchc_desk.actions.documents import printing
    from cchc_desk.actions.documents.saving import pages_of

    with opened(options) as desk:
        sheet = morning.morning(desk, options.origin)
        pdf = morning_sheet.sheet_drawing(desk, options.origin).pdf()
        printing.save_drawn(
            desk, pdf, options.out, lambda: printing.log_printed(desk, "", "morning")
        )
    return {
        "file": str(options.out),
        "pages": pages_of(pdf),
        "due_today": [row.code for row in sheet.board.due_today],
        "registrations": [row.registration.portal_code for row in sheet.portal],
        "soon": [row.code for row in sheet.board.soon],
        "late": [row.code for row in sheet.board.late],
        "letters_owed": [row.code for row in sheet.board.letters_owed],
        "notice_owed": [row.code for row in sheet.notice_owed],
        "untouched": [line.row.code for line in sheet.untouched],
        "clock": list(sheet.clock),
    }
