"""The signed form alone: what comes back, what is refused, what its schema says."""

import json
import zlib
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from cchc_desk.errors import Refused, Trouble
from cchc_desk.sync import keys, usb_file, wire
from cchc_desk.sync.parcel import Day, Flow, Question, hash_of_day, schema, state_of
from tests.actions.conftest import MONDAY

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
QUESTION = Question(desk="0b6b7c0e-5f6a-4c1d-9d55-0a1b2c3d4e5f", made=MONDAY, after=7)
SCHEMA = Path(__file__).parents[2] / "docs" / "parcel.schema.json"


def test_what_was_signed_comes_back() -> None:
    line = wire.sign("question", QUESTION, KEY)
    assert wire.kind_of(line) == "question"
    assert wire.sender_of(line) == wire.thumbprint(wire.public_text(KEY))
    assert wire.read(line, "question", Question, wire.public_key(wire.public_text(KEY))) == QUESTION


def test_the_thumbprint_is_that_of_the_standard() -> None:
    """The example key of RFC 8037, appendix A.3."""
    assert (
        wire.thumbprint("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
        == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
    )


def check_changed(line: bytes, at: int, change: int) -> None:
    altered = line[:at] + bytes([line[at] ^ change]) + line[at + 1 :]
    try:
        read = wire.read(altered.decode("latin-1"), "question", Question, KEY.public_key())
    except Refused as no:
        assert no.code in {"signature", "not-signed", "version", "kind", "content"}  # noqa: PT017 - some must pass
    else:
        assert read == QUESTION  # the unused bits at the end of base64 say nothing


def test_each_byte_changed_is_refused_and_nothing_else_ever_happens() -> None:
    line = wire.sign("question", QUESTION, KEY).encode()
    for at in range(len(line)):
        for change in (0x01, 0x20, 0x80):
            check_changed(line, at, change)


@given(st.integers(0, 10**6), st.integers(1, 255))
def test_any_byte_changed_in_any_way_is_refused_too(place: int, change: int) -> None:
    line = wire.sign("question", QUESTION, KEY).encode()
    check_changed(line, place % len(line), change)


@given(st.binary(max_size=300))
def test_a_signed_content_of_any_bytes_is_read_or_refused(content: bytes) -> None:
    import jwt

    said = {"typ": "cchc-question.1", "kid": wire.thumbprint(wire.public_text(KEY))}
    for packed in (content, zlib.compress(content)):
        line = jwt.PyJWS(["EdDSA"]).encode(packed, KEY, "EdDSA", said)
        with pytest.raises(Refused):
            wire.read(line, "question", Question, KEY.public_key())


def test_a_day_is_the_same_whatever_its_revision_and_all_days_in_whatever_order() -> None:
    flow = Flow(field="Hộ tịch", procedure="1.001193", channel="direct", received=1)
    days = [
        Day(day=MONDAY.date().replace(day=n), revision=n, over=True, flows=(flow,))
        for n in (1, 2, 3)
    ]
    assert hash_of_day(days[0]) == hash_of_day(msgspec.structs.replace(days[0], revision=9))
    pairs = [(day.day.isoformat(), hash_of_day(day)) for day in days]
    assert len({hash_of_day(day) for day in days}) == 3
    whole = state_of(pairs)
    assert whole == state_of(reversed(pairs)) == state_of(pairs[1:], state_of(pairs[:1]))
    assert state_of([("2026-11-02", "0" * 64)], whole, less=[pairs[1]]) != whole


def test_the_schema_in_the_docs_is_that_of_the_code() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == schema(), "run: make schema"


def test_the_schema_is_the_same_whatever_python_makes_it() -> None:
    """Up to Python 3.12 a docstring keeps the indentation of its source."""
    described = [
        shape["description"] for shape in schema()["$defs"].values() if "description" in shape
    ]
    assert any("\n" in words for words in described)
    assert not any("\n " in words for words in described)


def test_a_key_stays_on_the_machine_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    made = keys.make_key(tmp_path, QUESTION.desk)
    assert keys.key_of(tmp_path, QUESTION.desk).private_bytes_raw() == made.private_bytes_raw()
    assert (tmp_path / "city.key").stat().st_mode & 0o077 == 0
    (tmp_path / "city.key").write_text("không phải khóa")
    with pytest.raises(Trouble, match="không còn khóa ký"):
        keys.key_of(tmp_path, QUESTION.desk)


def test_a_file_that_is_no_bag_says_so(tmp_path: Path) -> None:
    for name, content in (
        ("empty", b""),
        ("text", "Kính gửi".encode()),
        ("words", b"xin chao"),
        ("zip", b"PK\x03\x04"),
    ):
        file = tmp_path / name
        file.write_bytes(content)
        with pytest.raises(Refused, match="không phải gói gửi thành phố"):
            usb_file.read_bag(file)
    with pytest.raises(Trouble, match="Không đọc được"):
        usb_file.read_bag(tmp_path / "khong-co")
    with pytest.raises(Trouble, match="Không lưu được"):
        usb_file.write_bag(tmp_path / "khong-co" / "tep.cchc", ["a.b.c"])
