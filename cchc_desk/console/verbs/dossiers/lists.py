"""Verbs of the lists that other systems give out: read, taken, their layouts."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cchc_desk.console.runtime import Answer, NewVerb, Options, Usage, opened

if TYPE_CHECKING:
    from cchc_desk.actions.lists.preview import ListPreview, PreviewRow
    from cchc_desk.domain.lists.fields import Field


def add(verb: NewVerb) -> None:
    """Add these verbs to the command line."""
    read = verb(
        "list-read",
        _read,
        "đọc danh sách hồ sơ do hệ thống khác xuất ra; không ghi gì",
        file={"type": Path},
    )
    take = verb(
        "list-take",
        _take,
        "nhận danh sách: các dòng đọc được thành hồ sơ theo dõi",
        file={"type": Path},
    )
    take.add_argument("--result", type=Path, help="bảng kết quả từng dòng (.xlsx)")
    take.add_argument("--again", action="store_true", help="nhận lại tệp đã nhận")
    for one in (read, take):
        one.add_argument("--sheet", default="", help="trang tính")
        one.add_argument(
            "--map", dest="chosen", default="", metavar="'TIÊU ĐỀ=CỘT,…'", help="tự chọn cột"
        )
    verb("list-layouts", _layouts, "các mẫu danh sách đã biết")
    pasted = verb(
        "list-receipt",
        _receipt,
        "đọc văn bản biên nhận chép từ trang của hệ thống khác; «-»: đọc stdin",
        file={},
    )
    pasted.add_argument(
        "--yes", action="store_true", help="theo dõi hồ sơ ấy; không có thì chỉ xem"
    )
    same = verb("list-same", _same, "mã này trong danh sách là hồ sơ đã nhận ở đây", code={})
    same.add_argument("--theirs", required=True, metavar="MÃ", help="mã trong danh sách")
    same.add_argument("--undo", action="store_true", help="tách ra, trước khi nhận danh sách")
    person = verb("list-official", _official, "tên này trong danh sách là ai ở quầy", named={})
    person.add_argument("--is", dest="whose", required=True, metavar="NGƯỜI")
    due = verb("list-due", _due, "nhận ngày hẹn của danh sách làm lần hẹn lại, có thư", code={})
    due.add_argument("--cause", required=True)


def _read(options: Options) -> Answer:
    from cchc_desk.actions.lists import preview

    with opened(options) as desk:
        return _answer(
            preview.preview_list(
                desk, options.file, sheet=options.sheet, chosen=_chosen(options.chosen)
            )
        )


def _take(options: Options) -> Answer:
    from contextlib import nullcontext

    from cchc_desk.actions.lists import result, taking
    from cchc_desk.output_file import output_file

    # Where no file can be nothing is taken.
    place = output_file(options.result) if options.result else nullcontext()
    with opened(options) as desk, place as out:
        done = taking.take_list(
            desk,
            options.file,
            sheet=options.sheet,
            chosen=_chosen(options.chosen),
            again=options.again,
        )
        if out:
            out.write(result.result_content(desk, done.preview, options.result))
    return {**_answer(done.preview), "taken": done.taken}


def _receipt(options: Options) -> Answer:
    from cchc_desk.actions.lists import receipts
    from cchc_desk.console.runtime import read_text

    text = read_text(options.file)
    with opened(options) as desk:
        done = receipts.take_receipt(desk, text) if options.yes else None
        found = done.preview if done else receipts.preview_receipt(desk, text)
    (one,), reading = found.rows, found.list.reading
    return {
        "layout": reading.layout.key if reading.layout else "",
        "system": reading.layout.system if reading.layout else "",
        "sha256": found.list.sha256,
        "encoding": found.list.encoding,
        "labels": {field.value: label for field, label in reading.headings().items()},
        "code": one.row.code,
        "name": one.row.owner,
        "procedure": one.row.procedure,
        "received": one.row.received,
        "due": one.row.due,
        "verdict": one.verdict.value,
        "problems": [str(problem) for problem in one.problems],
        "ours": one.ours,
        "text": found.list.receipt,
        "taken": done.taken if done else 0,
    }


def _answer(found: "ListPreview") -> Answer:
    from cchc_desk.actions.lists.preview import Verdict
    from cchc_desk.domain.lists.rows import Kind

    reading = found.list.reading
    return {
        "file": found.list.file,
        "sha256": found.list.sha256,
        "container": found.list.container,
        "encoding": found.list.encoding,
        "sheet": found.list.sheet,
        "layout": reading.layout.key if reading.layout else "",
        "heading_row": reading.heading_row,
        "columns": {field.value: heading for field, heading in reading.headings().items()},
        "doubts": [str(doubt) for doubt in found.doubts],
        "counts": {verdict.value: found.count(verdict) for verdict in Verdict},
        "rows": [
            _row(row) for row in found.rows if row.row.code or row.row.kind is not Kind.SKIPPED
        ],
    }


def _row(row: "PreviewRow") -> Mapping[str, Any]:
    return {
        "row": row.row.number,
        "code": row.row.code,
        "received": row.row.received,
        "due": row.row.due,
        "verdict": row.verdict.value,
        "problems": [str(problem) for problem in row.problems],
    }


def _chosen(text: str) -> "dict[str, Field]":
    """Read `heading=field,…`. Raises Usage."""
    from cchc_desk.domain.lists.fields import Field

    chosen = {}
    for part in filter(None, text.split(",")):
        heading, _equal, name = part.rpartition("=")
        try:
            chosen[heading.strip()] = Field(name.strip())
        except ValueError:
            names = ", ".join(field.value for field in Field)
            raise Usage(f"Không có cột «{name.strip()}»; có: {names}.") from None
    return chosen


def _same(options: Options) -> Answer:
    from cchc_desk.actions.lists import matching

    with opened(options) as desk:
        change = matching.part_code if options.undo else matching.join_code
        change(desk, options.code, options.theirs)
    return {"code": options.code, "theirs": options.theirs}


def _official(options: Options) -> Answer:
    from cchc_desk.actions.lists import matching

    with opened(options) as desk:
        matching.name_official(desk, options.named, options.whose)
    return {"name": options.named, "official": options.whose}


def _due(options: Options) -> Answer:
    from cchc_desk.actions.lists import matching
    from cchc_desk.console import shapes

    with opened(options) as desk:
        return shapes.letter(matching.accept_their_due(desk, options.code, options.cause))


def _layouts(options: Options) -> Answer:
    from cchc_desk.actions.lists.known import known_lists

    with opened(options) as desk, desk.read() as connection:
        known = known_lists(connection)
    return {
        "layouts": [
            {
                "key": layout.key,
                "name": layout.name,
                "system": layout.system,
                "headings": list(layout.headings),
                "readable": not layout.refusal,
                "learned": layout in known.learned,
            }
            for layout in (*known.learned, *known.layouts)
        ]
    }
