"""A fault of the program on the command line: its own exit code, a sentence, a report."""

from pathlib import Path

import pytest

from cchc_desk import console, paths


def test_a_fault_is_said_and_reported_without_a_value(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(folder: Path) -> Path:
        raise LookupError("Nguyễn Thị Ánh Đào")

    monkeypatch.setattr(paths, "database_file", broken)
    assert console.main(["--data", str(tmp_path), "--as", "an", "today"]) == 4
    said = capsys.readouterr()
    (report,) = (tmp_path / "reports").iterdir()
    assert said.out == ""
    assert str(report) in said.err
    assert "Traceback" not in said.err
    text = report.read_text(encoding="utf-8")
    assert "LookupError" in text
    assert "cchc_desk/actions/data/opening.py" in text
    assert "Đào" not in said.err + text


def test_without_a_folder_for_it_the_report_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "database_file", lambda folder: 1 / 0)
    assert console.main(["--data", str(tmp_path / "none"), "--json", "--as", "an", "today"]) == 4
    said = capsys.readouterr().out
    assert '"kind": "bug"' in said
    assert "ZeroDivisionError" in said
    assert not (tmp_path / "none").exists()
