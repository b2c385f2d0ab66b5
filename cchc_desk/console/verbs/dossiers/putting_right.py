"""Verbs that put right: correct what was typed wrong, cancel an entry, list the cancelled ones."""

from cchc_desk.console.runtime import Answer, NewVerb, Options, day, opened, read, with_origin


def add(verb: NewVerb) -> None:
    """Add these verbs to the command line."""
    corrected = verb("correct", _correct, "sửa thông tin nhập sai; lời hẹn không đổi", code={})
    corrected.add_argument("file", help="như của accept, chỉ những mục đổi")
    corrected.add_argument("--reason", required=True)
    cancelled = verb("cancel", _cancel, "hủy do nhập sai, trong ngày, bởi người đã nhập", code={})
    cancelled.add_argument("--reason", required=True)
    restored = verb("restore-receipt", _restore, "hoàn tác hủy giấy hẹn in sẵn", number={})
    restored.add_argument("--reason", required=True)
    listed = verb("cancelled", _cancelled, "sổ số đã hủy của một kỳ")
    listed.add_argument("--from", dest="first", type=day, required=True)
    listed.add_argument("--to", dest="last", type=day, required=True)
    with_origin(listed)


def _correct(options: Options) -> Answer:
    from cchc_desk.actions.dossiers import correct
    from cchc_desk.console import json_files, shapes

    data = read(options.file)
    with opened(options) as desk:
        taken_in = correct.begin(desk, options.code).taken_in
        wanted = json_files.corrected_intake(desk, data, taken_in)
        done = correct.correct(desk, options.code, wanted, options.reason, shown=taken_in)
    return {
        "code": done.dossier.code,
        "changed": {change.key: shapes.change(change) for change in done.changes},
        "reprint": list(done.reprint),
        "due": done.dossier.due,
    }


def _cancel(options: Options) -> Answer:
    from cchc_desk.actions.dossiers import correct

    with opened(options) as desk:
        dossier = correct.cancel(desk, options.code, options.reason)
    return {
        "code": dossier.code,
        "status": int(dossier.status),
        "cancelled": dossier.cancelled,
    }


def _restore(options: Options) -> Answer:
    from cchc_desk.actions.intake import paper_receipts

    with opened(options) as desk:
        receipt = paper_receipts.restore(desk, options.number, options.reason)
    return {"number": receipt.number, "void": receipt.void}


def _cancelled(options: Options) -> Answer:
    from cchc_desk.actions.papers import registers
    from cchc_desk.console import shapes

    with opened(options) as desk:
        rows = registers.cancelled_rows(desk, options.first, options.last, options.origin)
    return {"cancelled": [shapes.cancelled(row) for row in rows]}
