"""Reports on paper: no word is cut in two, no row numbered twice."""

import io
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdf
import pytest

from cchc_desk.actions.reports import exports, makers, reports
from cchc_desk.session import Desk
from tests.actions.conftest import WHY, become
from tests.actions.dossiers.test_figures import random_ward


@pytest.fixture(scope="module")
def desk(ward: Path) -> Iterator[Desk]:
    with random_ward(ward, random.Random(901)) as made:
        become(made, "chi")
        yield made


def text_of(desk: Desk, name: str) -> str:
    report = reports.make(desk, name, reports.asked_of(date(2026, 1, 1), date(2026, 12, 31)))
    pdf = exports.report_pdf(desk, report, WHY)
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize("name", sorted(makers.MAKERS))
def test_every_word_of_a_table_stands_whole(desk: Desk, name: str) -> None:
    report = reports.make(desk, name, reports.asked_of(date(2026, 1, 1), date(2026, 12, 31)))
    listing = report.table.listing()
    written = set(text_of(desk, name).replace("-", " ").split())
    for column in listing.columns:
        texts = (column.title, *(column.value(row) for row in report.table.all_rows))
        for text in texts if report.table.rows else ():
            assert set(text.replace("-", " ").split()) <= written, (column.title, text)


@pytest.mark.parametrize("name", ["766", "nine-indices"])
def test_what_numbers_its_rows_itself_has_no_second_number(desk: Desk, name: str) -> None:
    assert "TT" not in text_of(desk, name).split()


def test_the_number_of_a_decision_keeps_its_letters_in_a_title(desk: Desk) -> None:
    assert "QĐ-TTg)" in text_of(desk, "766")
