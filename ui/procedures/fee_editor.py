"""Phí, lệ phí: a price per case, set, copy or page in numbers, or words that cannot be summed."""

from dataclasses import replace

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QLineEdit,
    QWidget,
)

from cchc_desk.domain.law import fees
from cchc_desk.domain.law.fees import HIGHEST, FeeRule, FeeUnit, PageTier
from cchc_desk.domain.law.procedure import ProcedureVersion
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, later
from ui.look import texts
from ui.widgets.fields.boxes import ComboBox, SpinBox
from ui.widgets.fields.error_row import when_changed

_UNITS = {
    None: later("bằng chữ, không tính được"),
    FeeUnit.FREE: later("miễn phí"),
    FeeUnit.CASE: later("mỗi trường hợp"),
    FeeUnit.SET: later("mỗi bộ"),
    FeeUnit.COPY: later("mỗi bản"),
    FeeUnit.PAGE: later("mỗi trang của mỗi bản"),
}
_STEP = 1000  # đồng
_MOST_PAGES = 9999
_EXAMPLE = (3, 4, 1)  # copies, pages, sets


class FeeEditor(QWidget):
    """The rows of a fee; only those that its unit has are shown. `changed` after every change."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.unit = texts.narrow(ComboBox())
        for unit, name in _UNITS.items():
            self.unit.addItem(_(name), unit)
        self.words, self.exemptions = QLineEdit(), QLineEdit()
        self.amount = _money(_("Mức thu"))
        self.from_page = SpinBox()
        texts.spaced(self.from_page)
        self.from_page.setRange(1, _MOST_PAGES)
        self.from_page.setSpecialValueText(_("không"))
        self.later_amount = _money(_("Mức thu của trang sau"))
        self.most = _money(_("Tối đa một bản"))
        self.online = _money(_("Khi nộp trực tuyến"))
        for box in (self.most, self.online):
            box.setSpecialValueText(_("không"))
        self.example = texts.words("", "quiet")
        self._shown: FeeRule | None = None
        self._lay_out()
        for field in self._fields():
            when_changed(field, self._edited)

    def stops(self) -> tuple[QWidget, ...]:
        """Return the fields in the order of work."""
        first, *prices = self.boxes()
        return (first, self.words, *prices, self.exemptions)

    def boxes(self) -> tuple[QWidget, ...]:
        """Return the fields that are no lines of text."""
        return (
            self.unit,
            self.amount,
            self.from_page,
            self.later_amount,
            self.most,
            self.online,
        )

    def _fields(self) -> tuple[QWidget, ...]:
        return (*self.boxes(), self.words, self.exemptions)

    def _lay_out(self) -> None:
        self.form = QFormLayout(self)
        self.form.setContentsMargins(0, 0, 0, 0)
        for name, field in (
            (_("Thu theo"), self.unit),
            (_("Mức thu bằng chữ"), self.words),
            (_("Mức thu"), self.amount),
            (_("Giá khác từ trang thứ"), self.from_page),
            (_("Mức thu của trang sau"), self.later_amount),
            (_("Tối đa một bản"), self.most),
            (_("Khi nộp trực tuyến"), self.online),
            (_("Miễn, giảm"), self.exemptions),
        ):
            field.setAccessibleName(name)
            texts.row(self.form, name, field)
        self.form.addRow(self.example)

    def _edited(self) -> None:
        self._show_rows()
        self.changed.emit()

    def _show_rows(self) -> None:
        unit = self._unit()
        priced = unit not in (None, FeeUnit.FREE)
        paged = unit is FeeUnit.PAGE
        tiered = paged and self.from_page.value() > 1
        for field, shows in (
            (self.words, unit is None),
            (self.amount, priced),
            (self.from_page, paged),
            (self.later_amount, tiered),
            (self.most, paged),
            (self.online, priced),
        ):
            self.form.setRowVisible(field, shows)
        try:
            rule = self._rule()
        except ValueError:
            rule = None
        copies, pages, sets = _EXAMPLE
        example = fees.sum_fee(rule, copies, pages, sets) if rule and priced else None
        self.example.setText(
            _("Ví dụ {copies} bản, {pages} trang: {sum}").format(
                copies=copies, pages=pages, sum=example.words
            )
            if example
            else ""
        )

    def show_version(self, version: ProcedureVersion | None) -> None:
        """Show the fee of a version; None for a new procedure."""
        rule = self._shown = version.fee_rule if version else None
        values = rule or FeeRule(FeeUnit.FREE)
        self.unit.setCurrentIndex(self.unit.findData(rule.unit if rule else None))
        self.words.setText(version.fee if version and rule is None else "")
        self.amount.setValue(values.amount)
        tier = values.tiers[0] if values.tiers else PageTier(1, 0)
        self.from_page.setValue(tier.first)
        self.later_amount.setValue(tier.amount)
        self.most.setValue(values.most or 0)
        self.online.setValue(values.online or 0)
        self.exemptions.setText(version.fee_exemptions if version else "")
        for line in (self.words, self.exemptions):
            line.setCursorPosition(0)
        self._show_rows()

    def fee(self, version: ProcedureVersion | None) -> FeeRule | str | None:
        """Return the fee where it differs from the version's. Raises Refused("fee")."""
        if self._unit() is None:
            words = self.words.text().strip()
            had = version.fee if version and version.fee_rule is None else ""
            return None if words == had else words
        try:
            rule = self._rule()
        except ValueError as error:
            raise Refused(
                "fee",
                _("Mức thu phải lớn hơn 0 đồng; không thu thì chọn «miễn phí»."),
                "fee",
            ) from error
        had_rule = version.fee_rule if version else None
        return None if had_rule and _prices(had_rule) == _prices(rule) else rule

    def _unit(self) -> FeeUnit | None:
        chosen = self.unit.currentData()  # Qt keeps the text of it
        return FeeUnit(chosen) if chosen else None

    def _rule(self) -> FeeRule:
        """Return the rule in the fields. Raises ValueError where they contradict one another."""
        unit = self._unit()
        if unit is None or unit is FeeUnit.FREE:
            return FeeRule(FeeUnit.FREE)
        tiers = self._shown.tiers[1:] if self._shown else ()
        if self.from_page.value() > 1:
            tiers = (PageTier(self.from_page.value(), self.later_amount.value()), *tiers)
        paged = unit is FeeUnit.PAGE
        return FeeRule(
            unit,
            self.amount.value(),
            tiers if paged else (),
            (self.most.value() or None) if paged else None,
            self.online.value() or None,
            exemptions=self.exemptions.text().strip(),
        )


def _prices(rule: FeeRule) -> FeeRule:
    return replace(rule, exemptions="", source="", certain=True)


def _money(name: str) -> SpinBox:
    box = SpinBox()
    texts.spaced(box)
    box.setRange(0, HIGHEST)
    box.setSingleStep(_STEP)
    box.setGroupSeparatorShown(True)
    box.setLocale(QLocale(QLocale.Language.Vietnamese))  # 2.000, as on papers
    box.setSuffix(" đ")
    box.setAccessibleName(name)
    texts.letters(box, 16)
    return box
