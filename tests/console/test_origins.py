"""Every verb that counts dossiers has --origin, and of what it answers all is desk and list.

The verbs are those of the parser: a new one is among them by itself.
"""

import argparse
import io
import json
import os
import random
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from cchc_desk import console
from cchc_desk.console.command_line import _parser
from cchc_desk.domain.dossiers.codes import short_code
from cchc_desk.domain.figures import Origin
from cchc_desk.papers.layout.words import ORIGIN_LINES
from cchc_desk.store.engine.database import run
from tests.actions.conftest import WHY
from tests.actions.conftest import ward as ward
from tests.actions.dossiers.test_figures import random_ward
from tests.console.dossiers.test_lists import a_list
from tests.console.test_console import DOSSIER
from tests.console.test_registers import Tell, empty_ward, tell
from tests.engines import ON_POSTGRESQL, by_hand, copy_desk, drop_below
from tests.papers.forms.test_read_back import joined, squeezed

__all__ = ["empty_ward", "tell"]

# What the arguments of a verb may be, by their names; a verb that needs another one names a
# dossier, a letter, a file: it is about that one and counts nothing.
GIVEN = {"first": "2026-01-01", "last": "2026-12-31", "year": "2026", "reason": WHY, "query": ""}
# These answer otherwise where dossiers are watched, and are no figures of the ward.
NO_FIGURES = {
    "absences": "how much whoever is away holds, for the stand-in, whatever its origin",
    "backup": "a copy of everything",
    "check": "the file",
    "draft-letters": "an act",
    "lobby": "the board of the waiting room, for everybody there",
    "official list": "how much everybody holds, whatever its origin",
    "outbox": "days that wait to be sent",
    "verify": "the ledger",
}
LATER = "2026-12-07T10:00"
ORIGINS = tuple(origin.value for origin in Origin)
# Numbers that are no sum: of pages, the year asked for, what is worked out of a share.
NO_SUMS = {"pages", "year", "until_tripped", "mean"}


@dataclass(frozen=True)
class Verb:
    """A verb and its options, in the words of the command line."""

    name: str
    words: tuple[str, ...]
    has_origin: bool


def verbs(out: Path) -> Iterator[Verb]:
    """Every verb that can be asked without the code or the file of one thing."""
    for name, parser in _leaves(_parser(), ()):
        words = [*name]
        for argument in parser._actions:
            if argument.dest == "out":
                value: str | None = str(out)
            elif argument.choices and (argument.required or not argument.option_strings):
                value = next(iter(argument.choices))
            else:
                value = GIVEN.get(argument.dest)
            if value is not None:
                words += [*argument.option_strings[:1], value]
            elif argument.required and argument.nargs not in ("?", "*"):
                break
        else:
            options = {option for one in parser._actions for option in one.option_strings}
            yield Verb(" ".join(name), tuple(words), "--origin" in options)


