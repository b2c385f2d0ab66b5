"""The verb `scan`: files kept with a dossier, added, listed, saved, put away, taken back."""

from pathlib import Path
from typing import TYPE_CHECKING

from cchc_desk.console.runtime import Answer, NewVerb, Options, opened

if TYPE_CHECKING:
    from cchc_desk.domain.dossiers.scans import Scan


def add(verb: NewVerb) -> None:
    """Add these verbs to the command line."""
    parser = verb("scan", _scan, "bản chụp giấy tờ của hồ sơ: thêm, xem, lưu, bỏ")
    parser.add_argument("what", choices=("add", "list", "save", "remove", "restore"))
    parser.add_argument("code", help="mã hồ sơ")
    parser.add_argument("files", nargs="*", type=Path, help="với add: tệp PDF, JPEG, PNG")
    parser.add_argument("--number", type=int, default=0, help="số của bản chụp")
    parser.add_argument("--out", type=Path, help="với save: tệp ghi ra")
    parser.add_argument("--reason", default="", help="với remove")


def _scan(options: Options) -> Answer:
    from cchc_desk.actions.documents import scans

    code, number = options.code, options.number
    with opened(options) as desk:
        match options.what:
            case "add":
                found = tuple(scans.add_file(desk, code, file) for file in options.files)
            case "list":
                found = scans.list_scans(desk, code)
            case "save":
                known = {scan.number: scan for scan in scans.list_scans(desk, code)}
                name = scans.file_name(known[number]) if number in known else "scan"
                found = (scans.save_scan(desk, code, number, options.out or Path(name)),)
            case "remove":
                found = (scans.remove_scan(desk, code, number, options.reason),)
            case _:
                found = (scans.restore_scan(desk, code, number),)
    return {"scans": [_shape(scan) for scan in found]}


def _shape(scan: "Scan") -> Answer:
    return {
        "number": scan.number,
        "code": scan.code,
        "name": scan.name,
        "kind": scan.kind.value,
        "size": scan.size,
        "sha256": scan.sha256,
        "added": scan.added,
        "official": scan.official,
        "removed": scan.removed,
    }
