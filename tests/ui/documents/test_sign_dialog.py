"""A leader signs the letter in the preview with a key; nobody else is offered it."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from cchc_desk.papers.forms.apology import apology_drawing
from cchc_desk.papers.forms.receipt import receipt_drawing
from tests.papers.forms.test_read_back import a_receipt, an_apology
from tests.ui.conftest import MakeWindow, write
from ui.documents.printing import Paper, PreviewDialog
from ui.documents.sign_dialog import TOKEN, SignDialog
from ui.shell.window import Window

pytest.importorskip("pyhanko", reason="make test installs it: requirements/dev.txt")

PIN = "mật khẩu"


@pytest.fixture(autouse=True)
def nothing_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SignDialog, "chosen", {})


@pytest.fixture
def leader(make_window: MakeWindow, folder: Path) -> Window:
    return make_window(folder, "chi")


@pytest.fixture
def key(tmp_path: Path) -> Path:
    secret, now = rsa.generate_private_key(65537, 2048), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Lê Mai Chi")])
    certificate = (
        x509.CertificateBuilder(name, name, secret.public_key(), 7)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(secret, hashes.SHA256())
    )
    way = serialization.BestAvailableEncryption(PIN.encode())
    file = tmp_path / "key.p12"
    file.write_bytes(pkcs12.serialize_key_and_certificates(b"key", secret, certificate, None, way))
    return file


def preview_of(window: Window, pdf: bytes) -> PreviewDialog:
    window.show_paper(Paper("Thư", "thu", lambda: pdf))
    shown = window.findChildren(PreviewDialog)[-1]
    assert isinstance(shown, PreviewDialog)
    return shown


def asked(qtbot: QtBot, preview: PreviewDialog) -> SignDialog:
    qtbot.waitUntil(preview.print_button.hasFocus)  # as it opens
    QTest.keyClick(preview, Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    (dialog,) = preview.findChildren(SignDialog)
    assert isinstance(dialog, SignDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_a_letter_is_signed_by_keys_and_saved(
    qtbot: QtBot, leader: Window, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = apology_drawing(an_apology()).pdf()
    preview = preview_of(leader, letter)
    dialog = asked(qtbot, preview)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *asked: (str(key), ""))
    QTest.keyClick(dialog, Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    assert dialog.key.text() == str(key)
    write(dialog.pin, "khác")
    QTest.keyClick(dialog.pin, Qt.Key.Key_Return)
    assert dialog.error.text() == "Mật khẩu của tệp khóa không đúng."
    assert preview.pdf == letter
    dialog.pin.clear()
    write(dialog.pin, PIN)
    QTest.keyClick(dialog, Qt.Key.Key_F9)
    assert not dialog.isVisible()
    assert "Đã ký số: Lê Mai Chi" in leader.notices.text
    assert preview.pdf.startswith(letter)
    assert len(preview.pdf) > len(letter)
    assert not preview.sign_button.isVisible()
    preview.save(tmp_path / "exports" / "signed.pdf")
    assert (tmp_path / "exports" / "signed.pdf").read_bytes() == preview.pdf
    again = asked(qtbot, preview_of(leader, letter))
    assert (again.key.text(), again.pin.text()) == (str(key), "")


def test_a_token_is_asked_for_its_library_and_label(qtbot: QtBot, leader: Window) -> None:
    dialog = asked(qtbot, preview_of(leader, apology_drawing(an_apology()).pdf()))
    assert (dialog.key.isVisible(), dialog.token.isVisible()) == (True, False)
    dialog.way.setCurrentIndex(dialog.way.findData(TOKEN))
    assert (dialog.key.isVisible(), dialog.token.isVisible()) == (False, True)
    write(dialog.module, "/none.so")
    write(dialog.token, "Lanh dao")
    QTest.keyClick(dialog.token, Qt.Key.Key_Return)
    assert "/none.so" in dialog.error.text()
    assert dialog.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_nobody_is_offered_what_cannot_be_signed(
    leader: Window, make_window: MakeWindow, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = apology_drawing(an_apology()).pdf()
    assert preview_of(leader, letter).sign_button.isVisible()
    assert not preview_of(leader, receipt_drawing(a_receipt()).pdf()).sign_button.isVisible()
    assert not preview_of(
        leader, apology_drawing(an_apology(number=None)).pdf()
    ).sign_button.isVisible()
    monkeypatch.setitem(sys.modules, "pyhanko.sign", None)
    assert not preview_of(leader, letter).sign_button.isVisible()


def test_a_clerk_is_not_offered_it(window: Window) -> None:
    assert not preview_of(window, apology_drawing(an_apology()).pdf()).sign_button.isVisible()
