"""A leader signs a letter with a key in a file and with a token; poppler's pdfsig is the judge."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from PIL import Image

from cchc_desk import console
from cchc_desk.papers.forms.apology import apology_drawing
from cchc_desk.papers.forms.receipt import receipt_drawing
from cchc_desk.papers.layout.metadata import Metadata
from cchc_desk.papers.layout.sheet import joined
from tests.papers.archive_check import faults
from tests.papers.forms.test_read_back import a_receipt, an_apology, pages

pytest.importorskip("pyhanko", reason="make test installs it: requirements/dev.txt")

PIN, LABEL, NAME = "123456", "Lanh dao", "Lê Mai Chi"
MODULES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/*/softhsm/libsofthsm2.so")
MODULE = next((str(one) for where in MODULES for one in Path("/").glob(where[1:])), "")
TODAY = datetime.now(UTC)

needs_pdfsig = pytest.mark.skipif(shutil.which("pdfsig") is None, reason="no poppler-utils here")
needs_token = pytest.mark.skipif(
    not MODULE or shutil.which("softhsm2-util") is None, reason="no softhsm2 here"
)


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def certificate(key: rsa.RSAPrivateKey, days: int = 30) -> x509.Certificate:
    """A throw-away certificate that ends in so many days."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    usage = x509.KeyUsage(*[True, True, *[False] * 7])  # signatures that cannot be disowned
    return (
        x509.CertificateBuilder(name, name, key.public_key(), 7)
        .not_valid_before(TODAY - timedelta(days=60))
        .not_valid_after(TODAY + timedelta(days=days))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )


def key_file(folder: Path, key: rsa.RSAPrivateKey, days: int = 30) -> Path:
    secret = serialization.BestAvailableEncryption(PIN.encode())
    file = folder / "key.p12"
    made = pkcs12.serialize_key_and_certificates(b"key", key, certificate(key, days), None, secret)
    file.write_bytes(made)
    return file


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    file = tmp_path / "letter.pdf"
    file.write_bytes(apology_drawing(an_apology()).pdf())
    return file


@pytest.fixture
def token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: rsa.RSAPrivateKey
) -> Iterator[Path]:
    """A token of SoftHSM2 with the key; its module."""
    import pkcs11

    store = tmp_path / "tokens"
    store.mkdir()
    settings = tmp_path / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {store}\nobjectstore.backend = file\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(settings))
    _new_token(LABEL)
    _put_key(LABEL, tmp_path / "key.pem", key)
    _put_certificate(LABEL, certificate(key))
    yield Path(MODULE)
    pkcs11.lib(MODULE).finalize()


def _put_certificate(label: str, certificate: x509.Certificate) -> None:
    import pkcs11

    library = pkcs11.lib(MODULE)
    library.reinitialize()
    with library.get_token(token_label=label).open(user_pin=PIN, rw=True) as session:
        session.create_object(
            {
                pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
                pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                pkcs11.Attribute.TOKEN: True,
                pkcs11.Attribute.ID: b"\x01",
                pkcs11.Attribute.SUBJECT: certificate.subject.public_bytes(),
                pkcs11.Attribute.VALUE: certificate.public_bytes(serialization.Encoding.DER),
            }
        )


def _new_token(label: str) -> None:
    _softhsm("--init-token", "--free", "--label", label, "--so-pin", "12345678", "--pin", PIN)


