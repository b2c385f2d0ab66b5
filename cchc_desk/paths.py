"""Folders and files of the desk; `--data DIR` replaces them all."""

from pathlib import Path

DATABASE = "desk.db"
BACKUPS = "backups"
EXPORTS = "exports"
REPORTS = "reports"
ANCHOR = "verified.json"
WITNESS = "desk.witness"
CITY = "city.json"
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


def backup_folder(folder: Path) -> Path:
    """Return the folder of backups in the desk's folder."""
    return folder / BACKUPS


def anchor_file(folder: Path) -> Path:
    """Return the file of the ledger's last whole check (store/ledger/anchor.py)."""
    return folder / ANCHOR


def report_folder(folder: Path) -> Path:
    """Return the folder of the reports of bugs in the desk's folder."""
    return folder / REPORTS
