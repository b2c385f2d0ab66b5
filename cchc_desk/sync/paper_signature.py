"""The desk's signature on the QR of a paper (domain/papers/check_codes.py), made and verified."""

import base64
from dataclasses import replace

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from cchc_desk.domain.papers.check_codes import PaperScan
from cchc_desk.sync.wire import public_text, thumbprint


def signed(scan: PaperScan, key: Ed25519PrivateKey) -> PaperScan:
    """Return the scan with the key's signature; the same scan gives the same signature."""
    own = key_mark(public_text(key))
    return replace(scan, key=own, signature=key.sign(scan.signed_text()))


def is_signed_by(scan: PaperScan, key: Ed25519PublicKey) -> bool:
    """True where the scan bears a valid signature by this key."""
    try:
        key.verify(scan.signature, scan.signed_text())
    except InvalidSignature:
        return False
    return True


def key_mark(public: str) -> bytes:
    """Return the beginning of a key's thumbprint, as the QR of a paper names its key."""
    return base64.urlsafe_b64decode(thumbprint(public) + "=")[:4]
