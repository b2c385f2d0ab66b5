"""Verbs of lateness: notice, apology letters, responsibility, strikes, the 5 % fuse."""

from cchc_desk.console.runtime import (
    HOW,
    Answer,
    NewVerb,
    Options,
    count,
    day,
    moment,
    month,
    opened,
    typed,
    with_origin,
    year,
)

_FAULT = {"yes": True, "no": False, None: None}


def add(verb: NewVerb) -> None:
    """Add these verbs to the command line."""
    notify = verb("notify", _notify, "báo trước cho công dân", code={})
    notify.add_argument("--how", required=True, choices=HOW)
    apologise = verb("apologise", _apologise, "soạn thư xin lỗi", code={})
    apologise.add_argument("--cause", required=True, action="append")
    apologise.add_argument("--reason", action="append", default=[])
    apologise.add_argument("--new-due", type=moment)
    apologise.add_argument("--responsible")
    apologise.add_argument("--fault", choices=("yes", "no"))
    apologise.add_argument("--sign", action="store_true")
    mistake = verb(
        "mistake-letter", _mistake_letter, "soạn thư xin lỗi về sai sót của cơ quan", code={}
    )
    mistake.add_argument("--reason", required=True)
    verb("message", _message, "lời báo cho công dân: điện thoại, tin nhắn, thư", code={})
    verb("draft-letters", _draft_letters, "soạn sẵn mọi thư xin lỗi còn thiếu")
    sign = verb("sign", _sign, "lãnh đạo ký thư", letter={})
    sign.add_argument("--number", type=count)
    signer = verb("signer", _signer, "chức danh, hình thức ký của lãnh đạo", leader={})
    signer.add_argument("--title", required=True)
    signer.add_argument("--form", required=True, choices=("TM", "KT", "Q", "TL", "TUQ"))
    signer.add_argument("--mandate", default="", help="văn bản giao quyền ký")
    verb("sign-all", _sign_all, "lãnh đạo ký mọi thư chờ ký")
    deliver = verb("deliver", _deliver, "trao thư đã ký", letter={})
    deliver.add_argument("--how", required=True, choices=HOW)
    deliver.add_argument("--to", default="", help="ai nhận thư")
    fix = verb("responsibility", _responsibility, "lãnh đạo xác định trách nhiệm", code={})
    fix.add_argument("--cause", required=True)
    fix.add_argument("--official", dest="whose")  # --as is `official`
    fix.add_argument("--fault", choices=("yes", "no"))
    fix.add_argument("--step", default="")
    above = fix.add_mutually_exclusive_group()
    above.add_argument("--document", default="", help="văn bản của cấp trên đã quyết định")
    above.add_argument("--to-city", action="store_true", help="hồ sơ của chính mình: báo cấp trên")
    verb("objection", _objection, "ý kiến của người chịu trách nhiệm", code={}).add_argument(
        "--text", required=True
    )
    strikes = verb("strikes", _strikes, "ai gây trễ hẹn mấy lần trong năm")
    strikes.add_argument("--year", type=year)
    fuse = verb("fuse", _fuse, "tỷ lệ trễ hẹn và ngưỡng 5%%")
    fuse.add_argument("--from", dest="first", type=day, required=True)
    fuse.add_argument("--to", dest="last", type=day, required=True)
    forecast = verb("forecast", _forecast, "hồ sơ nào có lẽ sẽ trễ, dự báo trước đúng đến đâu")
    forecast.add_argument(
        "--month", type=month, help="dự báo đầu tháng ấy đúng đến đâu, như 2026-11"
    )
    with_origin(strikes, fuse, forecast)


def _notify(options: Options) -> Answer:
    from cchc_desk.actions.lateness import letters
    from cchc_desk.domain.dossiers.dossier import How

    with opened(options) as desk:
        notice = letters.notify(desk, options.code, How(options.how))
    return {"code": options.code, "in_time": notice.in_time}


def _apologise(options: Options) -> Answer:
    from cchc_desk.actions.lateness import letters
    from cchc_desk.console import shapes

    draft = letters.draft_and_sign if options.sign else letters.draft_apology
    with opened(options) as desk:
        letter = draft(
            desk,
            options.code,
            options.cause[0],
            options.new_due,
            letters.several_reasons(options.cause, options.reason),
            options.responsible,
            _FAULT[options.fault],
        )
    return shapes.letter(letter)


def _mistake_letter(options: Options) -> Answer:
    from cchc_desk.actions.lateness import letters
    from cchc_desk.console import shapes

    with opened(options) as desk:
        return shapes.letter(letters.draft_mistake_letter(desk, options.code, options.reason))


