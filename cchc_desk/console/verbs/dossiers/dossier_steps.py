"""Verbs of a dossier's life: hand over, supplement, pause, withdraw, stop, undo, shelve."""

from typing import TYPE_CHECKING

from cchc_desk.console.runtime import (
    HOW,
    Answer,
    NewVerb,
    Options,
    count,
    moment,
    opened,
    with_origin,
)

if TYPE_CHECKING:
    from cchc_desk.domain.dossiers.dossier import Dossier


def add(verb: NewVerb) -> None:
    """Add these verbs to the command line."""
    hand_over = verb("hand-over", _hand_over, "bàn giao hồ sơ", code={"nargs": "+"})
    hand_over.add_argument("--to", required=True, help="người nhận")
    hand_over.add_argument("--step", default="", help="bước của quy trình nội bộ")
    hand_over.add_argument("--agency", default="", help="cơ quan khác đang giải quyết (liên thông)")
    hand_over.add_argument("--note", default="")
    verb("forward", _forward, "đã chuyển hồ sơ nhận thay tới cơ quan có thẩm quyền", code={})
    received = verb("agency-received", _agency_received, "cơ quan có thẩm quyền đã nhận", code={})
    received.add_argument(
        "--at", type=moment, help="lúc nhận, YYYY-MM-DDTHH:MM; không ghi: bây giờ"
    )
    request = verb("request", _request, "yêu cầu bổ sung", code={})
    request.add_argument("--reason", required=True)
    request.add_argument(
        "--item", action="append", default=[], help="một nội dung phải bổ sung (ghi được nhiều lần)"
    )
    request.add_argument(
        "--unmet", action="store_true", help="giấy tờ mang tới chưa đáp ứng yêu cầu lần đầu"
    )
    with_origin(verb("supplements", _supplements, "chưa báo, đã báo, đã bổ sung"))
    tell = verb("tell", _tell, "đã báo công dân nội dung cần bổ sung", code={})
    tell.add_argument("--how", required=True, choices=HOW)
    for name, run, about in (
        ("supplement", _supplement, "công dân đã bổ sung"),
        ("resume", _resume, "hết tạm dừng"),
        ("pay", _pay, "đã thực hiện nghĩa vụ tài chính"),
    ):
        made = verb(name, run, about, code={})
        made.add_argument("--note", default="")
        if name == "resume":
            made.add_argument(
                "--which", type=count, help="số của một lần tạm dừng (`ordinal` ở `show`)"
            )
    pause = verb("pause", _pause, "tạm dừng để lấy ý kiến hoặc kiểm tra thực địa", code={})
    pause.add_argument("--kind", required=True, choices=("opinion", "field-check"))
    pause.add_argument(
        "--reason", required=True, action="append", help="một lý do (ghi được nhiều lần)"
    )
    for name, run, about in (
        ("oblige", _oblige, "yêu cầu nghĩa vụ tài chính"),
        ("stop", _stop, "dừng giải quyết"),
        ("undo", _undo, "hoàn tác việc cuối"),
    ):
        verb(name, run, about, code={}).add_argument("--reason", required=True)
    verb("withdraw", _withdraw, "công dân rút hồ sơ", code={}).add_argument("--reason", default="")
    verb("shelve", _shelve, "nơi để hồ sơ", code={}).add_argument("--place", required=True)


def _state(dossier: "Dossier") -> Answer:
    return {
        "code": dossier.code,
        "status": int(dossier.status),
        "due": dossier.due,
        "holder": dossier.holder,
    }


def _hand_over(options: Options) -> Answer:
    from cchc_desk.actions.dossiers import steps

    with opened(options) as desk:
        passed = steps.hand_over(
            desk,
            options.code,
            options.to,
            step_name=options.step,
            agency=options.agency,
            note=options.note,
        )
    return _state(passed[-1]) | {"codes": [dossier.code for dossier in passed]}


