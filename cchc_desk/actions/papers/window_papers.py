"""Drawings of the window's own facts: its charts and its key card.

ReportLab is imported by the first drawing, that is by the thread of a
job, not when a page is opened.
"""

from collections.abc import Sequence

from cchc_desk.domain.chart import Bars, ChartLook
from cchc_desk.domain.key_card import KeyGroup
from cchc_desk.i18n import language
from cchc_desk.session import Desk


def chart_svg(bars: Bars, look: ChartLook) -> bytes:
    """Return the chart as SVG."""
    from cchc_desk.papers.charts import bars_svg

    return bars_svg(bars, look)


def key_card(desk: Desk, title: str, groups: Sequence[KeyGroup]) -> bytes:
    """Return the key card as PDF, in the language of its words."""
    from cchc_desk.papers.key_card import key_card_pdf
    from cchc_desk.papers.layout.metadata import Metadata

    return key_card_pdf(Metadata(title, desk.settings["unit_name"], desk.now(), language()), groups)
