"""The one-page history of a dossier (lý lịch hồ sơ), and the check code that proves it whole.

The code is a hash over the whole text of the page: at this desk it is held against the ledger,
elsewhere against the QR. It shows a page that was altered or misread; a page that was made up from
nothing only the ledger of the issuing desk shows.
"""

import base64
import binascii
import hashlib
import re
import zlib
from dataclasses import dataclass
from datetime import datetime

from cchc_desk.actions.dossiers import history, progress
from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.people.officials import Act
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.text.scan import payload_of
from cchc_desk.domain.text.vietnamese import clean_line
from cchc_desk.domain.time.deadlines import working_time
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, in_vietnamese
from cchc_desk.papers.forms.history import HistoryLine, HistoryPaper, history_drawing
from cchc_desk.papers.layout.blocks import Agency
from cchc_desk.papers.layout.sheet import Drawing
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import Connection

SCAN = "CCHC1:"
_LONGEST_SCAN = 1400  # characters: a denser QR is not read by the scanners of a counter
_LONGEST_TEXT = 100_000
_HANDED = re.compile(r"^Bàn giao (.+?) → ")
_OVER = re.compile(r"quá (\d+) phút")


@dataclass(frozen=True)
class Checked:
    """Result of a check; `ledger` is None for a dossier of another desk."""

    code: str
    ok: bool
    ledger: bool | None
    lines: tuple[str, ...]


def history_paper(desk: Desk, code: str, offset_mm: tuple[float, float] = (0, 0)) -> Drawing:
    """Return the page; printing it again is no part of the history on it."""
    desk.require(Permission.READ)
    with desk.read() as connection:
        dossier = progress.the_dossier(connection, code)
        lines = _lines(connection, dossier.code)
    text = _text(dossier, lines)
    scan = SCAN + base64.b32encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")
    regime = desk.regime(dossier.regime)
    return history_drawing(
        HistoryPaper(
            agency=Agency(desk.settings["unit_name"], regime.desk_title),
            place=desk.settings["place"],
            made=desk.now(),
            code=dossier.code,
            owner=dossier.applicant.name,
            procedure=dossier.procedure_name,
            accepted=dossier.accepted,
            due=dossier.first.due,
            lines=tuple(line._replace(words=_on_paper(line.words)) for line in lines),
            check=check_code(text),
            scan=scan if len(scan) <= _LONGEST_SCAN else "",
            portal_code=dossier.portal_code,
            watermark=desk.watermark,
        ),
        offset_mm=offset_mm,
    )


def check_history(desk: Desk, check: str, code: str = "", scan: str = "") -> Checked:
    """Check a page by its QR (`scan`), by the ledger where the dossier is this desk's, or by both.

    `check` is the code printed on it. Raises Refused("history-scan") for a QR that is none of ours,
    and ("unknown-dossier") where nothing is given to check against.
    """
    desk.require(Permission.READ)
    wanted = clean_line(check).upper()
    text = _read_scan(scan) if scan.strip() else ""
    code = clean_line(code).upper() or text.partition("|")[0]
    ledger = _by_ledger(desk, code, wanted, needed=not text)
    by_scan = not text or (check_code(text) == wanted and text.startswith(f"{code}|"))
    return Checked(code, by_scan and ledger is not False, ledger, tuple(text.splitlines()))


def check_code(text: str) -> str:
    """Return `12-3F9A-01BC-77D2`: the number of lines, and the beginning of the text's hash."""
    short = hashlib.sha256(text.encode()).hexdigest()[:12].upper()
    return f"{text.count(chr(10))}-{short[:4]}-{short[4:8]}-{short[8:]}"


_MOST_DIGITS = 6  # of the number of lines: no dossier has a million


def _by_ledger(desk: Desk, code: str, wanted: str, *, needed: bool) -> bool | None:
    """Return True when the ledger had these lines when the page was made, None for other desks."""
    with desk.read() as connection:
        try:
            dossier = progress.the_dossier(connection, code)
        except Refused:
            if needed:
                raise
            return None
        lines = _lines(connection, dossier.code)
    number = wanted.partition("-")[0]
    count = int(number) if number.isdecimal() and len(number) <= _MOST_DIGITS else -1
    return 0 < count <= len(lines) and check_code(_text(dossier, lines[:count])) == wanted


def _lines(connection: Connection, code: str) -> tuple[HistoryLine, ...]:
    """Return the acts in Vietnamese, whatever the window's language: the check code covers them."""
    with in_vietnamese():
        acts = history.lines(connection, code)
    return tuple(
        HistoryLine(line.at, line.words, line.official_name)
        for line in acts
        if line.act != Act.PRINT.value
    )


def _on_paper(words: str) -> str:
    """Return the words of an act without signs that no official paper has.

    The check code covers the ledger's own words: pages printed by older versions stay provable.
    """
    words = _HANDED.sub(r"Bàn giao từ \1 sang ", words)
    for sign, word in (("» → «", "” thành “"), (" → ", " sang "), ("«", "“"), ("»", "”")):
        words = words.replace(sign, word)
    return _OVER.sub(lambda over: f"quá {working_time(int(over[1]))}", words)


def _text(dossier: Dossier, lines: tuple[HistoryLine, ...]) -> str:
    """Return the page as plain text: the check code covers it, the QR holds it."""
    moments = (_iso(dossier.accepted), _iso(dossier.first.due))
    head = (dossier.code, dossier.applicant.name, dossier.procedure_name, *moments)
    acts = ((_iso(line.at), line.words, line.official_name) for line in lines)
    return "\n".join("|".join(parts) for parts in (head, *acts))


def _read_scan(scan: str) -> str:
    packed = clean_line(payload_of(scan)).removeprefix(SCAN)
    try:
        raw = base64.b32decode(packed + "=" * (-len(packed) % 8))
        unpacked = zlib.decompressobj()
        text = unpacked.decompress(raw, _LONGEST_TEXT).decode()
    except (binascii.Error, zlib.error, ValueError):
        text = ""
    if "|" not in text:
        message = _("Mã QR này không phải của giấy lý lịch hồ sơ; hãy quét lại mã ở góc dưới giấy.")
        raise Refused("history-scan", message, "scan")
    return text


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="minutes")
