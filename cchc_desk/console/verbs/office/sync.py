"""Verbs between this desk and its city: enrol, send, the USB file and back, the outbox."""

from pathlib import Path

from cchc_desk.console.runtime import Answer, NewVerb, Options, count, opened
from cchc_desk.errors import Trouble


def add(verb: NewVerb) -> None:
    """Add these verbs to the command line."""
    verb("enrol", _enrol, "ghi danh với thành phố bằng tệp mời", file={"type": Path})
    verb("send", _send, "gửi thành phố ngay")
    verb("bag", _bag, "ghi gói gửi thành phố ra tệp (USB)").add_argument(
        "--out", type=Path, required=True
    )
    verb(
        "take",
        _take,
        "nhận tệp của thành phố (USB): biên nhận, danh mục, lịch, tin nhắn",
        file={"type": Path},
    )
    verb("outbox", _outbox, "những gì đã gửi, đang chờ, bị từ chối")
    news = verb(
        "news",
        _news,
        "những gì thành phố gửi xuống; nhận, để lại, hoàn tác",
        number={"nargs": "?", "type": count},
    )
    news.add_argument("decision", nargs="?", choices=("take", "leave", "undo"))
    retry = verb("retry", _retry, "gửi lại một gói bị từ chối", parcel={})
    retry.add_argument("--cancel", action="store_true", help="hủy gói; số liệu đi cùng gói sau")


def _enrol(options: Options) -> Answer:
    from cchc_desk.actions.city import sending

    with opened(options) as desk:
        city = sending.enrol_by_file(desk, options.file)
    return {"city": city.name, "url": city.url, "enrolled": city.enrolled}


def _send(options: Options) -> Answer:
    from cchc_desk.actions.city import sending

    with opened(options) as desk:
        taken = sending.send(desk)
        pending = sending.state(desk).waiting
    if taken.trouble:
        raise Trouble("not-sent", taken.trouble)
    return {
        "sent": len(taken.receipts),
        "pending": pending,
        "receipts": list(taken.receipts),
        "arrived": taken.arrived,
    }


def _bag(options: Options) -> Answer:
    from cchc_desk.actions.city import sending

    with opened(options) as desk:
        parcels = sending.write_bag(desk, options.out)
    return {"file": str(options.out), "parcels": parcels}


def _take(options: Options) -> Answer:
    from cchc_desk.actions.city import sending

    with opened(options) as desk:
        taken = sending.take_bag(desk, options.file)
        pending = sending.state(desk).waiting
    return {"receipts": list(taken.receipts), "arrived": taken.arrived, "pending": pending}


def _outbox(options: Options) -> Answer:
    from cchc_desk.actions.city import sending

    with opened(options) as desk:
        state = sending.state(desk)
    return {
        "city": state.city.name if state.city else None,
        "enrolled": bool(state.city and state.city.enrolled),
        "pending": state.waiting,
        "parcels": [
            {
                "id": parcel.id,
                "made": parcel.made,
                "state": parcel.state,
                "days": len(parcel.days),
                "number": parcel.number,
                "why": parcel.trouble,
                "difference": parcel.difference,
            }
            for parcel in state.parcels
        ],
    }


def _retry(options: Options) -> Answer:
    from cchc_desk.actions.city import sending

    with opened(options) as desk:
        (sending.cancel if options.cancel else sending.retry)(desk, options.parcel)
        return {"parcel": options.parcel, "pending": sending.state(desk).waiting}


def _news(options: Options) -> Answer:
    from cchc_desk.actions.city import sending, updates

    with opened(options) as desk:
        if options.number is None:
            return {
                "news": [
                    {
                        "number": arrival.number,
                        "kind": arrival.kind,
                        "title": arrival.title,
                        "at": arrival.at,
                        "state": arrival.state,
                    }
                    for arrival in sending.state(desk).arrivals
                ]
            }
        decide = {"take": updates.take, "leave": updates.leave, "undo": updates.undo}
        changes = updates.changes(desk, options.number)
        if options.decision:
            decide[options.decision](desk, options.number)
        arrivals = sending.state(desk).arrivals
    arrival = next(arrival for arrival in arrivals if arrival.number == options.number)
    return {
        "number": arrival.number,
        "kind": arrival.kind,
        "state": arrival.state,
        "body": arrival.body,
        "changes": [
            {"what": change.what, "before": change.before, "after": change.after}
            for change in changes
        ],
    }
