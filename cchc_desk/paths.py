"""Folders and files of the desk; `--data DIR` replaces them all."""

from pathlib import Path

DATABASE = "desk.db"
BACKUPS = "backups"
EXPORTS = "exports"
REPORTS = "reports"
ANCHOR = "verified.json"
WITNESS = "desk.witness"
ASIDE = "trước-khi-khôi-phục"  # folders of what was there before a copy was put back
RESTORING = "restore.json"  # there while a copy is being put back
# Of a desk that was here, though its database is gone.
_TRACES = (
    f"{DATABASE}-wal",
    f"{WITNESS}*",
    f"{BACKUPS}/desk-*.db",
    f"{BACKUPS}/before-*.db",
    f"{ASIDE}-*",
    RESTORING,
)
KEYS = "desk.key"
CITY = "city.json"
WARD = "ward.json"
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


def ward_file(folder: Path) -> Path:
    """Return the file that names the ward's PostgreSQL, in the folder of one of its stations."""
    return folder / WARD


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


def desk_is_here(folder: Path) -> bool:
    """True where a desk was set up: its database, or the way to its ward's server."""
    return database_file(folder).exists() or ward_file(folder).exists()


def desk_was_here(folder: Path) -> bool:
    """True where no desk is, but copies, a -wal or a witness of one: never a first run."""
    return not desk_is_here(folder) and any(
        True for trace in _TRACES for _file in folder.glob(trace)
    )


def station_was_here(folder: Path) -> bool:
    """True where of a desk that was here only its witness is left, as of a station: no copies."""
    witness = set(folder.glob(f"{WITNESS}*"))
    return bool(witness) and all(
        file in witness for trace in _TRACES for file in folder.glob(trace)
    )


def anchor_file(folder: Path) -> Path:
    """Return the file of the ledger's last whole check (store/ledger/anchor.py)."""
    return folder / ANCHOR


def report_folder(folder: Path) -> Path:
    """Return the folder of the reports of bugs in the desk's folder."""
    return folder / REPORTS
