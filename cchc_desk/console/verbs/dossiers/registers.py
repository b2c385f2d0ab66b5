"""Verbs that put registers and lists on paper, and those of numbers and blank receipts."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from cchc_desk.console.runtime import (
    Answer,
    NewVerb,
    Options,
    count,
    day,
    opened,
    with_origin,
    year,
)
from cchc_desk.output_file import output_file

if TYPE_CHECKING:
    from cchc_desk.session import Desk


def add(verb: NewVerb) -> None:
    """Add these verbs to the command line."""
    book = verb("register-book", _register_book, "sổ theo dõi hồ sơ")
    book.add_argument("--field", default="", help="một lĩnh vực")
    apologies = verb("apology-list", _apology_list, "công khai xin lỗi, tên đã che")
    note = verb("head-note", _head_note, "ghi chú trách nhiệm người đứng đầu")
    exported = verb(
        "exchange", _exchange, "hồ sơ theo tên trường của trục liên thông (.json, .csv)"
    )
    for made in (book, apologies, note, exported):
        made.add_argument("--from", dest="first", type=day, required=True)
        made.add_argument("--to", dest="last", type=day, required=True)
    slip = verb("hand-over-slip", _hand_over_slip, "giấy bàn giao hồ sơ", code={"nargs": "+"})
    annex = verb(
        "receipt-annex",
        _receipt_annex,
        "biên bản giao nhận hồ sơ cùng nộp một lần",
        code={"nargs": "+"},
    )
    review = verb("review-list", _review_list, "công chức gây trễ hẹn từ 2 lần")
    review.add_argument("--year", type=year)
    blank = verb("blank-receipts", _blank_receipts, "giấy hẹn in sẵn số cho ngày mất điện")
    blank.add_argument("--count", type=count, required=True)
    verb("void-receipt", _void_receipt, "hủy một giấy hẹn in sẵn", number={}).add_argument(
        "--reason", required=True
    )
    verb("numbers", _numbers, "số đã cấp và số bị trống của năm").add_argument("--year", type=year)
    letters = verb("signed-letters", _signed_letters, "mọi thư đã ký chờ trao, trong một tệp")
    verb("reconcile", _reconcile, "đối chiếu giấy hẹn in sẵn")
    with_origin(book, apologies, note, review, exported)
    for made in (book, exported):
        made.add_argument("--reason", default="", help="để làm gì, cho ai; ghi vào sổ cái")
    for made in (book, apologies, note, slip, annex, review, blank, letters, exported):
        made.add_argument("--out", type=Path, required=True)


def _saved(
    options: Options,
    make: "Callable[[Desk], bytes]",
    log: "Callable[[Desk], object] | None" = None,
) -> Answer:
    from cchc_desk.actions.documents.saving import pages_of

    with opened(options) as desk, output_file(options.out) as out:
        pdf = make(desk)
        out.write(pdf)
        if log:
            log(desk)
    return {"file": str(options.out), "pages": pages_of(pdf)}


def _register_book(options: Options) -> Answer:
    from cchc_desk.actions.papers import registers

    return _saved(
        options,
        lambda desk: registers.register_book(
            desk, options.first, options.last, options.field, options.reason, options.origin
        ),
    )


def _exchange(options: Options) -> Answer:
    from cchc_desk.actions.exports import national_exchange

    with opened(options) as desk:
        many = national_exchange.export_exchange(
            desk, options.out, options.first, options.last, options.reason, options.origin
        )
    return {"file": str(options.out), "dossiers": many}


def _apology_list(options: Options) -> Answer:
    from cchc_desk.actions.papers import registers

    return _saved(
        options,
        lambda desk: registers.apology_list(desk, options.first, options.last, options.origin),
    )


def _signed_letters(options: Options) -> Answer:
    from cchc_desk.actions.documents import printing

    return _saved(options, printing.signed_letters_pdf, printing.log_signed_letters)


def _head_note(options: Options) -> Answer:
    from cchc_desk.actions.papers import registers

    return _saved(
        options, lambda desk: registers.head_note(desk, options.first, options.last, options.origin)
    )


def _hand_over_slip(options: Options) -> Answer:
    from cchc_desk.actions.papers import registers

    return _saved(options, lambda desk: registers.hand_over_slip(desk, options.code))


def _receipt_annex(options: Options) -> Answer:
    from cchc_desk.actions.papers import registers

    return _saved(options, lambda desk: registers.receipt_annex(desk, options.code))


def _review_list(options: Options) -> Answer:
    from cchc_desk.actions.papers import registers

    return _saved(
        options,
        lambda desk: registers.review_list(desk, options.year or desk.now().year, options.origin),
    )


def _blank_receipts(options: Options) -> Answer:
    from cchc_desk.actions.documents.saving import pages_of
    from cchc_desk.actions.intake import paper_receipts

    with opened(options) as desk, output_file(options.out) as out:
        numbers, pdf = paper_receipts.print_blank(desk, options.count, out.write)
    return {"file": str(options.out), "pages": pages_of(pdf), "numbers": list(numbers)}


def _void_receipt(options: Options) -> Answer:
    from cchc_desk.actions.intake import paper_receipts

    with opened(options) as desk:
        voided = paper_receipts.void(desk, options.number, options.reason)
    return {"number": voided.number, "void": voided.void}


def _numbers(options: Options) -> Answer:
    from cchc_desk.actions.office import numbers

    with opened(options) as desk:
        year = options.year or desk.now().year
        all_series = numbers.series(desk, year)
    return {
        "year": year,
        "series": [
            {
                "symbol": series.symbol,
                "given": series.given,
                "last": series.last,
                "gaps": list(series.gaps),
                "void": list(series.void),
            }
            for series in all_series
        ],
    }


def _reconcile(options: Options) -> Answer:
    from cchc_desk.actions.intake import paper_receipts

    with opened(options) as desk:
        receipts = paper_receipts.reconcile(desk)
    return {
        "used": {receipt.number: receipt.code for receipt in receipts.used},
        "void": {receipt.number: receipt.void for receipt in receipts.void},
        "out": [receipt.number for receipt in receipts.out],
    }
