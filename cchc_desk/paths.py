"""Every folder and file the desk owns; `--data DIR` replaces them all."""

from pathlib import Path

DATABASE = "desk.db"
BACKUPS = "backups"
ANCHOR = "verified.json"
PRACTICE = "phuong-tap-huan"


def desk_folder() -> Path:
    """The folder of this user's desk, by the habits of the operating system. Not created here."""
    import platformdirs

    return Path(platformdirs.user_data_dir("cchc-desk", appauthor=False))


def practice_folder() -> Path:
    """The practice ward's own folder, never inside the real desk's."""
    return desk_folder().with_name("cchc-desk-" + PRACTICE)


def database_file(folder: Path) -> Path:
    return folder / DATABASE


def backup_folder(folder: Path) -> Path:
    return folder / BACKUPS


def anchor_file(folder: Path) -> Path:
    """How far the ledger was checked (store/ledger/anchor.py)."""
    return folder / ANCHOR
