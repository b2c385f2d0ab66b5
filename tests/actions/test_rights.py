"""Every action asks the one table of permissions, and every verb of the command line an action.

What an action asks is read from its source, through all that it calls; that it asks first is seen
by calling it with nothing, as every role that may not.
"""

import ast
import importlib
import inspect
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import cchc_desk
from cchc_desk.console import command_line
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.domain.permissions import ALLOWED, NAMES, Permission
from cchc_desk.errors import Refused
from cchc_desk.session import Desk

ROOT = Path(cchc_desk.__file__).parent
Node = tuple[str, str]  # module, function or class

# Actions that ask nobody: they tell nothing about people and change nothing.
OPEN = {
    "actions.city.schedule.has_city": "whether the desk is enrolled",
    "actions.city.schedule.waiting": "whether figures wait to be sent",
    "actions.city.schedule.due": "whether a sending is due",
    "actions.courtesy.courtesy.items": "the eight items",
    "actions.papers.window_papers.key_card": "the keys of the window",
    "actions.papers.correction_paper.correction_note_of": "of a dossier that was read before",
    "actions.papers.dossier_papers.control_sheet_of": "of a dossier that was read before",
    "actions.papers.dossier_papers.label_of": "of a dossier that was read before",
    "actions.papers.dossier_papers.receipt_of": "of a dossier that was read before",
    "actions.papers.dossier_papers.return_receipt_of": "of a dossier that was read before",
    "actions.documents.paper_checks.scan_for": "the code of a paper that is drawn",
    "actions.documents.paper_sets.counts": "how many papers a step prints",
    "actions.documents.paper_setup.paper_setup": "size and offset of a printer",
    "actions.city.sending.sends_here": "the sending by itself, with nobody logged in",
    "actions.city.sending.prepare": "the sending by itself, with nobody logged in",
    "actions.city.sending.take_answers": "the sending by itself, with nobody logged in",
    "actions.dossiers.allowed.allowed_acts": "what is allowed",
    "actions.dossiers.progress.notice_due": "of a dossier that was read before",
    "actions.exports.leaving.note": "the entry of what leaves",
    "actions.exports.leaving.note_copy": "the entry of what leaves",
    "actions.exports.tables.table_content": "of rows that were read before",
    "actions.intake.certify.problems": "of a form before it is kept",
    "actions.intake.intake.the_procedure": "the catalogue",
    "actions.intake.intake.all_papers": "the catalogue",
    "actions.intake.intake.check_intake": "of a form before it is kept",
    "actions.intake.intake.intake_problems": "of a form before it is kept",
    "actions.intake.intake.lacking": "of a form before it is kept",
    "actions.people.accounts.list_officials": "the names at the log-in page",
    "actions.people.accounts.official_name": "a name for a paper",
    "actions.people.accounts.log_in": "the password is asked",
    "actions.people.accounts.log_out": "leaving",
    "actions.catalogue.catalogue.find_procedures": "the catalogue",
    "actions.catalogue.catalogue.search_procedures": "the catalogue",
    "actions.catalogue.catalogue.fields": "the catalogue",
    "actions.catalogue.catalogue.deadline": "a date of the calendar",
    "actions.catalogue.catalogue.promise": "a date of the calendar",
    "actions.catalogue.catalogue.forward_until": "a date of the calendar",
    "actions.catalogue.catalogue.local_order": "the city's order",
    "actions.catalogue.procedure_edit.check_start": "of a form before it is kept",
    "actions.catalogue.procedure_edit.changed_version": "of a form before it is kept",
    "actions.office.printable.check_signing": "of a letter before it is signed",
    "actions.office.signing.kept": "by what authority a leader signs",
    "actions.office.signing.lines_of": "by what authority a leader signs",
    "actions.office.signing.lines_as_signed": "by what authority a leader signed",
    "actions.data.upkeep.whole_check_due": "whether a check is due",
    "actions.data.upkeep.verify_copy": "a copy that a restore or a drill opened",
    "actions.people.accounts.check_password": "the password is asked",
    "actions.office.clock.state": "the desk's time",
    "actions.data.copies.copy_if_changed": "the program's own duty, in the desk's folder",
    "actions.data.copies.copy_now": "the program's own duty, in the desk's folder",
    "actions.data.copies.copy_to": "of upkeep.backup(), which asks",
    "actions.data.copies.is_on_same_disk": "where copies lie",
    "actions.data.copies.newest_copy": "when copies were made",
    "actions.data.copies.own_copies": "when copies were made",
    "actions.data.copies.second_place": "where copies lie",
    "actions.data.drill.due": "whether a drill is due",
    "actions.data.drill.due_words": "whether a drill is due",
    "actions.data.drill.last_drill": "when the last drill was",
    "actions.data.machines.blocks_of": "blocks of numbers",
    "actions.data.machines.free_blocks": "blocks of numbers",
    "actions.people.people.may_act": "whether who is logged in still may",
    "actions.data.protection.protection": "whether the file is encrypted",
    "actions.people.recovery.first_sheet": "of a desk without any act but its set-up",
    "actions.people.recovery.recover": "the passwords of two are asked",
    "actions.data.doubts.catch_up": "of the opening: heads of the ledger",
    "actions.data.doubts.everywhere": "heads of the ledger",
    "actions.data.doubts.find_doubt": "whether the file fits its witness",
    "actions.papers.people_papers.one_time_password": "of a password that was just given",
    "actions.papers.people_papers.recovery_sheet": "of a sheet that was just made",
    "actions.boards.lobby.board": "codes for the waiting room, with nobody logged in",
    "actions.boards.lobby.refresh_board": "codes for the waiting room, with nobody logged in",
    "actions.documents.scans.read_file": "a file that somebody chose",
    "actions.training.lessons.only_in_practice": "whether this is the practice ward",
    "actions.training.lessons.note_refusal": "the step of a lesson",
    "actions.training.prepared.prepare": "of a lesson that begins, which asks",
    "actions.training.province_list.write_list": "made-up people for a lesson",
}
# Verbs without a log-in (docs/console.md).
OPEN_VERBS = {
    *("deadline", "card", "procedures", "setup", "list-layouts"),
    *("copies", "protection"),  # files and their times, no person
    *("unlock", "recover"),  # by the recovery sheet, by passwords of two
    *("ward init", "ward join", "ward upgrade"),  # by a role of the server, by an invitation
}


