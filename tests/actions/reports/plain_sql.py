"""Every cell of every report counted anew in plain SQL over the tables, apart from the program.

The rules are those of docs/promise.md and docs/reports.md; no condition or name of a figure is the
program's. `d` is a dossier, :s and :e begin and end the period, :now is now.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import resources
from cchc_desk.domain.figures import Origin
from cchc_desk.domain.table import Cell
from cchc_desk.store.engine.database import Connection, run

Cells = dict[str, Cell]
Rows = dict[str | None, Cells]
TOTAL = "Tổng cộng"
UNIT = "Ủy ban nhân dân phường Ninh Kiều"

# --- conditions -----------------------------------------------------------------------------------


def after_promise(at: str) -> str:
    """Limits in hours compare moments, all others days."""
    return (
        f"(CASE WHEN d.limit_text LIKE '%giờ%' THEN {at} > d.first_due "
        f"ELSE substr({at}, 1, 10) > substr(d.first_due, 1, 10) END)"
    )


def before_promise(at: str) -> str:
    return (
        f"(CASE WHEN d.limit_text LIKE '%giờ%' THEN {at} < d.first_due "
        f"ELSE substr({at}, 1, 10) < substr(d.first_due, 1, 10) END)"
    )


def clock(end: str) -> str:
    """Where the clock stands: still since a pause that began by the promised moment, else at end"""
    return f"(CASE WHEN d.paused_since <= d.first_due THEN d.paused_since ELSE {end} END)"


ORIGIN = {Origin.ALL: "1 = 1", Origin.DESK: "d.system = ''", Origin.LIST: "d.system <> ''"}
RECEIVED = "(d.accepted BETWEEN :s AND :e AND d.cancelled IS NULL)"
ONLINE = f"({RECEIVED} AND d.channel = 'online')"
ON_PAPER = f"({RECEIVED} AND d.channel IN ('direct', 'post'))"
CARRIED_OVER = (
    "(d.accepted < :s AND d.accepted <= :e AND d.cancelled IS NULL "
    "AND coalesce(d.ready, :s) >= :s AND coalesce(d.ended, :s) >= :s)"
)
READY = "(d.ready BETWEEN :s AND :e)"
EARLY = f"({READY} AND {before_promise('d.ready')})"
LATE = f"({READY} AND {after_promise('d.ready')})"
ON_TIME = f"({READY} AND NOT {before_promise('d.ready')} AND NOT {after_promise('d.ready')})"
GONE = "(d.ended BETWEEN :s AND :e)"
GONE_LATE = f"({GONE} AND {after_promise('d.ended')})"
OPEN = (
    "(d.accepted <= :e AND d.cancelled IS NULL AND (d.ready IS NULL OR d.ready > :e) "
    "AND (d.ended IS NULL OR d.ended > :e))"
)
OPEN_LATE = f"({OPEN} AND {after_promise(clock(':e'))})"
OPEN_IN_TIME = f"({OPEN} AND NOT {after_promise(clock(':e'))})"
HANDLED = f"({READY} OR {GONE} OR {OPEN})"
ASKED_TWICE = (
    f"({HANDLED} AND (SELECT count(*) FROM pauses p WHERE p.dossier = d.n "
    "AND p.kind = 'supplement' AND p.undone IS NULL) >= 2)"
)
SHARE_LATE = f"({LATE} OR {GONE_LATE} OR {OPEN_LATE})"
SHARE_WHOLE = f"({READY} OR {GONE_LATE} OR {OPEN_LATE})"
_UNTIL_NOW = f"coalesce(d.ready, d.ended, {clock(':now')})"
DUE_LATE = (
    "(d.first_due BETWEEN :s AND :e AND d.cancelled IS NULL AND " + after_promise(_UNTIL_NOW) + ")"
)
APOLOGISED = (
    f"({DUE_LATE} AND EXISTS (SELECT 1 FROM letters l WHERE l.dossier = d.n "
    "AND l.kind = 'late' AND l.state = 'delivered'))"
)
TOLD = f"({DUE_LATE} AND EXISTS (SELECT 1 FROM notices c WHERE c.dossier = d.n AND c.in_time = 1))"
SECOND_DATE = (
    f"({DUE_LATE} AND EXISTS (SELECT 1 FROM promises p WHERE p.dossier = d.n "
    "AND p.letter IS NOT NULL))"
)
DECIDED = (
    "(EXISTS (SELECT 1 FROM journal j WHERE j.code = d.code AND j.act = 'fix-responsibility' "
    "AND j.official = r.fixed_by) OR EXISTS (SELECT 1 FROM letters l WHERE l.dossier = d.n "
    "AND l.kind = 'late' AND l.signed IS NOT NULL AND l.responsible = r.official "
    "AND (l.own_fault = r.own_fault OR l.own_fault IS NULL AND r.own_fault IS NULL)))"
)
DISPUTED = (
    f"({HANDLED} AND d.accepted <= :e "
    "AND EXISTS (SELECT 1 FROM disagreements g WHERE g.dossier = d.n))"
)
LAST_LETTER = (
    "(SELECT l.{} FROM letters l WHERE l.dossier = d.n AND l.kind = 'late' {} "
    "ORDER BY l.ordinal DESC LIMIT 1)"
)
CAUSE = (
    "coalesce((SELECT r.cause FROM responsibilities r WHERE r.dossier = d.n), "
    + LAST_LETTER.format("cause", "")
    + ", '')"
)
II_06 = {
    "c4": ONLINE,
    "c5": ON_PAPER,
    "c6": CARRIED_OVER,
    "c8": EARLY,
    "c9": f"({ON_TIME} OR {GONE})",
    "c10": LATE,
    "c12": OPEN_IN_TIME,
    "c13": OPEN_LATE,
}


@dataclass(frozen=True)
class Ward:
    """The tables of a ward, asked about a period and an origin."""

    connection: Connection
    first: date
    last: date
    origin: Origin
    now: datetime

    @property
    def bounds(self) -> dict[str, str]:
        end = min(f"{self.last}T23:59", f"{self.now:%Y-%m-%dT%H:%M}")
        return {"s": f"{self.first}T00:00", "e": end, "now": f"{self.now:%Y-%m-%dT%H:%M}"}

    def of(self, first: date, last: date) -> "Ward":
        return replace(self, first=first, last=last)

    def select(self, columns: str, where: str, rest: str = "") -> list[Any]:
        """The columns of the dossiers `d` that are so."""
        sql = f"SELECT {columns} FROM dossiers d WHERE {where} AND {ORIGIN[self.origin]} {rest}"
        used = {name: value for name, value in self.bounds.items() if f":{name}" in sql}
        return list(run(self.connection, sql, used))

    def plain(self, sql: str, values: Iterable[Any] = ()) -> list[Any]:
        return list(run(self.connection, sql, tuple(values)))

    def count(self, where: str) -> int:
        return int(self.select("count(*)", where)[0][0])


def share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def shown(text: str | None) -> str:
    return f"{moment(text):%H:%M %d/%m/%Y}" if text else ""


# --- counts by group ------------------------------------------------------------------------------


def by_group(ward: Ward, key: str, wanted: dict[str, str], among: str) -> dict[str, dict[str, int]]:
    """The counts of each group in which something counts, and of all under TOTAL."""
    sums = ", ".join(f"sum(CASE WHEN {one} THEN 1 ELSE 0 END)" for one in wanted.values())
    found = {
        str(group): dict(zip(wanted, map(int, counts), strict=True))
        for group, *counts in ward.select(f"{key}, {sums}", among, f"GROUP BY {key}")
        if any(counts)
    }
    found[TOTAL] = {name: sum(one[name] for one in found.values()) for name in wanted}
    return found


def with_sums(c: dict[str, int]) -> dict[str, int]:
    """The three sums of form II.06a beside its parts."""
    return {
        "c3": c["c4"] + c["c5"] + c["c6"],
        "c4": c["c4"],
        "c5": c["c5"],
        "c6": c["c6"],
        "c7": c["c8"] + c["c9"] + c["c10"],
        "c8": c["c8"],
        "c9": c["c9"],
        "c10": c["c10"],
        "c11": c["c12"] + c["c13"],
        "c12": c["c12"],
        "c13": c["c13"],
    }


def keyed(groups: dict[str, Cells]) -> Rows:
    """Rows by their key; none at all where there is nothing but a total."""
    return {None if group == TOTAL else group: cells for group, cells in groups.items()}


def ii_06a(ward: Ward) -> Rows:
    counted = by_group(ward, "d.field", II_06, "1 = 1")
    return keyed({group: {"field": group, **with_sums(c)} for group, c in counted.items()})


def systems(ward: Ward) -> Rows:
    counted = by_group(ward, "d.system", {**II_06, "disputed": DISPUTED}, "1 = 1")
    return keyed(
        {
            group: {
                "origin": group or "Tại quầy",
                **with_sums(c),
                "balance": 0,
                "disputed": c["disputed"],
            }
            for group, c in counted.items()
        }
    )


def procedure_names(ward: Ward) -> dict[str, str]:
    sql = "SELECT procedure_code, max(procedure_name) FROM dossiers GROUP BY procedure_code"
    return {TOTAL: TOTAL, **dict(map(tuple, ward.plain(sql)))}


def channels(ward: Ward) -> Rows:
    wanted = {"online": ONLINE, "on_paper": ON_PAPER, "carried": CARRIED_OVER, "open": HANDLED}
    names = procedure_names(ward)
    return keyed(
        {
            code: {
                "procedure": names[code],
                "received": c["online"] + c["on_paper"],
                "online": c["online"],
                "on_paper": c["on_paper"],
                "online_share": share(c["online"], c["online"] + c["on_paper"]),
            }
            for code, c in by_group(ward, "d.procedure_code", wanted, "1 = 1").items()
            if code == TOTAL or c["online"] + c["on_paper"]
        }
    )


def apology_coverage(ward: Ward) -> Rows:
    wanted = {"late": DUE_LATE, "apologised": APOLOGISED, "told": TOLD}
    return keyed(
        {
            field: {
                "field": field,
                **c,
                "apologised_share": share(c["apologised"], c["late"]),
                "told_share": share(c["told"], c["late"]),
            }
            for field, c in by_group(ward, "d.field", wanted, "1 = 1").items()
        }
    )


def movements(ward: Ward) -> Rows:
    wanted = {
        "received": RECEIVED,
        "ready": READY,
        "returned": "(d.returned BETWEEN :s AND :e AND d.cancelled IS NULL)",
        "withdrawn": f"({GONE} AND d.status = {WITHDRAWN})",
        "stopped": f"({GONE} AND d.status = {STOPPED})",
        "open": OPEN,
        "paused": f"({OPEN} AND d.paused_since <= :e)",
    }
    counted = by_group(ward, "d.field", wanted, "1 = 1")
    return keyed({field: {"field": field, **c} for field, c in counted.items()})


def causes(ward: Ward) -> Rows:
    found = ward.select(f"{CAUSE} AS cause, count(*)", SHARE_LATE, "GROUP BY cause")
    labels = {one["code"]: one["label"] for one in catalogue_of_causes()}
    whole, until, rows = sum(count for _cause, count in found), 0, Rows()
    for cause, count in sorted(found, key=lambda one: (-one[1], one[0])):
        until += count
        rows[cause] = {
            "cause": labels.get(cause, "Chưa xác định"),
            "late": count,
            "share": Fraction(count, whole),
            "until": Fraction(until, whole),
        }
    return rows


def catalogue_of_causes() -> list[dict[str, str]]:
    return list(json.loads(resources.read_text("law/causes.json")))


WEEKDAYS = ("Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy")


def weekday_of(number: int) -> str:
    return f"Thứ {WEEKDAYS[number]}" if number < 6 else "Chủ nhật"


def load(ward: Ward) -> Rows:
    at = [moment(one) for (one,) in ward.select("d.accepted", RECEIVED)]
    if not at:
        hours, days = range(7, 17), list[int]()
    else:
        hours = range(min(7, *(one.hour for one in at)), max(16, *(one.hour for one in at)) + 1)
        days = sorted({0, 1, 2, 3, 4, *(one.weekday() for one in at)})
    rows = Rows()
    for day in (*days, None):
        of_day = [one for one in at if day in (None, one.weekday())]
        rows[None if day is None else str(day)] = {
            "weekday": TOTAL if day is None else weekday_of(day),
            **{f"h{hour:02d}": sum(one.hour == hour for one in of_day) for hour in hours},
            "day": len(of_day),
        }
    return rows


# --- one row for each dossier ---------------------------------------------------------------------

WITHDRAWN, STOPPED = 7, 8
HOW = {"counter": "tại quầy", "post": "bưu chính"}


def register(ward: Ward) -> Rows:
    rows = Rows()
    sql = (
        "d.n, d.code, d.procedure_name, d.sets, d.accepted, d.entered, d.returned, "
        "d.paper_receipt, d.due, d.ended, d.status, d.first_due"
    )
    for (
        n, code, procedure, sets, accepted, entered, returned, receipt, due, ended, status,
        first_due,
    ) in ward.select(sql, RECEIVED, "ORDER BY d.accepted, d.n"):  # fmt: skip
        name, address, phone, how, to = ward.plain(
            "SELECT name, address, phone, returned_how, returned_to FROM applicants "
            "WHERE dossier = ?",
            [n],
        )[0]
        printed = ward.plain(
            "SELECT due FROM promises WHERE dossier = ? ORDER BY ordinal LIMIT 1", [n]
        )[0][0]
        moved = "" if printed == first_due else f"\nnay là {shown(first_due)}"
        notes = (
            entered != accepted and f"Nhập {shown(entered)}",
            receipt and f"Giấy in sẵn {receipt}",
            due != first_due and f"Hẹn lại {shown(due)}",
            ended and f"{'Rút' if status == WITHDRAWN else 'Dừng giải quyết'} {shown(ended)}",
        )
        rows[code] = {
            "code": code,
            "procedure": procedure,
            "sets": sets,
            "name": name,
            "address": "\n".join(filter(None, (address, phone))),
            "agency": UNIT.replace("Ủy ban nhân dân", "UBND"),
            "accepted": moment(accepted),
            "due": shown(printed) + moved,
            "returned": moment(returned) if returned else "",
            "how": HOW.get(how, ""),
            "receiver": to,
            "note": "\n".join(filter(None, notes)),
        }
    return rows


def late(ward: Ward) -> Rows:
    labels = {one["code"]: one["label"] for one in catalogue_of_causes()}
    sql = (
        "d.code, d.procedure_name, (SELECT a.name FROM applicants a WHERE a.dossier = d.n), "
        f"d.first_due, coalesce(d.ready, d.ended), {CAUSE}, coalesce((SELECT o.name "
        "FROM responsibilities r JOIN officials o ON o.id = r.official WHERE r.dossier = d.n "
        f"AND {DECIDED}), ''), "
        + ", ".join(
            LAST_LETTER.format(column, "AND l.signed IS NOT NULL")
            for column in ("number", "symbol", "signed")
        )
    )
    return {
        code: {
            "code": code,
            "procedure": procedure,
            "name": name,
            "due": moment(due),
            "result": moment(done) if done else "chưa có",
            "cause": labels.get(cause, "Chưa xác định"),
            "responsible": official,
            "letter": f"{number:02d}/{symbol} ({moment(signed):%d/%m/%Y})" if number else "",
        }
        for code, procedure, name, due, done, cause, official, number, symbol, signed in (
            ward.select(sql, SHARE_LATE, "ORDER BY d.first_due, d.n")
        )
    }


def annex(ward: Ward, *, with_a_result: bool) -> Rows:
    """A row of QĐ 766: the portal's late ones, done by the end of the period or not."""
    portal_late = f"({SHARE_LATE} OR {ASKED_TWICE})"
    done_within = "(coalesce(d.ready, d.ended) <= :e)"
    wanted = done_within if with_a_result else f"NOT coalesce({done_within}, 1 = 0)"
    rows = Rows()
    for code, accepted, due, done, holder, status, is_late in ward.select(
        "d.code, d.accepted, d.first_due, coalesce(d.ready, d.ended), "
        "(SELECT o.name FROM officials o WHERE o.id = d.holder), d.status, "
        f"CASE WHEN {SHARE_LATE} THEN 1 ELSE 0 END",
        f"{portal_late} AND {wanted}",
    ):
        gone = {WITHDRAWN: "Công dân rút", STOPPED: "Dừng giải quyết"}.get(status, "")
        twice = "" if is_late else "Yêu cầu bổ sung từ lần thứ hai"
        note = "; ".join(filter(None, (gone if with_a_result else "", twice)))
        cells: Cells = {"code": code, "accepted": moment(accepted).date()}
        cells["due"] = moment(due).date()
        if with_a_result:
            cells |= {"result": moment(done).date(), "unit": UNIT, "note": note}
        else:
            cells |= {"unit": UNIT, "holder": holder, "note": note}
        rows[code] = cells
    return rows


