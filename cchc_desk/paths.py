"""Folders and files of the desk; `--data DIR` replaces them all."""

from pathlib import Path

DATABASE = "desk.db"
BACKUPS = "backups"
ANCHOR = "verified.json"
KEYS = "desk.key"
PRACTICE = "phuong-tap-huan"


def desk_folder() -> Path:
    """Return the folder of this user's desk as the operating system has it, without making it."""
    import platformdirs

    return Path(platformdirs.user_data_dir("cchc-desk", appauthor=False))


def practice_folder() -> Path:
    """Return the practice ward's own folder, never inside the real desk's."""
    return desk_folder().with_name("cchc-desk-" + PRACTICE)


def database_file(folder: Path) -> Path:
    """Return the desk's database file in its folder."""
    return folder / DATABASE


def key_file(folder: Path) -> Path:
    """Return the file of the wrapped keys in the desk's folder (store/engine/key_file.py)."""
    return folder / KEYS


def secrets_folder() -> Path:
    """Return where this user's secrets lie where the system keeps none, apart from all data."""
    import platformdirs

    # a name of its own: on Windows settings and data of one name share a folder
    return Path(platformdirs.user_config_dir("cchc-desk-keys", appauthor=False))


def backup_folder(folder: Path) -> Path:
    """Return the folder of backups in the desk's folder."""
    return folder / BACKUPS


def anchor_file(folder: Path) -> Path:
    """Return the file of the ledger's last whole check (store/ledger/anchor.py)."""
    return folder / ANCHOR
