"""Workbooks of reports opened by another program: LibreOffice reads back what was written."""

import random
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from cchc_desk.actions.intake import intake
from cchc_desk.actions.reports import exports, makers, reports
from tests.actions.conftest import WHY, become, make_intake
from tests.actions.dossiers.test_figures import random_ward

SOFFICE = shutil.which("soffice")
SECONDS = 300
HOSTILE = "=TODAY() Trần Thị Đào"


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.one_pc("the workbooks are the same, wherever the dossiers lie")
def test_every_workbook_reads_back_equal_through_libreoffice(ward: Path, tmp_path: Path) -> None:
    """Numbers as numbers, days as days, a formula in a name as text; on every sheet."""
    made, back = tmp_path / "made", tmp_path / "back"
    made.mkdir()
    with random_ward(ward, random.Random(903)) as desk:
        become(desk, "an")
        intake.accept_dossier(desk, make_intake(HOSTILE))
        become(desk, "chi")
        asked = reports.asked_of(date(2026, 1, 1), date(2026, 12, 31))
        for name in makers.MAKERS:
            report = reports.make(desk, name, asked)
            reason = WHY if report.is_personal else ""
            exports.save_report(desk, report, made / f"{name}.xlsx", reason)
    assert SOFFICE is not None
    subprocess.run(
        [
            SOFFICE,
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "ods",
            "--outdir",
            str(back),
            *map(str, sorted(made.iterdir())),
        ],
        check=True,
        capture_output=True,
        timeout=SECONDS,
    )
    hostile = 0
    for name in makers.MAKERS:
        ours = CalamineWorkbook.from_path(made / f"{name}.xlsx")
        theirs = CalamineWorkbook.from_path(back / f"{name}.ods")
        assert theirs.sheet_names == ours.sheet_names
        for sheet in ours.sheet_names:
            expected = ours.get_sheet_by_name(sheet).to_python()
            found = theirs.get_sheet_by_name(sheet).to_python()
            assert [list(map(as_kept, row)) for row in found] == [
                list(map(as_kept, row)) for row in expected
            ], (name, sheet)
            hostile += sum(HOSTILE in row for row in expected)
    assert hostile  # the name stands in the register, as text


def as_kept(value: object) -> tuple[type, object]:
    """A value with its type: LibreOffice keeps fifteen digits of a number."""
    return type(value), f"{value:.14g}" if isinstance(value, float) else value
