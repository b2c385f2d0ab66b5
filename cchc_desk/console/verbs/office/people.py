"""Verbs about the desk's own people and settings: officials, passwords, recovery."""

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cchc_desk.console.runtime import (
    Answer,
    NewVerb,
    Options,
    Usage,
    folder_of,
    opened,
    read,
    real_clock_only,
    secret,
    with_options,
)

if TYPE_CHECKING:
    from cchc_desk.actions.people.people import Person
    from cchc_desk.actions.people.recovery import Sheet
    from cchc_desk.domain.people.officials import Official
    from cchc_desk.settings import Setting

_YES, _NO = ("true", "yes", "có", "1"), ("false", "no", "không", "0")


def add(verb: NewVerb) -> None:
    """Add these verbs to the command line."""
    under = verb("official", _nothing, "người dùng của quầy").add_subparsers(
        required=True, metavar="VIỆC"
    )

    def official(
        names: Iterable[str], run: Any, about: str, **positionals: Any
    ) -> argparse.ArgumentParser:
        name, *aliases = names
        parser: argparse.ArgumentParser = under.add_parser(
            name, aliases=aliases, help=about, allow_abbrev=False
        )
        return with_options(parser, run, positionals)

    official(("list",), _list, "mọi người dùng")
    official(("add",), _add, "thêm người dùng từ tệp", file={})
    official(("rename",), _rename, "đổi họ tên", id={}, name={})
    official(("title",), _title, "đổi chức danh", id={}, title={})
    official(("role",), _role, "đổi vai trò", id={}, role={})
    official(("disable",), _disable, "ngừng dùng", id={})
    official(("enable",), _enable, "cho làm việc lại", id={})
    official(("reset", "reset-password"), _reset, "cấp mật khẩu dùng một lần", id={})
    official(("unlock",), _unlock, "gỡ khóa vì sai mật khẩu", id={})
    verb("password", _password, "đổi mật khẩu của mình (CCHC_NEW_PASSWORD)")
    sheet = verb("recovery-sheet", _sheet, "in phiếu khôi phục mới; phiếu cũ hết giá trị")
    sheet.add_argument("--out", "-o", type=Path)
    recover = verb("recover", _recover, "lấy lại quyền quản trị khi mọi quản trị đã mất", id={})
    recover.add_argument(
        "--with", dest="helpers", action="append", default=[], help="ai cùng làm; ghi nhiều lần"
    )
    recover.add_argument(
        "--sheet", action="store_true", help="dùng phiếu khôi phục (CCHC_RECOVERY_CODE)"
    )
    recover.add_argument("--name", default="", help="họ tên: thêm một người quản trị mới")
    verb(
        "setting",
        _setting,
        "xem hoặc đổi một cài đặt",
        key={"nargs": "?", "default": ""},
        value={"nargs": "?"},
    )


def _nothing(_options: Options) -> Answer:
    raise AssertionError("`official` always has a verb of its own")


# --- officials ------------------------------------------------------------------------------------


def _list(options: Options) -> Answer:
    from cchc_desk.actions.people import people

    with opened(options) as desk:
        return {"officials": [_person(one) for one in people.everyone(desk)]}


def _person(one: "Person") -> Answer:
    return _shape(one.official) | {
        "must_change": one.official.must_change,
        "damaged": one.official.is_damaged or not one.can_log_in,
        "failures": one.failures,
        "waits": one.waits,
        "holds": one.holds,
    }


def _shape(official: "Official") -> Answer:
    return {
        "id": official.id,
        "name": official.name,
        "role": official.role.value,
        "title": official.title,
        "active": official.active,
    }


def _add(options: Options) -> Answer:
    from cchc_desk.actions.people import accounts, people
    from cchc_desk.console import json_files

    new = json_files.new_official(read(options.file))
    with opened(options) as desk:
        if new.password:
            return _shape(accounts.add_official(desk, new)) | {"password": None}
        made = people.add(desk, new.id, new.name, new.role, new.title)
        return _shape(made.official) | {"password": made.password}


def _rename(options: Options) -> Answer:
    from cchc_desk.actions.people import people

    with opened(options) as desk:
        return _shape(people.change(desk, options.id, name=options.name))


def _title(options: Options) -> Answer:
    from cchc_desk.actions.people import people

    with opened(options) as desk:
        return _shape(people.change(desk, options.id, title=options.title))


def _role(options: Options) -> Answer:
    from cchc_desk.actions.people import people
    from cchc_desk.domain.people.officials import Role

    if options.role not in {role.value for role in Role}:
        raise Usage("Vai trò là một trong: " + ", ".join(role.value for role in Role) + ".")
    with opened(options) as desk:
        return _shape(people.change(desk, options.id, role=Role(options.role)))


