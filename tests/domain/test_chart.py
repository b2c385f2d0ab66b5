"""A chart in words, for who cannot see its bars."""

from datetime import datetime

import pytest

from cchc_desk.domain.chart import Bars, ChartLook
from cchc_desk.domain.key_card import KeyGroup
from cchc_desk.papers.charts import bars_svg
from cchc_desk.papers.key_card import key_card_pdf
from cchc_desk.papers.layout.metadata import Metadata

LOOK = ChartLook(400, 200, "#7a3d9a", "#a01818", "#202020", "Noto Sans")


def test_every_bar_is_read_with_its_name_and_its_text() -> None:
    bars = Bars("Tỷ lệ trễ", ("9", "10"), (0.02, 0.5), ("1/50", "12/24"), line=0.05)
    assert bars.in_words == "9: 1/50; 10: 12/24"


def test_a_name_without_a_text_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="shorter"):
        _ = Bars("Tỷ lệ trễ", ("9", "10"), (0.02, 0.5), ("1/50",)).in_words


def test_the_bar_that_reaches_the_line_has_the_colour_of_alarm() -> None:
    alarm = "fill: rgb(62%,9%,9%)"  # LOOK.alarm
    beside, on = (Bars("", ("9",), (share,), ("1/50",), line=0.05) for share in (0.04, 0.05))
    fills = [bars_svg(bars, LOOK).decode().count(alarm) for bars in (beside, on)]
    assert fills[1] == fills[0] + 1


def test_the_key_card_prints_its_groups() -> None:
    card = Metadata("Thẻ phím", "Ủy ban nhân dân phường Ninh Kiều", datetime(2026, 11, 23, 10, 0))
    assert key_card_pdf(card, [KeyGroup("Hôm nay", (("F6", "việc"),))]).startswith(b"%PDF")