def _forward(options: Options) -> Answer:
    from cchc_desk.actions.dossiers import forwarding

    with opened(options) as desk:
        dossier = forwarding.forward(desk, options.code).dossier
    return _state(dossier) | {
        "for_agency": dossier.for_agency,
        "forward_by": dossier.forward_by,
        "forwarded": dossier.forwarded,
    }


def _agency_received(options: Options) -> Answer:
    from cchc_desk.actions.dossiers import forwarding

    with opened(options) as desk:
        view = forwarding.agency_received(desk, options.code, options.at)
    ends = next(clock.due for clock in view.clocks if clock.kind.value == "agency")
    return _state(view.dossier) | {
        "for_agency": view.dossier.for_agency,
        "agency_received": view.dossier.agency_received,
        "agency_due": ends,
    }


def _request(options: Options) -> Answer:
    from cchc_desk.actions.dossiers import progress, steps

    with opened(options) as desk:
        slip = steps.request_supplement(
            desk, options.code, options.reason, options.item, unmet=options.unmet
        )
        pause = progress.show_dossier(desk, slip.code).dossier.pauses[-1]
    return {
        "code": slip.code,
        "status": 5,
        "slip": slip.id,
        "number": slip.number_text,
        "items": list(slip.items),
        "broken_notice": pause.broken_notice,
    }


def _supplements(options: Options) -> Answer:
    from cchc_desk.actions.dossiers import supplements
    from cchc_desk.console import shapes

    with opened(options) as desk:
        lists = supplements.supplements(desk, options.origin)
    return {name: [shapes.asked(asked) for asked in part] for name, part in vars(lists).items()}


def _tell(options: Options) -> Answer:
    from cchc_desk.actions.dossiers import steps
    from cchc_desk.domain.dossiers.dossier import How

    with opened(options) as desk:
        return _state(steps.tell_supplement(desk, options.code, How(options.how)).dossier)


def _supplement(options: Options) -> Answer:
    from cchc_desk.actions.dossiers import steps

    with opened(options) as desk:
        return _state(steps.supplement_brought(desk, options.code, options.note).dossier)


def _pause(options: Options) -> Answer:
    from cchc_desk.actions.dossiers import steps
    from cchc_desk.domain.time.pauses import PauseKind

    with opened(options) as desk:
        reasons = "\n".join(options.reason)
        dossier = steps.pause(desk, options.code, PauseKind(options.kind), reasons).dossier
    return _state(dossier) | {"stops_clock": dossier.pauses[-1].stops_clock}


def _resume(options: Options) -> Answer:
    from cchc_desk.actions.dossiers import steps

    with opened(options) as desk:
        view = steps.resume(desk, options.code, options.note, options.which)
    return _state(view.dossier)


def _oblige(options: Options) -> Answer:
    from cchc_desk.actions.dossiers import steps

    with opened(options) as desk:
        dossier = steps.oblige(desk, options.code, options.reason).dossier
    return _state(dossier) | {"stops_clock": dossier.pauses[-1].stops_clock}


def _pay(options: Options) -> Answer:
    from cchc_desk.actions.dossiers import steps

    with opened(options) as desk:
        return _state(steps.obligation_met(desk, options.code, options.note).dossier)


def _withdraw(options: Options) -> Answer:
    from cchc_desk.actions.dossiers import steps

    with opened(options) as desk:
        dossier = steps.withdraw(desk, options.code, options.reason).dossier
    return _state(dossier) | {"closed": dossier.closed is not None}


def _stop(options: Options) -> Answer:
    from cchc_desk.actions.dossiers import steps

    with opened(options) as desk:
        dossier = steps.stop(desk, options.code, options.reason).dossier
    return _state(dossier) | {"closed": dossier.closed is not None}


def _undo(options: Options) -> Answer:
    from cchc_desk.actions.dossiers import take_back

    with opened(options) as desk:
        return _state(take_back.undo(desk, options.code, options.reason).dossier)


def _shelve(options: Options) -> Answer:
    from cchc_desk.actions.dossiers import steps

    with opened(options) as desk:
        return _state(steps.shelve(desk, options.code, options.place).dossier) | {
            "place": options.place
        }
