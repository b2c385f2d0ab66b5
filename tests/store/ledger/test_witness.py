"""The witness beside the database: what it keeps, and what it survives."""

import random
from datetime import datetime
from pathlib import Path

import pytest

from cchc_desk.domain.ledger.numbers import TakenNumber
from cchc_desk.store.ledger import witness
from cchc_desk.store.ledger.witness import (
    Witness,
    WitnessLine,
    last_line,
    lines,
    newest,
    note_restored,
)

_AT = datetime(2026, 11, 23, 10, 0)


def _line(seq: int, *numbers: TakenNumber, head: str = "") -> WitnessLine:
    return WitnessLine(seq, head or f"{seq:064x}", "desk", "machine", _AT, numbers)


def _code(number: int, period: str = "261123") -> TakenNumber:
    return TakenNumber("dossier", period, number)


def _noted(folder: Path, *noted: WitnessLine) -> None:
    kept = Witness(folder)
    for line in noted:
        kept.note(line, durable=False)
    kept.close()


def test_no_witness_is_none(tmp_path: Path) -> None:
    assert last_line(tmp_path) is None
    assert list(lines(tmp_path)) == []


def test_the_last_line_has_the_highest_number_of_each_series(tmp_path: Path) -> None:
    _noted(tmp_path, _line(1, _code(7)), _line(2, _code(1, "261124")), _line(3))

    found = last_line(tmp_path)

    assert found is not None
    assert (found.seq, found.numbers) == (3, (_code(7), _code(1, "261124")))
    assert [line.seq for line in lines(tmp_path)] == [1, 2, 3]


def test_two_processes_may_write_out_of_order(tmp_path: Path) -> None:
    first, second = Witness(tmp_path), Witness(tmp_path)
    for kept, seq in ((first, 1), (second, 3), (first, 2)):
        kept.note(_line(seq))

    found = last_line(tmp_path)
    assert found is not None
    assert found.seq == 3
    first.close()
    second.close()


@pytest.mark.parametrize("cut", range(1, 40, 7))
def test_a_torn_last_line_is_passed_over_and_written_behind(tmp_path: Path, cut: int) -> None:
    _noted(tmp_path, _line(1), _line(2))
    file = tmp_path / witness.NAME
    file.write_bytes(file.read_bytes()[:-cut])

    found = last_line(tmp_path)
    assert found is not None
    assert found.seq == (2 if cut == 1 else 1)  # one byte is the end of the line alone

    _noted(tmp_path, _line(3))
    found = last_line(tmp_path)
    assert found is not None
    assert found.seq == 3


def test_a_changed_line_is_no_line(tmp_path: Path) -> None:
    _noted(tmp_path, _line(1), _line(2))
    file = tmp_path / witness.NAME
    file.write_bytes(file.read_bytes().replace(b'"seq":2', b'"seq":9'))

    assert [line.seq for line in lines(tmp_path)] == [1]


def test_a_full_part_is_set_aside_and_the_next_knows_every_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(witness, "PART_BYTES", 2000)
    monkeypatch.setattr(witness, "KEPT_PARTS", 5)
    _noted(tmp_path, _line(1, _code(9, "261101")), *(_line(seq) for seq in range(2, 200)))

    parts = sorted(tmp_path.glob("desk.witness.*"))
    assert len(parts) == witness.KEPT_PARTS
    assert (tmp_path / witness.NAME).stat().st_size < 3000
    found = last_line(tmp_path)
    assert found is not None
    assert (found.seq, found.numbers) == (199, (_code(9, "261101"),))


def test_a_power_cut_between_two_parts_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _noted(tmp_path, _line(1, _code(4)), _line(2))
    (tmp_path / witness.NAME).replace(tmp_path / f"{witness.NAME}.000001")

    found = last_line(tmp_path)
    assert found is not None
    assert found.seq == 2

    _noted(tmp_path, _line(3))
    found = last_line(tmp_path)
    assert found is not None
    assert (found.seq, found.numbers) == (3, (_code(4),))


def test_a_file_deleted_while_it_is_open_is_made_again(tmp_path: Path) -> None:
    kept = Witness(tmp_path)
    kept.note(_line(1))
    (tmp_path / witness.NAME).unlink()
    kept.note(_line(2))
    kept.close()

    assert [line.seq for line in lines(tmp_path)] == [2]


def test_after_a_restore_the_lines_begin_anew_and_the_numbers_go_on(tmp_path: Path) -> None:
    _noted(tmp_path, _line(1, _code(1)), _line(2, _code(2)), _line(3, _code(3)))

    note_restored(tmp_path, 1, "a" * 64, "desk", "machine", _AT)

    found = last_line(tmp_path)
    assert found is not None
    assert (found.seq, found.head, found.anew) == (1, "a" * 64, True)
    assert found.numbers == (_code(3),)
    assert [line.seq for line in lines(tmp_path)] == [1]


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b'{"seq":"x"}', b"[" * 3000, b'{"seq":1e999}', b"\xff", b"null"]
)
def test_nonsense_with_a_right_sum_is_no_line(tmp_path: Path, body: bytes) -> None:
    (tmp_path / witness.NAME).write_bytes(body + b" " + witness._sum(body) + b"\n")

    assert last_line(tmp_path) is None


def test_whatever_becomes_of_the_file_a_line_is_one_that_was_written(tmp_path: Path) -> None:
    """Bytes flipped, cut, put in at random: nothing crashes, and nothing is made up."""
    rng = random.Random(7)
    written = [_line(seq, _code(seq)) for seq in range(1, 30)]
    _noted(tmp_path, *written)
    file = tmp_path / witness.NAME
    whole = file.read_bytes()
    known = {(line.seq, line.head) for line in written}
    for _ in range(400):
        damaged = bytearray(whole)
        for _ in range(rng.randint(1, 6)):
            place = rng.randrange(len(damaged))
            match rng.randrange(3):
                case 0:
                    damaged[place] ^= 1 << rng.randrange(8)
                case 1:
                    del damaged[place : place + rng.randint(1, 900)]
                case _:
                    damaged[place:place] = rng.randbytes(rng.randint(1, 40))
        file.write_bytes(bytes(damaged))

        for found in (newest(tmp_path), last_line(tmp_path), *lines(tmp_path)):
            assert found is None or (found.seq, found.head) in known
