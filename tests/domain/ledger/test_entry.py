"""The ledger's chain: what it shows of a changed past, and what it leaves free to be anonymised
with its entry.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_desk.domain.ledger.entry import (
    GENESIS,
    Break,
    Chain,
    LinksOfOneAct,
    RawEntry,
    details_hash,
    entry_hash,
    next_entry,
)
from cchc_desk.domain.ledger.facts import written, written_by_msgspec

NOW = datetime(2026, 11, 23, 10, 0)
MINUTE = NOW.isoformat(timespec="minutes")


def first_break(entries: Sequence[RawEntry]) -> Break | None:
    chain = Chain()
    for entry in entries:
        chain.add(entry)
    return chain.broken


def chain(length: int) -> list[RawEntry]:
    links: list[RawEntry] = []
    last: tuple[int, str] | None = None
    for number in range(length):
        salt, details = f"salt{number}", f'{{"name": "Nguyễn Văn {number}"}}'
        entry = next_entry(
            last, desk="d", at=NOW, event=NOW, official="an", act="accept", code=f"c{number}",
            details=details_hash(salt, details),
        )  # fmt: skip
        on_disk = vars(entry) | {"at": MINUTE, "event": MINUTE}
        links.append(RawEntry(**on_disk, salt=salt, details=details))
        last = (entry.seq, entry.hash)
    return links


def test_a_chain_begins_at_the_beginning_and_holds() -> None:
    links = chain(5)
    assert (links[0].seq, links[0].previous) == (1, GENESIS)
    assert first_break(links) is None
    assert first_break([]) is None


CHANGES: tuple[Callable[[RawEntry], RawEntry], ...] = (
    lambda entry: entry._replace(official="dung"),
    lambda entry: entry._replace(act="ready"),
    lambda entry: entry._replace(code="x"),
    lambda entry: entry._replace(desk="e"),
    lambda entry: entry._replace(at="2026-01-01T00:00"),
    lambda entry: entry._replace(at=f"{MINUTE}:59"),
    lambda entry: entry._replace(event="no moment"),
    lambda entry: entry._replace(act=b"accept"),  # type: ignore[arg-type]
)


@given(st.integers(1, 8), st.data())
def test_any_entry_changed_left_out_or_swapped_is_found_where_it_stands(
    length: int, data: st.DataObject
) -> None:
    links = chain(length)
    at = data.draw(st.integers(0, length - 1))
    changed = data.draw(st.sampled_from([change(links[at]) for change in CHANGES]))
    assert first_break([*links[:at], changed, *links[at + 1 :]]) == Break(at + 1, "hash")


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        (lambda links: links[1:], Break(2, "gap")),
        (lambda links: links[:2] + links[3:], Break(4, "gap")),
        (lambda links: [links[1], links[0], *links[2:]], Break(2, "gap")),
        (
            lambda links: [links[0], links[1]._replace(details="{}"), *links[2:]],
            Break(2, "details"),
        ),
        (
            lambda links: [links[0], links[1]._replace(salt="", details=""), *links[2:]],
            Break(2, "details"),
        ),
    ],
)
def test_what_is_missing_or_rewritten_is_named(harm: object, found: Break) -> None:
    assert first_break(harm(chain(4))) == found  # type: ignore[operator]


def test_a_rewritten_tail_is_whole_in_itself_but_does_not_fit_the_head_that_was_sent() -> None:
    sent = chain(4)[-1].hash
    forged = chain(3)
    other = next_entry(
        (forged[-1].seq, forged[-1].hash), desk="d", at=NOW, event=NOW, official="an", act="ready",
        code="c9", details=details_hash("s", "{}"),
    )  # fmt: skip
    on_disk = vars(other) | {"at": MINUTE, "event": MINUTE}
    assert first_break([*forged, RawEntry(**on_disk, salt="s", details="{}")]) is None
    assert other.hash != sent


ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(desk=ANY, official=ANY, act=ANY, code=ANY, seq=st.integers(1, 10**9))
def test_many_entries_have_the_hashes_of_each_alone(
    desk: str, official: str, act: str, code: str, seq: int
) -> None:
    details, previous = details_hash("s", code), details_hash("t", code)
    alone = entry_hash(desk, seq, NOW, NOW, official, act, code, details, previous)
    links = LinksOfOneAct(desk, NOW, official, act)
    assert links.hash(seq, MINUTE, code, details, previous) == alone


PLAIN = ANY | st.integers(-(2**63), 2**63 - 1) | st.none() | st.booleans()


@given(st.dictionaries(ANY, PLAIN | st.lists(PLAIN, max_size=3) | st.dictionaries(ANY, PLAIN)))
def test_the_details_of_many_entries_are_written_as_those_of_one(
    details: dict[str, object],
) -> None:
    assert written_by_msgspec()(details) == written(details)