def _disable(options: Options) -> Answer:
    return _switch(options, active=False)


def _enable(options: Options) -> Answer:
    return _switch(options, active=True)


def _switch(options: Options, *, active: bool) -> Answer:
    from cchc_desk.actions.people import people

    with opened(options) as desk:
        switched = people.switch(desk, options.id, active=active)
    return _shape(switched.official) | {"holds": list(switched.holds)}


def _reset(options: Options) -> Answer:
    from cchc_desk.actions.people import people

    with opened(options) as desk:
        made = people.reset_password(desk, options.id)
    return _shape(made.official) | {"password": made.password}


def _unlock(options: Options) -> Answer:
    from cchc_desk.actions.people import people

    with opened(options) as desk:
        return {"id": options.id, "failures": people.lift_wait(desk, options.id)}


def _password(options: Options) -> Answer:
    from cchc_desk.actions.people import accounts
    from cchc_desk.console.runtime import password_of

    old = password_of(options)
    with opened(options, old) as desk:
        new = secret("CCHC_NEW_PASSWORD", "Mật khẩu mới: ")
        return {"id": accounts.change_password(desk, old, new).id}


# --- recovery -------------------------------------------------------------------------------------


def _sheet(options: Options) -> Answer:
    from cchc_desk.actions.documents.saving import pages_of
    from cchc_desk.actions.papers import people_papers
    from cchc_desk.actions.people import recovery
    from cchc_desk.output_file import output_file

    with opened(options) as desk:
        if options.out is None:
            sheet = recovery.new_sheet(desk)
            return {"sheet": sheet.number, "code": sheet.code}
        kept: list[bytes] = []

        def keep(made: "Sheet") -> None:
            kept.append(people_papers.recovery_sheet(desk, made))
            out.write(kept[-1])

        with output_file(options.out) as out:
            sheet = recovery.new_sheet(desk, keep)
    return {"sheet": sheet.number, "file": str(options.out), "pages": pages_of(kept[-1])}


def _recover(options: Options) -> Answer:
    from cchc_desk.actions.data import opening
    from cchc_desk.actions.people import recovery

    real_clock_only(options)
    words = {
        helper: secret(
            "CCHC_PASSWORD" if number == 1 else f"CCHC_PASSWORD_{number}",
            f"Mật khẩu của {helper}: ",
        )
        for number, helper in enumerate(options.helpers, start=1)
    }
    code = secret("CCHC_RECOVERY_CODE", "Mã trên phiếu khôi phục: ") if options.sheet else ""
    desk = opening.open_desk(folder_of(options))
    try:
        made = recovery.recover(desk, words, options.id, code, options.name)
    finally:
        desk.close()
    new = made.sheet
    return {
        "id": made.administrator.official.id,
        "password": made.administrator.password,
        "sheet": new.number if new else None,
        "code": new.code if new else None,
    }


# --- settings -------------------------------------------------------------------------------------


def _setting(options: Options) -> Answer:
    from cchc_desk.actions.office import office_settings
    from cchc_desk.domain.permissions import Permission
    from cchc_desk.errors import Refused
    from cchc_desk.settings import ALL, BY_KEY

    with opened(options) as desk:
        desk.require(Permission.READ)
        if not options.key:
            return {"settings": {setting.key: desk.settings[setting.key] for setting in ALL}}
        setting = BY_KEY.get(options.key)
        if setting is None:
            key = options.key
            raise Refused("setting", f"Không có cài đặt nào tên là «{key}».", key)
        if options.value is not None:
            office_settings.change_settings(desk, {setting.key: _value(setting, options.value)})
        return {"key": setting.key, "value": desk.settings[setting.key], "about": setting.about}


_AS_JSON = ("office_hours", "internal_days", "nine_indices")


def _value(setting: "Setting", text: str) -> Any:
    """Return the typed value as the setting's kind; Usage where it is none."""
    if setting.kind is str:
        return text
    if setting.kind is bool and text.lower() in (*_YES, *_NO):
        return text.lower() in _YES
    if setting.kind is int and text.lstrip("-").isdecimal() and len(text) <= 9:
        return int(text)
    if setting.key in _AS_JSON or setting.key.endswith("_offset"):
        try:
            value = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise Usage(f"«{setting.key}» cần JSON: {error}.") from error
        is_hours = setting.key == "office_hours" and isinstance(value, dict)
        if not is_hours or all(isinstance(hours, str) for hours in value.values()):
            return value
    raise Usage(f"«{text}» không phải giá trị của «{setting.key}» ({setting.kind.__name__}).")