def _put_key(label: str, pem: Path, key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> None:
    form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    pem.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
    _softhsm("--import", str(pem), "--token", label, "--label", "ky", "--id", "01", "--pin", PIN)


def _softhsm(*words: str) -> None:
    subprocess.run(["softhsm2-util", *words], check=True, capture_output=True)


Sign = Callable[..., dict[str, Any]]


@pytest.fixture
def sign(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Sign:
    """Sign a file as out.pdf; the answer, or the code and the sentence of the refusal."""

    def sign(file: Path, *words: str | Path, pin: str = PIN) -> dict[str, Any]:
        monkeypatch.setenv("CCHC_PIN", pin)
        out = str(tmp_path / "out.pdf")
        console.main(["--json", "sign-pdf", str(file), *map(str, words), "--out", out])
        answer: dict[str, Any] = json.loads(capsys.readouterr().out)
        refused: dict[str, Any] = answer.get("error", answer)
        return refused

    return sign


def judged(file: Path) -> str:
    """What pdfsig says of the signature itself; nobody knows who issued the certificate."""
    done = subprocess.run(["pdfsig", str(file)], capture_output=True, text=True, check=False)
    (line,) = [line for line in done.stdout.splitlines() if "Signature Validation" in line]
    assert NAME in done.stdout
    assert "Total document signed" in done.stdout
    return line.partition(": ")[2]


@needs_pdfsig
def test_a_letter_signed_with_a_file_is_valid_until_a_byte_changes(
    tmp_path: Path, letter: Path, sign: Sign, key: rsa.RSAPrivateKey
) -> None:
    answer = sign(letter, "--p12", key_file(tmp_path, key))
    out = tmp_path / "out.pdf"
    assert (answer["file"], answer["signer"]) == (str(out), NAME)
    assert answer["at"].endswith("+07:00")
    assert out.read_bytes().startswith(letter.read_bytes())  # nothing of the letter changed
    assert judged(out) == "Signature is Valid."
    assert f"Ký bởi: {NAME}" in _looks_like(out)
    assert not faults(out)
    spoilt = bytearray(out.read_bytes())
    spoilt[spoilt.index(b"stream") + 100] ^= 1
    out.write_bytes(spoilt)
    assert judged(out) != "Signature is Valid."


def _looks_like(file: Path) -> str:
    done = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True)
    return done.stdout


@needs_pdfsig
@needs_token
def test_a_letter_signed_with_a_token_is_valid(
    tmp_path: Path, letter: Path, sign: Sign, token: Path
) -> None:
    with_token = ("--pkcs11", token, "--token")
    assert sign(letter, "--pkcs11", token)["signer"] == NAME  # the only token there is
    assert sign(letter, *with_token, LABEL)["signer"] == NAME
    assert judged(tmp_path / "out.pdf") == "Signature is Valid."
    wrong = sign(letter, *with_token, LABEL, pin="654321")
    assert (wrong["code"], wrong["message"]) == (
        "token-pin",
        "Mã PIN của thiết bị ký số không đúng.",
    )
    assert "Khác" in sign(letter, *with_token, "Khác")["message"]
    assert sign(letter, *with_token, "Khác")["code"] == "token"
    assert sign(letter, "--pkcs11", tmp_path / "no.so", "--token", LABEL)["code"] == "token-module"


@needs_token
def test_a_token_that_cannot_sign_says_so(
    tmp_path: Path, letter: Path, sign: Sign, token: Path, key: rsa.RSAPrivateKey
) -> None:
    _new_token("Moi")
    with_token = ("--pkcs11", token, "--token", "Moi")
    assert sign(letter, *with_token)["code"] == "token-key"
    _put_key("Moi", tmp_path / "other.pem", ec.generate_private_key(ec.SECP256R1()))
    _put_certificate("Moi", certificate(key))  # of another key
    assert sign(letter, *with_token)["code"] == "token-broke"
    assert not (tmp_path / "out.pdf").exists()


def test_a_machine_without_the_extra_is_told_what_to_install(
    letter: Path, sign: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyhanko.sign", None)
    assert sign(letter, "--p12", letter)["code"] == "signature-extra"


def test_the_image_of_the_signature_stands_in_the_field(
    tmp_path: Path, letter: Path, sign: Sign, key: rsa.RSAPrivateKey
) -> None:
    image, file = tmp_path / "blue.png", key_file(tmp_path, key)
    Image.new("RGBA", (300, 100), (20, 40, 200, 128)).save(image)
    assert sign(letter, "--p12", file, "--image", image)["signer"] == NAME
    out = tmp_path / "out.pdf"
    assert not faults(out)
    assert "Ký bởi" not in "".join(pages(out.read_bytes()))
    assert sign(letter, "--p12", file, "--image", letter)["code"] == "sign-image"


def test_what_cannot_be_signed_is_said_in_a_sentence(
    tmp_path: Path, letter: Path, sign: Sign, key: rsa.RSAPrivateKey
) -> None:
    file, about = key_file(tmp_path, key), Metadata("Thư", "Phường", TODAY)
    others = {
        "receipt": receipt_drawing(a_receipt()).pdf(),
        "draft": apology_drawing(an_apology(number=None, signed=None)).pdf(),
        "letters": joined(about, [apology_drawing(an_apology()), apology_drawing(an_apology())]),
    }
    for name, pdf in others.items():
        (tmp_path / name).write_bytes(pdf)
        assert sign(tmp_path / name, "--p12", file)["code"] == "sign-field"
    assert sign(file, "--p12", file)["code"] == "sign-file"
    assert sign(letter, "--p12", letter)["code"] == "key-file"
    assert sign(letter, "--p12", file, pin="khác") == {
        "kind": "refused",
        "code": "key-password",
        "message": "Mật khẩu của tệp khóa không đúng.",
    }
    assert sign(tmp_path / "none.pdf", "--p12", file)["code"] == "cannot-read"
    assert sign(letter, "--pkcs11", "none.so")["code"] == "token-module"
    assert not (tmp_path / "out.pdf").exists()
    assert sign(letter, "--p12", file)["signer"] == NAME
    assert sign(tmp_path / "out.pdf", "--p12", file)["message"] == "Giấy này đã được ký số."
    assert sign(letter, "--p12", key_file(tmp_path, key, -1))["code"] == "certificate-expired"