@cache
def source(module: str) -> ast.Module:
    path = ROOT / Path(*module.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def names_in(module: str) -> dict[str, str]:
    """Every name of a module that stands for a part of the program: "module" or "module:name"."""
    known = {
        one.name: f"{module}:{one.name}"
        for one in source(module).body
        if isinstance(one, ast.FunctionDef | ast.ClassDef)
    }
    for one in ast.walk(source(module)):
        if isinstance(one, ast.ImportFrom) and (one.module or "").startswith("cchc_desk."):
            known |= dict(_imported((one.module or "").removeprefix("cchc_desk."), one.names))
    return known


def _imported(parent: str, names: list[ast.alias]) -> Iterator[tuple[str, str]]:
    for name in names:
        inner = ROOT / Path(*parent.split(".")) / name.name
        is_module = inner.with_suffix(".py").exists() or inner.is_dir()
        target = f"{parent}.{name.name}" if is_module else f"{parent}:{name.name}"
        yield name.asname or name.name, target


@cache
def asked(module: str, name: str, inside: frozenset[Node] = frozenset()) -> frozenset[str]:
    """The permissions that a function asks for, itself and through what it calls."""
    if (module, name) in inside or not module.startswith(("actions", "console")):
        return frozenset()
    body = next((one for one in source(module).body if getattr(one, "name", "") == name), None)
    if body is None:
        return frozenset()
    known, found = names_in(module), set[str]()
    for one in ast.walk(body):
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name):
            if one.value.id == "Permission":
                found.add(one.attr)
                continue
            target = known.get(one.value.id, "")
            if target and ":" not in target:
                found |= asked(target, one.attr, inside | {(module, name)})
        elif isinstance(one, ast.Name) and ":" in known.get(one.id, ""):
            found |= asked(*known[one.id].split(":"), inside | {(module, name)})
    return frozenset(found)


def actions() -> Iterator[tuple[str, str, ast.FunctionDef]]:
    """Every public function of the actions that takes a desk, but those inside a transaction."""
    for file in sorted((ROOT / "actions").rglob("*.py")):
        module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for one in source(module).body if file.name != "__init__.py" else ():
            if not isinstance(one, ast.FunctionDef) or one.name.startswith("_"):
                continue
            hints = [ast.unparse(arg.annotation or arg) for arg in one.args.args]
            if hints[:1] == ["Desk"] and "Connection" not in hints:
                yield module, one.name, one


