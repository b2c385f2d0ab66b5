"""Verbs of certification while the citizen waits, and of its books."""

from pathlib import Path

from cchc_desk.console.runtime import Answer, NewVerb, Options, day, opened, read, with_origin

_BOOKS = ("copy", "signature", "translator", "contract")


def add(verb: NewVerb) -> None:
    """Add these verbs to the command line."""
    verb("certify", _certify, "chứng thực: nhận, ghi sổ và trả ngay", file={})
    lines = verb("certifications", _certifications, "các dòng của một sổ chứng thực")
    book = verb("certification-book", _book, "một sổ chứng thực, giấy ngang")
    for made in (lines, book):
        made.add_argument("--book", choices=_BOOKS, default="copy")
        made.add_argument("--from", dest="first", type=day, required=True)
        made.add_argument("--to", dest="last", type=day, required=True)
    with_origin(lines, book)
    book.add_argument("--reason", default="", help="để làm gì, cho ai; ghi vào sổ cái")
    book.add_argument("--out", type=Path, required=True)


def _certify(options: Options) -> Answer:
    from cchc_desk.actions.intake import certify
    from cchc_desk.console import json_files

    with opened(options) as desk:
        done = certify.certify(desk, json_files.certify_request(read(options.file)))
    return {
        "code": done.dossier.code,
        "status": int(done.dossier.status),
        "volume": done.lines[0].volume_text,
        "numbers": [line.number for line in done.lines],
        "copies": sum(line.copies for line in done.lines),
        "fee": done.fee.amount if done.fee else None,
        "fee_words": done.fee.words if done.fee else "",
    }


def _certifications(options: Options) -> Answer:
    from cchc_desk.actions.intake import certify
    from cchc_desk.console import shapes
    from cchc_desk.domain.dossiers.certifications import CertificationBook

    book = CertificationBook(options.book)
    with opened(options) as desk:
        lines = certify.book_lines(desk, book, options.first, options.last, options.origin)
    return {"book": options.book, "lines": [shapes.certification(line) for line in lines]}


def _book(options: Options) -> Answer:
    from cchc_desk.actions.documents.saving import save_pdf
    from cchc_desk.actions.papers import registers
    from cchc_desk.domain.dossiers.certifications import CertificationBook
    from cchc_desk.output_file import checked_target

    book = CertificationBook(options.book)
    with opened(options) as desk:
        checked_target(options.out)  # before the ledger says that it left
        pdf = registers.certification_book(
            desk, book, options.first, options.last, options.reason, options.origin
        )
        return {"file": str(options.out), "pages": save_pdf(pdf, options.out)}
