"""Verbs of the office's own catalogue: one procedure set, shown, confirmed; a list imported."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cchc_desk.console.runtime import Answer, NewVerb, Options, Usage, day, opened, read

if TYPE_CHECKING:
    from cchc_desk.actions.catalogue.own_catalogue import ProcedureSaved
    from cchc_desk.actions.catalogue.procedure_import import ImportRow


def add(verb: NewVerb) -> None:
    """Add these verbs to the command line."""
    verb(
        "procedure",
        _procedure,
        "sửa, xem một thủ tục; xác nhận hoặc bỏ bản đang chờ",
        act={"choices": ("set", "show", "restore", "confirm", "drop")},
        target={"metavar": "FILE | MÃ | MÃ@BẢN | SỐ"},
    )
    imported = verb(
        "procedure-import", _import, "so danh sách thủ tục (.xlsx, .csv)", file={"type": Path}
    )
    imported.add_argument("--take", action="store_true", help="nhận các dòng mới và đổi")
    imported.add_argument("--document", default="", help="quyết định công bố: thời hạn là chắc")
    imported.add_argument("--document-date", type=day)
    imported.add_argument("--from", dest="starts", type=day, help="ngày bắt đầu áp dụng")


def _procedure(options: Options) -> Answer:
    if options.act == "set":
        return _set(options)
    if options.act == "restore":
        return _restore(options)
    if options.act == "show":
        return _show(options)
    return _decide(options)


def _set(options: Options) -> Answer:
    from cchc_desk.actions.catalogue import own_catalogue
    from cchc_desk.console import json_files

    with opened(options) as desk:
        edit, choice = json_files.procedure_edit(desk, read(options.target))
        return _saved(own_catalogue.set_procedure(desk, edit, choice))


def _restore(options: Options) -> Answer:
    from cchc_desk.actions.catalogue import own_catalogue

    code, at, key = options.target.partition("@")
    if not at:
        raise Usage("Hãy ghi mã và bản, như `procedure restore 1.001193@2026-07-17`.")
    with opened(options) as desk:
        return _saved(own_catalogue.restore_version(desk, code, key))


def _saved(saved: "ProcedureSaved") -> Answer:
    waits = saved.change is not None and saved.change.is_waiting
    return {
        "code": saved.version.code,
        "version": saved.version.key,
        "waiting": saved.change.id if saved.change and waits else None,
        "changed": {
            part.what: {"before": part.before, "after": part.after} for part in saved.changes
        },
    }


def _show(options: Options) -> Answer:
    from cchc_desk.actions.catalogue import own_catalogue
    from cchc_desk.console import shapes

    with opened(options) as desk:
        view = own_catalogue.show_procedure(desk, options.target)
    return shapes.procedure_view(view)


def _decide(options: Options) -> Answer:
    from cchc_desk.actions.catalogue import own_catalogue

    if not options.target.isdecimal():
        raise Usage("Hãy ghi số của thay đổi, như `procedure confirm 3`.")
    with opened(options) as desk:
        act = (
            own_catalogue.confirm_change if options.act == "confirm" else own_catalogue.drop_change
        )
        change = act(desk, int(options.target))
    return {
        "code": change.version.code,
        "version": change.key or None,
        "dropped": change.dropped,
    }


def _import(options: Options) -> Answer:
    from cchc_desk.actions.catalogue import procedure_import
    from cchc_desk.actions.catalogue.procedure_import import Verdict

    act = procedure_import.take_import if options.take else procedure_import.preview_import
    with opened(options) as desk:
        preview = act(desk, options.file, options.document, options.document_date, options.starts)
    counts = {verdict.value: preview.count(verdict) for verdict in Verdict}
    return {
        "file": preview.file,
        "sha256": preview.sha256,
        "taken": options.take,
        "counts": counts,
        "rows": [_row(row) for row in preview.rows],
    }


def _row(row: "ImportRow") -> Mapping[str, Any]:
    return {
        "row": row.number,
        "code": row.code,
        "name": row.name,
        "verdict": row.verdict.value,
        "changed": {
            part.what: {"before": part.before, "after": part.after} for part in row.changes
        },
        "problems": list(row.problems),
    }