# --- people, catalogue, fees ----------------------------------------------------------------------

FAULT = (
    f"({DUE_LATE} AND EXISTS (SELECT 1 FROM responsibilities r WHERE r.dossier = d.n "
    f"AND r.official IS NOT NULL AND r.own_fault = 1 AND {DECIDED}))"
)
WARN, REVIEW = 2, 3


def faults(ward: Ward) -> dict[str, list[str]]:
    """The days of the first promises broken by an official's own fault, in the whole year."""
    year = ward.last.year
    found: dict[str, list[str]] = {}
    whole_year = ward.of(date(year, 1, 1), date(year, 12, 31))
    # A strike is of the year of the promise, also of one that is to come.
    for official, due in whole_year.select(
        "(SELECT r.official FROM responsibilities r WHERE r.dossier = d.n), d.first_due", FAULT
    ):
        found.setdefault(official, []).append(due[:10])
    return found


def officials(ward: Ward) -> Rows:
    names = dict(map(tuple, ward.plain("SELECT id, name FROM officials")))
    return {
        login: {
            "official": names[login],
            "late": sum(f"{ward.first}" <= day <= f"{ward.last}" for day in days),
            "year": len(days),
            "standing": (
                "đưa ra xem xét" if len(days) >= REVIEW else "cảnh báo" if len(days) >= WARN else ""
            ),
        }
        for login, days in faults(ward).items()
    }