ALL = {f"{module}.{name}": (module, name, body) for module, name, body in actions()}


def test_every_permission_has_its_roles_and_its_words() -> None:
    assert set(ALLOWED) == set(NAMES) == set(Permission)
    assert all(ALLOWED.values())


def test_every_action_asks_for_a_permission() -> None:
    silent = {key for key, (module, name, _body) in ALL.items() if not asked(module, name)}
    assert silent == set(OPEN)


def test_what_changes_the_desk_asks_for_more_than_reading() -> None:
    wide = {
        key
        for key, (module, name, body) in ALL.items()
        if "desk.write()" in ast.unparse(body) and asked(module, name) <= {"READ"}
    }
    assert wide - set(OPEN) == {  # one's own, whoever one is
        "actions.people.accounts.change_password",
        "actions.office.preferences.keep_preference",
        "actions.training.lessons.begin_lesson",
        "actions.reports.summing.sum_days",  # derived, no fact
        "actions.training.lessons.finish",
        "actions.training.lessons.note_reopened",
    }


def first_asked(body: ast.FunctionDef) -> Permission | None:
    """The permission that the first statements of a function ask for directly."""
    for one in body.body[:4]:
        if isinstance(one, ast.With | ast.For | ast.If):
            return None
        for call in ast.walk(one):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "desk.require":
                said = ast.unparse(call.args[0])
                name = said.removeprefix("Permission.")
                return Permission[name] if name in Permission.__members__ else None
    return None


ANSWERING = {"actions.documents.scans.why_not"}  # they say why not, and raise nothing
DIRECT = {
    key: permission
    for key, (_m, _n, body) in ALL.items()
    if key not in ANSWERING and (permission := first_asked(body))
}


class _Touched(Exception):
    """The action used its arguments before it asked who wants it."""


class _Nothing:
    """An argument that may not be looked at yet."""

    def __getattr__(self, name: str) -> Any:
        raise _Touched(name)


def call(desk: Desk, key: str) -> None:
    module, name, _body = ALL[key]
    action = getattr(importlib.import_module(f"cchc_desk.{module}"), name)
    parameters = list(inspect.signature(action).parameters.values())[1:]
    positional = [
        _Nothing()
        for one in parameters
        if one.default is one.empty and one.kind is one.POSITIONAL_OR_KEYWORD
    ]
    keywords = {
        one.name: _Nothing()
        for one in parameters
        if one.default is one.empty and one.kind is one.KEYWORD_ONLY
    }
    action(desk, *positional, **keywords)


@pytest.mark.parametrize("key", DIRECT)
def test_every_role_that_may_not_is_refused_before_anything_is_looked_at(
    desk: Desk, key: str
) -> None:
    for role in [None, *(role for role in Role if role not in ALLOWED[DIRECT[key]])]:
        desk.official = Official("x", "X", role) if role else None
        with pytest.raises(Refused) as refused:
            call(desk, key)
        assert refused.value.code == ("role" if role else "log-in"), role


def test_most_actions_ask_first() -> None:
    assert len(DIRECT) > 0.6 * len(ALL)


# --- verbs ----------------------------------------------------------------------------------------


def verbs() -> Iterator[tuple[str, Any]]:
    """Every verb with the function behind it, those of a subject under its name."""

    def under(parser: Any, before: str) -> Iterator[tuple[str, Any]]:
        groups = [one for one in parser._actions if hasattr(one, "choices") and one.choices]
        inner = [one.choices for one in groups if isinstance(one.choices, dict)]
        if not inner:
            yield before.strip(), parser.get_default("verb")
        for choices in inner:
            for name, made in choices.items():
                yield from under(made, f"{before} {name}")

    yield from under(command_line._parser(), "")


def test_every_verb_asks_for_a_permission_or_needs_no_log_in() -> None:
    silent = set()
    for name, run in verbs():
        module = run.__module__.removeprefix("cchc_desk.")
        if not asked(module, run.__name__) and not name.startswith("city "):  # the city's side
            silent.add(name)
    assert silent == OPEN_VERBS