def _leaves(
    parser: argparse.ArgumentParser, name: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    under = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    if not under:
        yield name, parser
    for one in under:
        for word, child in one.choices.items():
            yield from _leaves(child, (*name, word))


def asked(folder: Path, who: str, now: str, words: tuple[str, ...]) -> dict[str, Any]:
    """The answer of one verb; an error's code under "refused"."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CCHC_PASSWORD", "practice")
        printed = io.StringIO()
        patch.setattr(sys, "stdout", printed)
        console.main(["--data", str(folder), "--now", now, "--as", who, "--json", *words])
    answer: dict[str, Any] = json.loads(printed.getvalue())
    return {"refused": answer["error"]["code"]} if "error" in answer else answer


def cheaply_entered(ward: Path) -> None:
    """Passwords of the ward are quickly held against their hashes: many verbs log in."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("practice")
    with by_hand(ward) as database:
        database.execute("UPDATE officials SET password_hash = ?", (cheap,))


def text_of(file: Path) -> str:
    """The text of a paper or of a file, without blanks."""
    content = file.read_bytes()
    return squeezed(
        joined(content) if content.startswith(b"%PDF") else content.decode(errors="replace")
    )


# --- no verb forgets it ---------------------------------------------------------------------------


def test_a_verb_whose_answer_grows_with_watched_dossiers_has_its_origin(
    tell: Tell, tmp_path: Path
) -> None:
    """Each is asked in a ward before and after a list was taken: another answer, or a file that
    names a dossier of the list, is a figure.
    """
    (tmp_path / "dossier.json").write_text(json.dumps(DOSSIER), encoding="utf-8")
    tell("an", "accept", str(tmp_path / "dossier.json"))
    tell("an", "absence", "--from", LATER[:10], "--to", LATER[:10])
    before, after = tmp_path / "before", tmp_path / "after"
    copy_desk(tmp_path / "ward", before)
    taken = tell("an", "list-take", str(a_list(tmp_path / "ds.xlsx")))
    watched = {squeezed(short_code(row["code"])) for row in taken["rows"] if row["code"]}
    copy_desk(tmp_path / "ward", after)
    for kept in (before, after):
        cheaply_entered(kept)
    out = tmp_path / "out" / "out.pdf"

    def answer(ward: Path, verb: Verb, who: str) -> dict[str, Any]:
        folder = tmp_path / "asked"
        for made in (folder, out.parent):
            shutil.rmtree(made, ignore_errors=True)
            made.mkdir()
        copy_desk(ward, folder)
        answer = asked(folder, who, LATER, verb.words)
        drop_below(folder)
        return answer

    grown = set()
    for verb in verbs(out):
        if verb.has_origin or verb.name == "practice" or verb.name.startswith("city "):
            continue  # the last two ask no desk
        who, found = "chi", answer(after, verb, "chi")
        if found == {"refused": "role"}:
            found = answer(after, verb, who := "dung")
        written = text_of(out) if out.is_file() else ""
        names_one = any(code in written for code in watched)
        if names_one or ("refused" not in found and found != answer(before, verb, who)):
            grown.add(verb.name)
    here = set(NO_FIGURES) - ({"backup"} if ON_POSTGRESQL else set())  # made by the server's IT
    assert sorted(grown) == sorted(here)


# --- all is desk and list -------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(5, 5 + int(os.environ.get("WARDS", "1"))))
def test_what_every_verb_counts_adds_up(ward: Path, tmp_path: Path, seed: int) -> None:
    asked_for, watched_seen = 0, set()
    with random_ward(ward, random.Random(seed)) as desk:
        cheaply_entered(desk.folder)
        now = desk.now().isoformat(timespec="minutes")
        with desk.database.read() as connection:
            own, watched = (
                {code for (code,) in run(connection, sql)}
                for sql in (
                    "SELECT code FROM dossiers WHERE system = ''",
                    "SELECT code FROM dossiers WHERE system <> ''",
                )
            )
        assert own
        assert watched
        for verb in verbs(tmp_path / "out.pdf"):
            if not verb.has_origin:
                continue
            answers, papers = {}, {}
            for origin in ORIGINS:
                chosen = () if origin == "all" else ("--origin", origin)  # all is the default
                answers[origin] = asked(desk.folder, "chi", now, (*verb.words, *chosen))
                assert "refused" not in answers[origin], (verb.name, answers[origin])
                if "file" in answers[origin]:
                    papers[origin] = (tmp_path / "out.pdf").read_bytes()
            whole, of_desk, of_list = (answers[origin] for origin in ORIGINS)
            adds_up(whole, of_desk, of_list, verb.name)
            written = {origin: json.dumps(answers[origin]) for origin in ORIGINS}
            assert not [code for code in watched if code in written["desk"]], verb.name
            assert not [code for code in own if code in written["list"]], verb.name
            asked_for += 1
            watched_seen |= {code for code in watched if code in written["list"]}
            if papers:
                paper_adds_up(verb.name, papers, own | watched)
    assert asked_for > 15
    assert watched_seen == watched


def adds_up(whole: Any, own: Any, listed: Any, name: str) -> None:
    """Numbers are sums, lists unions; words and what is worked out of numbers are no sums."""
    if isinstance(whole, dict):
        assert whole.keys() == own.keys() == listed.keys(), name
        for key, value in whole.items():
            if key not in NO_SUMS:
                adds_up(value, own[key], listed[key], f"{name} {key}")
        for part in (whole, own, listed):
            if "share" in part:
                some, of = (part[one] for one in _SHARES if one in part)
                assert part["share"] == (str(Fraction(some, of)) if of else None), name
    elif isinstance(whole, list) and whole and isinstance(whole[0], dict):
        by_name = [{_name_of(one): one for one in part} for part in (whole, own, listed)]
        assert by_name[0].keys() == by_name[1].keys() | by_name[2].keys(), name
        for key, one in by_name[0].items():
            both = [part[key] for part in by_name[1:] if key in part]
            if len(both) == 1:
                assert one == both[0], (name, key)
            else:
                adds_up(one, both[0], both[1], f"{name} {key}")
    elif isinstance(whole, list) and whole and isinstance(whole[0], int):
        assert whole == [a + b for a, b in zip(own, listed, strict=True)], name
    elif isinstance(whole, list):
        assert Counter(whole) == Counter(own) + Counter(listed), name
    elif isinstance(whole, int) and not isinstance(whole, bool):
        assert whole == own + listed, name


_SHARES = ("late", "done", "total", "of")  # the numbers of a share, the part before the whole


def _name_of(one: dict[str, Any]) -> str:
    """Return what tells one thing of a list from the others."""
    return str(
        next(
            one[key] for key in ("slip", "number", "id", "key", "of", "code", "name") if key in one
        )
    )


def paper_adds_up(name: str, papers: dict[str, bytes], known: set[str]) -> None:
    """The dossiers on a paper; one that does not count all of them says so in one line."""
    if not papers["all"].startswith(b"%PDF"):
        whole, own, listed = (json.loads(papers[origin])["HoSo"] for origin in ORIGINS)
        assert Counter(map(str, whole)) == Counter(map(str, (*own, *listed))), name
        return
    texts = {origin: squeezed(joined(papers[origin])) for origin in ORIGINS}
    lines = {origin: squeezed(ORIGIN_LINES[Origin(origin)]) for origin in ("desk", "list")}
    for origin, text in texts.items():
        said = [one for one, line in lines.items() if line in text]
        assert said == ([] if origin == "all" else [origin]), name
    if name != "morning-sheet":  # of a full day its lists are cut
        shown = {
            origin: {code for code in known if squeezed(short_code(code)) in text}
            for origin, text in texts.items()
        }
        assert shown["all"] == shown["desk"] | shown["list"], name
        assert not shown["desk"] & shown["list"], name