def handled(ward: Ward) -> Rows:
    day = min(f"{ward.last}", f"{ward.now:%Y-%m-%d}")
    newest = ward.plain(
        "SELECT count(DISTINCT code) FROM procedures p WHERE effective_from <= ? AND "
        "(effective_to IS NULL OR effective_to >= ?)",
        [day, day],
    )
    with_steps = ward.plain(
        "SELECT count(DISTINCT p.code) FROM procedures p JOIN process_steps s "
        "ON s.procedure_code = p.code"
    )
    all_of, steps = newest[0][0], with_steps[0][0]
    cells: Cells = {"unit": UNIT}
    for name, count in (("all", all_of), ("one_stop", all_of), ("process", steps)):
        cells |= {f"{name}_total": count, f"{name}_province": 0, f"{name}_district": 0}
        cells[f"{name}_commune"] = count
    return {UNIT: cells}


# What the words of a fee come to for one dossier, worked out by hand: kind, đồng, đồng online.
# A price per set is of each set.
FEES: dict[str, tuple[str, int, int]] = {
    "Không": ("free", 0, 0),
    "8.000 đồng/trường hợp": ("priced", 8_000, 8_000),
    "50.000 đồng/bộ": ("priced", 50_000, 50_000),
    "25.000 đồng/trường hợp; nộp trực tuyến: 10.000 đồng": ("priced", 25_000, 10_000),
    "2.000 đồng/trang": ("unpriced", 0, 0),
    "Theo nghị quyết của HĐND tỉnh, thành phố": ("unpriced", 0, 0),
    "Theo pháp luật về phí, lệ phí": ("unpriced", 0, 0),
    "Chưa rõ mức thu": ("unpriced", 0, 0),
    "": ("unpriced", 0, 0),
}


