"""Rows that differ from the rest of their own list: to be looked at before they are taken.

A changed figure that makes another possible day or code cannot be refused; beside the other rows
it may stand out. Where more than a few do, it is a habit of the office and nothing is said.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from cchc_desk.domain.lists.columns import day_in_code
from cchc_desk.domain.lists.rows import Kind, ListRow
from cchc_desk.i18n import Message

_LEAST_ROWS = 6  # of a list, or of one procedure, that are compared
_FEW = 0.03  # of the rows
_MANY = 3  # rows with one beginning of their codes
_NEAR = 3  # days between the day in a code and the receipt
_MORE = 5  # days, and half as many again, beyond what the others have


def note_what_stands_out(rows: Iterable[ListRow]) -> None:
    """Put into each dossier's row what sets it apart from the others (`to_look_at`)."""
    dossiers = [row for row in rows if row.kind is Kind.DOSSIER]
    if len(dossiers) < _LEAST_ROWS:
        return
    days = [day_in_code(row.code) for row in dossiers]
    most = max(1, int(_FEW * len(dossiers)))

    def note(apart: Sequence[ListRow], message: Message) -> None:
        if len(apart) <= most:
            for row in apart:
                row.to_look_at += (message,)

    note([row for row, day in zip(dossiers, days, strict=True) if day is None], _OTHER_CODE)
    note([row for row, day in zip(dossiers, days, strict=True) if _is_far(row, day)], _FAR)
    note([row for row in dossiers if row.due and row.due.weekday() > 4], _WEEKEND)
    note(_of_another_place(dossiers), _OTHER_PLACE)
    _compare_periods(dossiers, days)


def _of_another_place(rows: Sequence[ListRow]) -> list[ListRow]:
    """Return the row whose code alone begins so, where all other beginnings stand in many rows."""
    counts = Counter(row.code.partition("-")[0] for row in rows if "-" in row.code)
    if len(counts) < 2:
        return []
    *others, (rarest, fewest) = counts.most_common()
    if fewest > 1 or others[-1][1] < _MANY:
        return []
    return [row for row in rows if row.code.startswith(f"{rarest}-")]


def _is_far(row: ListRow, day: date | None) -> bool:
    received = row.received
    return bool(received and day and abs((received.date() - day).days) > _NEAR)


def _compare_periods(rows: Iterable[ListRow], days: Iterable[date | None]) -> None:
    """Note promises that are much longer or shorter than those of the same procedure."""
    alike = defaultdict[str, list[tuple[int, ListRow]]](list)
    for row, day in zip(rows, days, strict=True):
        began = row.received.date() if row.received else day
        if began and row.due:
            alike[row.procedure_code or row.procedure].append(((row.due.date() - began).days, row))
    for name, periods in alike.items():
        if not name or len(periods) < _LEAST_ROWS:
            continue
        in_order = sorted(period for period, _row in periods)
        low, high = in_order[1], in_order[-2]  # without the two that may be the odd ones
        for period, row in periods:
            if not low - max(_MORE, low / 2) <= period <= high + max(_MORE, high / 2):
                row.to_look_at += (
                    Message(
                        "Hẹn {days} ngày sau khi nhận, hồ sơ cùng thủ tục ở tệp này {low}–{high}.",
                        days=period,
                        low=low,
                        high=high,
                    ),
                )


_OTHER_CODE = Message("Mã hồ sơ không cùng dạng với các mã khác trong tệp.")
_OTHER_PLACE = Message("Mã hồ sơ mang ký hiệu đơn vị mà không hồ sơ nào khác trong tệp có.")
_FAR = Message("Ngày tiếp nhận cách xa ngày trong mã, các hồ sơ khác trong tệp thì không.")
_WEEKEND = Message("Ngày hẹn trả là thứ bảy hoặc chủ nhật, các hồ sơ khác trong tệp thì không.")
