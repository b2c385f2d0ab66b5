"""The mark of this machine and user: made once, kept outside every data folder.

A data folder copied to another machine brings its witness along, not this mark. Hints at the
machine stand beside the mark, so that a copied home folder, or a cloned disk in other hardware, is
another machine too.
"""

import hashlib
import json
import platform
import sys
import uuid
from pathlib import Path

_LINUX_ID = Path("/etc/machine-id")
_NETWORK = Path("/sys/class/net")


def machine_mark() -> str:
    """Return the mark, made now where there is none of this machine; "" where none can be kept."""
    try:
        file = _file()
        kept = _kept(file)
        host, cards = _host(), _network_cards()
        if kept is not None:
            mark, known_host, known_cards = kept
            # Cards come and go with a dock; none in common is another machine.
            if known_host == host and (not cards or not known_cards or cards & known_cards):
                return mark
        mark = uuid.uuid4().hex
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".new")
        facts = {"mark": mark, "host": host, "cards": sorted(cards)}
        part.write_text(json.dumps(facts), encoding="utf-8")
        part.replace(file)
    except OSError:  # no home to keep it in: machines cannot be told apart here
        return ""
    return mark


def _file() -> Path:
    import platformdirs

    # A folder of its own: on Windows the state folder is where the desk's data lie.
    return Path(platformdirs.user_state_dir("cchc-desk-machine", appauthor=False)) / "machine.json"


def _kept(file: Path) -> tuple[str, str, frozenset[str]] | None:
    try:
        facts = json.loads(file.read_text(encoding="utf-8"))
        return str(facts["mark"]), str(facts["host"]), frozenset(map(str, facts["cards"]))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError):
        return None  # damaged: a new one is made


def _host() -> str:
    return _hashed(_system_id() or platform.node())


def _system_id() -> str:
    """Return the identifier that the operating system gave itself; "" for none."""
    try:
        if sys.platform == "win32":
            import winreg

            with winreg.OpenKey(
                winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography"
            ) as key:
                return str(winreg.QueryValueEx(key, "MachineGuid")[0])
        return _LINUX_ID.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""


def _network_cards() -> frozenset[str]:
    """Return the network cards, hashed; none where the system does not say."""
    if sys.platform == "win32":
        node = uuid.getnode()
        made_up = node >> 40 & 1  # by uuid itself, where it found none
        return frozenset() if made_up else frozenset({_hashed(f"{node:012x}")})
    try:
        real = [card for card in _NETWORK.iterdir() if (card / "device").exists()]
        addresses = [(card / "address").read_text(encoding="ascii").strip() for card in real]
    except (OSError, ValueError):
        return frozenset()
    return frozenset(_hashed(address) for address in addresses if address.strip("0:"))


def _hashed(text: str) -> str:
    """Return a hint that can be compared and says nothing of the machine."""
    return hashlib.sha256(f"cchc-desk machine {text}".encode()).hexdigest()[:16]