def fees(ward: Ward) -> Rows:
    rows: dict[str, dict[str, Any]] = {}
    whole = dict.fromkeys(("received", "priced", "free", "unpriced", "amount"), 0)
    for code, name, field, words, sets, channel, certified, amount in ward.select(
        "d.procedure_code, d.procedure_name, d.field, d.fee, d.sets, d.channel, "
        "(SELECT count(*) FROM certifications c WHERE c.dossier = d.n), "
        "(SELECT sum(c.fee) FROM certifications c WHERE c.dossier = d.n)",
        RECEIVED,
    ):
        kind, price, online = ("priced", 0, 0) if certified else FEES[words.split(" (")[0]]
        each = online if channel == "online" else price
        sum_of_it = (amount or 0) if certified else each * (sets if "/bộ" in words else 1)
        row = rows.setdefault(code, {"procedure": name, "field": field, **dict.fromkeys(whole, 0)})
        for one in (row, whole):
            one["received"] += 1
            one[kind] += 1
            one["amount"] += sum_of_it
    return keyed({**rows, TOTAL: {"procedure": TOTAL, "field": "", **whole}})


# --- «4 xin, 4 luôn» ------------------------------------------------------------------------------

ITEMS = {  # key, its words, what calls for it
    "greet": ("xin chào", "always"),
    "apologise": ("xin lỗi", "late"),
    "thank": ("xin cảm ơn", "always"),
    "ask-leave": ("xin phép", "wait"),
    "smile": ("luôn mỉm cười", "always"),
    "gentle": ("luôn nhẹ nhàng", "always"),
    "listen": ("luôn lắng nghe", "always"),
    "help": ("luôn giúp đỡ", "always"),
}
FACES = {
    5: "Rất hài lòng",
    4: "Hài lòng",
    3: "Bình thường",
    2: "Không hài lòng",
    1: "Rất không hài lòng",
}


