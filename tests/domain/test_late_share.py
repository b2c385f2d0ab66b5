"""The late share: exactly on the line, just beside it, and with nothing to count."""

from fractions import Fraction

import pytest

from cchc_desk.domain.late_share import LateShare

LINE = Fraction(1, 20)


@pytest.mark.parametrize(
    ("late", "total", "tripped", "until"),
    [
        (0, 0, False, 1),  # nothing to count is never "100 %", and the first late one trips
        (0, 1, False, 1),
        (0, 20, False, 2),  # 1/21 < 5 %, 2/22 > 5 %
        (1, 20, True, 0),  # exactly 5 %
        (4999, 100000, False, 2),  # 4.999 %; 5000/100001 is still under the line
        (5000, 100000, True, 0),
        (1, 21, False, 1),
        (3, 214, False, 9),
        (7, 7, True, 0),
    ],
)
def test_the_share_at_the_line(late: int, total: int, tripped: bool, until: int) -> None:
    answer = LateShare(late, total, LINE)
    assert (answer.tripped, answer.until_tripped) == (tripped, until)
    assert answer.share == (Fraction(late, total) if total else None)
    if not tripped:
        assert not total or not LateShare(late + until - 1, total + until - 1, LINE).tripped
        assert LateShare(late + until, total + until, LINE).tripped


@pytest.mark.parametrize(
    ("late", "total", "line", "shown"),
    [
        (0, 0, LINE, None),  # nothing to count is no per cent at all
        (0, 214, LINE, "0"),
        (3, 214, LINE, "1.4"),
        (1, 20, LINE, "5"),
        (7, 7, LINE, "100"),
        (49_994, 1_000_000, LINE, "4.999"),  # two digits would put it on the line
        (4_999_999, 100_000_000, LINE, "4.999999"),
        (1, 30, Fraction(1, 30), "3.33333333"),  # a line that no decimal meets: eight digits
    ],
)
def test_the_percent_shown_stands_on_the_right_side_of_the_line(
    late: int, total: int, line: Fraction, shown: str | None
) -> None:
    percent = LateShare(late, total, line).percent
    assert percent == (None if shown is None else Fraction(shown))
