"""No message is missing, stale or broken in any language, and no text of the window bypasses the
catalogue.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from cchc_desk.i18n import LANGUAGES, SOURCE
from tools import messages

ROOT = Path(__file__).parent.parent.parent
CATALOGUES = [
    (language, face) for language in LANGUAGES if language != SOURCE for face in messages.FACES
]
PLACEHOLDER = re.compile(r"\{(\w*)[^}]*\}")
VIETNAMESE = re.compile(r"[À-ỹđĐăĂơƠưƯ]")
# The practice morning types what a citizen would say; Qt's own words are a table of their own.
NOT_SHOWN_BY_US = {"ui/practice_morning.py", "ui/look/qt_words.py"}
# Vietnamese that is no text to be read.
ALLOWED = {
    *(" (nếu ", "nếu "),  # how the name of a paper ends that one case needs (decision 010)
    " đ",  # the unit of money
    *(
        "Cấp bản sao từ sổ gốc",
        "Nguyễn Thị Ánh Đào",
        "số định danh …1234",
        "✓ có kết quả, chờ trả 000",
        "Nguyễn Thị Hoài An",
    ),  # measure a width
    *(
        "trong ngày",
        "1 ngày làm việc",
        "3 ngày làm việc",
        "5 ngày làm việc",
    ),  # limits as the rules read them
    "(nếu",  # in the name of a paper of the catalogue: it says itself that it may be lacking
}


@pytest.mark.parametrize(("language", "face"), CATALOGUES)
def test_a_catalogue_has_every_message_and_no_other(language: str, face: str) -> None:
    assert messages.file_of(language, face).read_bytes() == messages.written(
        messages.brought_up_to_date(language, face)
    ), "run `make messages`"


def test_a_message_within_an_f_string_is_in_the_catalogue() -> None:
    """Before Python 3.12 an f-string is one token, and a reader of tokens passes over it."""
    source = "f\"{name}, {_('từ')} {day}: {_n('{n} hồ sơ', n)}\"; later('Đóng'); Message('Mở')"
    assert set(messages.messages_in(source)) == {"từ", ("{n} hồ sơ", "{n} hồ sơ"), "Đóng", "Mở"}


@pytest.mark.parametrize(("language", "face"), CATALOGUES)
def test_every_message_is_translated_with_its_placeholders(language: str, face: str) -> None:
    for message in messages.translations_of(language, face):
        if not message.id:
            continue
        source = message.id if isinstance(message.id, str) else message.id[0]
        for translation in (
            [message.string] if isinstance(message.string, str) else message.string or [""]
        ):
            assert translation, source
            assert sorted(PLACEHOLDER.findall(translation)) == sorted(
                PLACEHOLDER.findall(source)
            ), source


def sources(folder: str) -> Iterator[tuple[str, ast.Module]]:
    for file in sorted((ROOT / folder).rglob("*.py")):
        yield file.relative_to(ROOT).as_posix(), ast.parse(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("folder", ["ui", "cchc_desk"])
def test_a_message_is_given_the_values_it_names(folder: str) -> None:
    for name, tree in sources(folder):
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            inner = (
                call.func.value
                if isinstance(call.func, ast.Attribute) and call.func.attr == "format"
                else None
            )
            if isinstance(call.func, ast.Name) and call.func.id == "Message":
                text = call.args[0]
            elif (
                isinstance(inner, ast.Call)
                and isinstance(inner.func, ast.Name)
                and inner.func.id in ("_", "_n")
            ):
                text = inner.args[0]
            else:
                continue
            if isinstance(text, ast.Constant):
                wanted, given = (
                    set(PLACEHOLDER.findall(str(text.value))),
                    {word.arg for word in call.keywords},
                )
                assert wanted == given, f"{name}:{call.lineno}"


def test_every_vietnamese_text_of_the_window_goes_through_the_catalogue() -> None:
    bypassing = []
    for name, tree in sources("ui"):
        if name in NOT_SHOWN_BY_US:
            continue
        passed = {
            id(part) for node in ast.walk(tree) if _is_message(node) for part in ast.walk(node)
        }
        passed |= {id(node.body[0].value) for node in ast.walk(tree) if _has_docstring(node)}  # type: ignore[attr-defined]
        bypassing += [
            f"{name}:{node.lineno} {node.value!r}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
            if VIETNAMESE.search(node.value)
            and node.value not in ALLOWED
            and id(node) not in passed
        ]
    assert bypassing == []


def _is_message(node: ast.AST) -> bool:
    is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    return is_call and node.func.id in messages.KEYWORDS  # type: ignore[attr-defined]


def _has_docstring(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and ast.get_docstring(node) is not None
    )


def test_a_sentence_that_now_counts_has_to_be_translated_again() -> None:
    found, known = Catalog(), Catalog(locale="en")
    found.add(("{n} hồ sơ", "{n} hồ sơ"))
    found.add("Đóng")
    known.add("{n} hồ sơ", "{n} dossiers")
    known.add("Đóng", "Close")
    today = messages.with_translations(found, known)
    assert [message.string for message in today if message.id] == [("", ""), "Close"]
