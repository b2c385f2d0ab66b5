"""Badges: the sign says without colour what the colour says; a table paints the same badge."""

from datetime import datetime

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QTableWidget
from pytestqt.qtbot import QtBot

from cchc_desk.domain.dossiers.dossier import Status
from cchc_desk.domain.dossiers.standing import DossierStanding, Severity, Standing
from tests.ui.look.test_look import PALETTES, contrast
from ui.look import tokens
from ui.widgets.display.badge import Badge, BadgeDelegate, badge_text, colours

NOW = datetime(2026, 11, 25, 9, 19)


def standing(kind: Standing) -> DossierStanding:
    return DossierStanding(
        kind, Status.PROCESSING, datetime(2026, 11, 25, 10, 0), False, False, NOW
    )


@pytest.mark.parametrize(("theme", "palette"), PALETTES)
def test_every_badge_can_be_read_on_its_ground(theme: str, palette: tokens.Palette) -> None:
    for severity in Severity:
        ink, ground = colours(severity, palette)
        assert contrast(ink, ground) >= (7.0 if theme == "contrast" else 4.5), severity


def test_no_two_severities_share_their_sign() -> None:
    kinds = {standing(kind).severity: standing(kind).sign for kind in Standing}
    assert set(kinds) == set(Severity)
    assert len(set(kinds.values())) == len(kinds)


def test_a_badge_shows_word_and_time(qtbot: QtBot) -> None:
    badge = Badge()
    qtbot.addWidget(badge)
    assert badge.isHidden()
    badge.show_standing(standing(Standing.DUE_TODAY))
    assert badge.text() == "● còn 41 phút"
    assert badge.textFormat() is Qt.TextFormat.PlainText


def test_a_table_paints_the_badge_of_each_row_and_is_wide_enough_for_it(qtbot: QtBot) -> None:
    table = QTableWidget(2, 1)
    qtbot.addWidget(table)
    rows = [standing(Standing.LATE), None]
    delegate = BadgeDelegate(lambda row: rows[row], table)
    table.setItemDelegateForColumn(0, delegate)
    table.resize(400, 200)
    painted = QPixmap(table.size())
    table.render(painted)
    _ink, ground = colours(Severity.BROKEN, tokens.THEMES["light"][1])
    image = painted.toImage()
    seen = {image.pixelColor(x, y).name() for x in range(150) for y in range(100)}
    assert ground in seen
    option = table.viewport()
    wide = option.fontMetrics().horizontalAdvance(badge_text(standing(Standing.LATE)))
    index: QModelIndex = table.model().index(0, 0)
    table.resizeColumnToContents(0)
    assert table.columnWidth(0) > wide, index
