"""Verbs about the protection of the data on the disk: encryption, its key, the recovery sheet."""

from typing import TYPE_CHECKING

from cchc_desk.console.runtime import Answer, NewVerb, Options, folder_of, opened, secret

if TYPE_CHECKING:
    from cchc_desk.actions.data.protection import Changed


def add(verb: NewVerb) -> None:
    """Add these verbs to the command line."""
    verb("protection", _protection, "dữ liệu trên đĩa đang được bảo vệ ra sao")
    verb("encrypt", _encrypt, "mã hóa dữ liệu và các bản sao trên đĩa")
    verb("decrypt", _decrypt, "bỏ mã hóa dữ liệu trên đĩa")
    verb("rekey", _rekey, "mã hóa lại bằng khóa mới")
    verb("protect-copies", _protect_copies, "mã hóa các bản sao còn đọc được hoặc còn khóa cũ")
    verb("unlock", _unlock, "mở dữ liệu đã mã hóa bằng mã trên phiếu khôi phục")


def _protection(options: Options) -> Answer:
    from cchc_desk.actions.data import protection

    with opened(options) as desk:
        found = protection.protection(desk)
    return {
        "encrypted": found.encrypted,
        "can_encrypt": found.available,
        "key_in_file": found.key_in_file,
        "recovery_sheet": found.has_sheet,
        "plain_copies": [str(file) for file in found.plain_copies],
        "older_copies": [str(file) for file in found.older_copies],
        "open_to_others": [str(path) for path in found.open_to_others],
    }


def _encrypt(options: Options) -> Answer:
    from cchc_desk.actions.data import protection

    with opened(options) as desk:
        return _answer(True, protection.encrypt(desk))


def _decrypt(options: Options) -> Answer:
    from cchc_desk.actions.data import protection

    with opened(options) as desk:
        return _answer(False, protection.decrypt(desk))


def _rekey(options: Options) -> Answer:
    from cchc_desk.actions.data import protection

    with opened(options) as desk:
        return _answer(True, protection.rekey(desk))


def _protect_copies(options: Options) -> Answer:
    from cchc_desk.actions.data import protection

    with opened(options) as desk:
        return _answer(True, protection.protect_copies(desk))


def _answer(encrypted: bool, changed: "Changed") -> Answer:
    return {
        "encrypted": encrypted,
        "copies": changed.copies,
        "ok": not changed.problems,
        "problems": list(changed.problems),
        "absent": str(changed.absent) if changed.absent else None,
    }


def _unlock(options: Options) -> Answer:
    from cchc_desk.actions.data import opening, protection

    code = secret("CCHC_RECOVERY_CODE", "Mã trên phiếu khôi phục: ")
    protection.unlock(folder_of(options), code)
    opening.open_desk(folder_of(options)).close()  # the answer is what was seen
    return {"unlocked": True}