def of_people(ward: Ward, table: str, columns: str) -> list[Any]:
    """Visits or sheets of the period; of no dossier they are the desk's."""
    of_origin = {
        Origin.ALL: "1 = 1",
        Origin.DESK: "(d.n IS NULL OR d.system = '')",
        Origin.LIST: "d.system <> ''",
    }[ward.origin]
    sql = (
        f"SELECT {columns} FROM {table} v LEFT JOIN dossiers d ON d.n = v.dossier "
        f"WHERE v.at BETWEEN ? AND ? AND {of_origin}"
    )
    return ward.plain(sql, [ward.bounds["s"], ward.bounds["e"]])


def part_of(name: str, part: int, whole: int) -> Cells:
    return {"what": name, "part": part, "whole": whole, "share": share(part, whole)}


def only(name: str, count: int) -> Cells:
    return {"what": name, "part": count, "whole": "", "share": ""}


def scored(ward: Ward) -> tuple[dict[str, int], dict[str, int], int]:
    """Of each item how often it was done, and called for; the visits."""
    done, called = dict.fromkeys(ITEMS, 0), dict.fromkeys(ITEMS, 0)
    visits = of_people(ward, "courtesy_visits", "v.moment, v.done")
    for occasion, words in visits:
        kept = set(json.loads(words))
        for key, (_name, when) in ITEMS.items():
            done[key] += key in kept
            called[key] += key in kept or when in ("always", occasion)
    return done, called, len(visits)


