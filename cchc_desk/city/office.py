"""The city's office: its folder, key, database and clock, which every part of the server needs.

city.json          name, address, database, whether it is a practice city
city.key           the key that signs receipts (only this user may read it)
certificate.pem    the certificate that desks pin; certificate.key lies beside it
city.db            the database, unless city.json names another one
"""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import NameOID
from sqlalchemy import Connection, text

from cchc_desk.city.store.database import CityDatabase
from cchc_desk.domain.text.vietnamese import clean_line
from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import _, os_reason
from cchc_desk.sync.wire import public_text
from cchc_desk.vietnam_time import vietnam_now

_CERTIFICATE_YEARS = 10

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class City:
    """An open office: key, database and clock of one city.

    `senders`: (desk, ward, public key) by the key's thumbprint, as read so far.
    """

    folder: Path
    name: str
    url: str
    practice: bool
    certificate: str
    key: Ed25519PrivateKey
    database: CityDatabase
    clock: Clock = vietnam_now
    senders: dict[str, tuple[str, str, str]] = field(default_factory=dict)

    @property
    def public_key(self) -> str:
        return public_text(self.key)

    def now(self) -> datetime:
        """Return the city's time, cut to the minute."""
        return self.clock().replace(second=0, microsecond=0)

    def note(self, connection: Connection, officer: str, act: str, **facts: object) -> None:
        """Record an officer's act in the caller's transaction."""
        connection.execute(
            _ACT,
            {
                "at": minute(self.now()),
                "officer": officer,
                "act": act,
                "facts": json.dumps(facts, ensure_ascii=False),
            },
        )


_ACT = text("INSERT INTO acts (at, officer, act, facts) VALUES (:at, :officer, :act, :facts)")


def minute(at: datetime) -> str:
    """Format a moment as ISO text to the minute, as the city's tables hold it."""
    return at.isoformat(timespec="minutes")


def found_city(
    folder: Path, name: str, url: str, database: str = "", *, practice: bool = False
) -> City:
    """Make the office in an empty folder: key, certificate for the host of `url`, tables.

    Raises Refused: "city-exists", "city-name", "city-url"; Trouble("cannot-save").
    """
    name, url = clean_line(name), url.rstrip("/")
    if (folder / "city.json").exists():
        raise Refused(
            "city-exists",
            _("Thư mục này đã có máy chủ của một thành phố; hãy chọn thư mục khác."),
            "folder",
        )
    if not name:
        raise Refused("city-name", _("Hãy ghi tên thành phố, tỉnh."), "name")
    scheme, _mark, host = url.partition("://")
    if scheme not in ("http", "https") or not host or not set(host) <= _HOST:
        raise Refused(
            "city-url",
            _("Địa chỉ viết như https://mot-cua.cantho.gov.vn:8443; hãy xem lại."),
            "url",
        )
    key = Ed25519PrivateKey.generate()
    facts = {"name": name, "url": url, "database": database, "practice": practice}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _private(folder / "city.key", key.private_bytes_raw().hex().encode())
        if scheme == "https":
            _make_certificate(folder, host.rpartition(":")[0] or host)
        (folder / "city.json").write_text(
            json.dumps(facts, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )
    except OSError as error:
        raise Trouble(
            "cannot-save",
            _("Không lưu được {file}: {error}.").format(file=folder, error=os_reason(error)),
        ) from error
    return open_city(folder)


_HOST = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:[]-")


def open_city(folder: Path, clock: Clock = vietnam_now, database: str = "") -> City:
    """Open the office and bring its database up to date; the caller closes `City.database`.

    `database`: a URL instead of the one in city.json. Raises Trouble("no-city").
    """
    try:
        facts = json.loads((folder / "city.json").read_text(encoding="utf-8"))
        key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex((folder / "city.key").read_text()))
    except (OSError, ValueError) as error:
        raise Trouble(
            "no-city",
            _("Chưa có máy chủ thành phố trong {folder}; hãy lập trước (cchc city setup).").format(
                folder=folder
            ),
        ) from error
    url = database or facts["database"] or f"sqlite:///{(folder / 'city.db').absolute()}"
    opened = CityDatabase(url)
    try:
        opened.upgrade()
    except BaseException:
        opened.close()
        raise
    pem = folder / "certificate.pem"
    certificate = pem.read_text() if pem.exists() else ""
    return City(
        folder, facts["name"], facts["url"], facts["practice"], certificate, key, opened, clock
    )


def _private(file: Path, content: bytes) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(content)


def _make_certificate(folder: Path, host: str) -> None:
    """Write a self-signed certificate: desks trust exactly this one, without an authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * _CERTIFICATE_YEARS))
        .add_extension(x509.SubjectAlternativeName([_host_name(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    _private(folder / "certificate.key", secret)
    (folder / "certificate.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))


def _host_name(host: str) -> x509.GeneralName:
    import ipaddress

    try:
        return x509.IPAddress(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        return x509.DNSName(host)