def _message(options: Options) -> Answer:
    from cchc_desk.actions.dossiers import messages

    with opened(options) as desk:
        return {"code": options.code} | vars(messages.messages_for(desk, options.code))


def _draft_letters(options: Options) -> Answer:
    from cchc_desk.actions.lateness import letters
    from cchc_desk.console import shapes

    with opened(options) as desk:
        return {"letters": [shapes.letter(letter) for letter in letters.draft_what_is_owed(desk)]}


def _sign(options: Options) -> Answer:
    from cchc_desk.actions.lateness import letters
    from cchc_desk.console import shapes

    with opened(options) as desk:
        return shapes.letter(letters.sign_letter(desk, options.letter, options.number))


def _signer(options: Options) -> Answer:
    from cchc_desk.actions.office import signing
    from cchc_desk.domain.people.signing import SigningForm

    with opened(options) as desk:
        official = signing.keep_signing(
            desk, options.leader, options.title, SigningForm(options.form), options.mandate
        )
        lines = signing.lines_of(desk, official)
    return {"id": official.id, "title": official.title, "lines": list(lines)}


def _sign_all(options: Options) -> Answer:
    from cchc_desk.actions.lateness import letters
    from cchc_desk.console import shapes

    with opened(options) as desk:
        batch = letters.sign_all(desk)
    return {
        "letters": [shapes.letter(letter) for letter in batch.signed],
        "refused": [{"code": code, "message": why} for code, why in batch.refused],
    }


def _deliver(options: Options) -> Answer:
    from cchc_desk.actions.dossiers import progress
    from cchc_desk.actions.lateness import letters
    from cchc_desk.domain.dossiers.dossier import How

    with opened(options) as desk:
        letter = letters.deliver_letter(desk, options.letter, How(options.how), typed(options.to))
        closed = progress.show_dossier(desk, letter.code).dossier.closed
    return {"letter": letter.id, "code": letter.code, "closed": closed is not None}


def _responsibility(options: Options) -> Answer:
    from cchc_desk.actions.lateness import responsibility

    fault = _FAULT[options.fault]
    with opened(options) as desk:
        if options.to_city:
            fixed = responsibility.report_up(desk, options.code, options.cause)
        else:
            who, step, paper = options.whose, options.step, options.document
            fixed = responsibility.fix_responsibility(
                desk, options.code, options.cause, who, fault, step, paper
            )
    return {
        "code": options.code,
        "cause": fixed.cause,
        "official": fixed.official,
        "own_fault": fixed.own_fault,
        "step": fixed.step,
        "over": fixed.over,
    }


def _objection(options: Options) -> Answer:
    from cchc_desk.actions.lateness import responsibility

    with opened(options) as desk:
        fixed = responsibility.object_to(desk, options.code, options.text)
    return {"code": options.code, "official": fixed.official, "objection": fixed.objection}


def _strikes(options: Options) -> Answer:
    from cchc_desk.actions.lateness import responsibility

    with opened(options) as desk:
        year = options.year or desk.now().year
        rows = responsibility.strikes(desk, year, options.origin)
    return {
        "year": year,
        "officials": [
            {
                "id": row.official.id,
                "name": row.official.name,
                "strikes": len(row.dossiers),
                "standing": row.standing.value,
                "dossiers": [line.code for line in row.dossiers],
            }
            for row in rows
        ],
    }


def _fuse(options: Options) -> Answer:
    from cchc_desk.actions.lateness import responsibility

    with opened(options) as desk:
        answer = responsibility.fuse(desk, options.first, options.last, options.origin)
    fuse, portal = answer.fuse, answer.portal
    return {
        "late": fuse.late,
        "total": fuse.total,
        "share": str(fuse.share) if fuse.share is not None else None,
        "tripped": fuse.tripped,
        "until_tripped": fuse.until_tripped,
        "dossiers": list(answer.late),
        "portal": {"late": portal.late, "total": portal.total},
        "apologies": {
            "late": answer.coverage.late,
            "apologised": answer.coverage.apologised,
            "told_in_time": answer.coverage.told,
        },
        "form_ii_06": {"solved": list(answer.solved), "unsolved": list(answer.unsolved)},
    }


def _forecast(options: Options) -> Answer:
    from cchc_desk.actions.boards import forecast
    from cchc_desk.console import shapes

    with opened(options) as desk:
        foreseen = forecast.forecast(desk, options.origin)
        if options.month is None:
            return shapes.forecast(foreseen)
        looked_back = forecast.came_true(desk, options.month, options.origin)
    return shapes.forecast(foreseen) | shapes.came_true(looked_back)