def courtesy(ward: Ward) -> Rows:
    done, called, visits = scored(ward)
    sheets = of_people(ward, "courtesy_ratings", "v.faces, v.told")
    answers = [told for _faces, told in sheets if told is not None]
    rows: Rows = {"visits": only("Lượt tự chấm", visits)}
    rows |= {key: part_of(name, done[key], called[key]) for key, (name, _when) in ITEMS.items()}
    rows["score"] = part_of("Cả tám điều", sum(done.values()), sum(called.values()))
    for face, name in FACES.items():
        rows[f"face_{face}"] = part_of(name, [one[0] for one in sheets].count(face), len(sheets))
    rows["told"] = part_of("Được báo trước khi trễ hẹn", sum(map(bool, answers)), len(answers))
    return rows


# --- periods compared, the dispatch, QĐ 766 -------------------------------------------------------


def periods_of_months(ward: Ward) -> tuple[Ward, Ward, Ward]:
    """The period, the one before it, the same of last year; months where it is whole months."""
    first, last = ward.first, ward.last
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        number = first.year * 12 + first.month - 1 - months
        before = date(number // 12, number % 12 + 1, 1), first - timedelta(days=1)
        end = date(last.year - 1 + last.month // 12, last.month % 12 + 1, 1) - timedelta(days=1)
    else:
        days = (last - first).days + 1
        before = first - timedelta(days=days), last - timedelta(days=days)
        end = last.replace(year=last.year - 1)
    return ward, ward.of(*before), ward.of(first.replace(year=first.year - 1), end)


def of_measures(ward: Ward) -> dict[str, tuple[str, Cell]]:
    """Each line of the reform report in one period: its words and its value."""
    n = ward.count
    received = f"({ONLINE} OR {ON_PAPER})"
    return {
        "received": ("Hồ sơ tiếp nhận trong kỳ", n(received)),
        "online": ("– nộp trực tuyến", n(ONLINE)),
        "on_paper": ("– nộp trực tiếp, bưu chính", n(ON_PAPER)),
        "online_share": ("Tỷ lệ nộp trực tuyến", share(n(ONLINE), n(received))),
        "carried_over": ("Hồ sơ kỳ trước chuyển sang", n(CARRIED_OVER)),
        "solved": ("Hồ sơ đã giải quyết", n(f"({READY} OR {GONE})")),
        "early": ("– trước hạn", n(EARLY)),
        "on_time": ("– đúng hạn", n(f"({ON_TIME} OR {GONE})")),
        "late": ("– quá hạn", n(LATE)),
        "open": ("Hồ sơ đang giải quyết", n(OPEN)),
        "open_late": ("– quá hạn", n(OPEN_LATE)),
        "late_share": ("Tỷ lệ trễ hẹn theo công văn", share(n(SHARE_LATE), n(SHARE_WHOLE))),
        "due_late": ("Hồ sơ trễ có hạn hẹn trong kỳ", n(DUE_LATE)),
        "apologised": ("– đã trao thư xin lỗi", n(APOLOGISED)),
        "told": ("– báo trước kịp", n(TOLD)),
    }


def monthly(ward: Ward) -> Rows:
    this, before, last_year = map(of_measures, periods_of_months(ward))
    return {
        key: {
            "what": name,
            "this": value,
            "before": before[key][1],
            "last_year": last_year[key][1],
        }
        for key, (name, value) in this.items()
    }


def dispatch(ward: Ward) -> Rows:
    n, due_late = ward.count, ward.count(DUE_LATE)
    responsible = sum(1 for row in late(ward).values() if row["responsible"])
    reviewed = sum(len(days) >= REVIEW for days in faults(ward).values())
    done, called, _visits = scored(ward)
    faces = [one for (one,) in of_people(ward, "courtesy_ratings", "v.faces")]
    received, solved = n(f"({ONLINE} OR {ON_PAPER})"), n(f"({READY} OR {GONE})")
    in_time = n(f"({EARLY} OR {ON_TIME} OR {GONE})")
    return {
        "due_late": only("Hồ sơ trễ có hạn hẹn trong kỳ", due_late),
        "apologised": part_of("– đã trao thư xin lỗi", n(APOLOGISED), due_late),
        "told": part_of("– báo trước kịp", n(TOLD), due_late),
        "reappointed": part_of("– đã hẹn lại một lần", n(SECOND_DATE), due_late),
        "late": part_of("Hồ sơ trễ hẹn theo cách đếm của công văn", n(SHARE_LATE), n(SHARE_WHOLE)),
        "responsible": part_of("– đã xác định người chịu trách nhiệm", responsible, n(SHARE_LATE)),
        "review": only(
            f"Công chức gây trễ hẹn từ {REVIEW} lần trở lên trong năm {ward.last.year}", reviewed
        ),
        "score": part_of(
            "«4 xin, 4 luôn»: điều làm được khi tự chấm", sum(done.values()), sum(called.values())
        ),
        "satisfied": part_of(
            "Phiếu công dân chấm rất hài lòng, hài lòng",
            sum(face >= 4 for face in faces),
            len(faces),
        ),
        "online": part_of("Hồ sơ nộp trực tuyến", n(ONLINE), received),
        "in_time": part_of("Hồ sơ giải quyết trước hạn, đúng hạn", in_time, solved),
    }


PROGRESS = 5  # «Hồ sơ xử lý trước hạn, đúng hạn» of QĐ 766


def half_up(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def indicators(ward: Ward) -> Rows:
    rows = Rows()
    whole = ward.count(HANDLED)
    kept = whole - ward.count(f"({SHARE_LATE} OR {ASKED_TWICE})")
    for one in json.loads(resources.read_text("law/indicators_766.json"))["indicators"]:
        cells: Cells = {
            "number": one["number"],
            "group": one["group"],
            "indicator": one["name"],
            "most": "" if one["most"] is None else one["most"],
            **dict.fromkeys(("part", "whole", "share", "points", "note"), ""),
        }
        if one["number"] == PROGRESS:
            points = half_up(Fraction(20 * kept, whole)) if whole else Decimal(0)
            cells |= {"part": kept, "whole": whole, "share": share(kept, whole), "points": points}
        elif one["commune"]:
            cells["note"] = "Không tính được tại quầy"
        else:
            cells["note"] = "Không áp dụng cho cấp xã"
        rows[str(one["number"])] = cells
    return rows


def trend(ward: Ward) -> Rows:
    rows = Rows()
    end = date.fromisoformat(ward.bounds["e"][:10])
    for back in range(12, -1, -1):
        number = end.year * 12 + end.month - 1 - back
        first = date(number // 12, number % 12 + 1, 1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        of_month = ward.of(first, last)
        part, whole = of_month.count(SHARE_LATE), of_month.count(SHARE_WHOLE)
        rows[f"{first:%Y-%m}"] = {
            "month": f"{first:%m/%Y}",
            "late": part,
            "total": whole,
            "share": share(part, whole),
        }
    return rows


RECOUNTS: dict[str, Callable[[Ward], Rows]] = {
    "ii-06a": ii_06a,
    "systems": systems,
    "ii-07b": handled,
    "register": register,
    "late": late,
    "officials": officials,
    "fees": fees,
    "movements": movements,
    "channels": channels,
    "courtesy": courtesy,
    "766": indicators,
    "766-late": lambda ward: annex(ward, with_a_result=True),
    "766-open-late": lambda ward: annex(ward, with_a_result=False),
    "monthly": monthly,
    "dispatch": dispatch,
    "apology-coverage": apology_coverage,
    "trend": trend,
    "load": load,
    "causes": causes,
}
# Recounted one dossier after the other, where the rule needs the calendar or a sequence of acts.
ELSEWHERE = {
    "outreach": "tests/actions/reports/test_reports.py",
    "due": "tests/actions/reports/test_overview_reports.py",
    "nine-indices": "tests/actions/reports/test_nine_indices.py",
    "forecast": "tests/actions/boards/test_forecast.py",
    "came-true": "tests/actions/boards/test_forecast.py",
    "quality": "tests/actions/exports/test_quality.py",
}
