"""Catalogues of languages: every message shown to people, beside its translation.

    make messages      brings resources/locale/*/*.po up to date; new messages are untranslated

Each face of the program has a catalogue of its own. Files hold no line numbers and no dates, so
they change only when a message does.
"""

import ast
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

import resources
from cchc_desk.i18n import LANGUAGES, SOURCE

ROOT = Path(__file__).parent.parent
KEYWORDS = ("_", "_n", "later", "Message")
FACES = {"core": "cchc_desk", "ui": "ui"}
# Words that lie in data and are shown through `_`: (file, the keys under which they stand); of the
# core.
DATA = (
    ("law/causes.json", ("label",)),
    ("law/personal_data.json", ("label",)),
    ("practice/lessons.json", ("title", "story", "text", "hint", "said", "source")),
)


def messages_of(face: str) -> Catalog:
    """Return every message of one face, untranslated."""
    messages = Catalog()
    for file in sorted((ROOT / FACES[face]).rglob("*.py")):
        for message in messages_in(file.read_text(encoding="utf-8")):
            messages.add(message)
    if face == "core":
        for label in _labels():
            messages.add(label)
    return messages


def messages_in(source: str) -> Iterator[str | tuple[str, str]]:
    """Yield the messages of one module, a counted one as a pair; those within an f-string too.

    From the syntax tree, which every Python builds alike: before 3.12 an f-string is one token.
    """
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id=word), args=[ast.Constant(value=str(text)), *_]):
                if word in KEYWORDS:
                    yield (text, text) if word == "_n" else text


def _labels() -> Iterator[str]:
    for file, keys in DATA:
        for key in keys:
            yield from _under(json.loads(resources.read_text(file)), key)


def _under(data: object, key: str) -> Iterator[str]:
    if isinstance(data, dict):
        if isinstance(data.get(key), str):
            yield data[key]
        for value in data.values():
            yield from _under(value, key)
    elif isinstance(data, list):
        for value in data:
            yield from _under(value, key)


def file_of(language: str, face: str) -> Path:
    """Return the file with the translations of one face into one language."""
    return resources.path(f"locale/{language}/{face}.po")


def translations_of(language: str, face: str) -> Catalog:
    """Return the translations on disk; an empty catalogue where there are none yet."""
    file = file_of(language, face)
    if not file.exists():
        return Catalog(locale=language)
    with file.open(encoding="utf-8") as text:
        return read_po(text, locale=language)


def brought_up_to_date(language: str, face: str) -> Catalog:
    """Return today's messages with the known translations; messages no longer in use are gone."""
    return with_translations(messages_of(face), translations_of(language, face))


def with_translations(messages: Catalog, known: Catalog) -> Catalog:
    """Return `messages` with the translations of `known`.

    A message that has become plural has to be translated anew.
    """
    today = Catalog(locale=known.locale, fuzzy=False)
    for message in messages:
        if message.id:
            before = known.get(message.id[0] if isinstance(message.id, tuple) else message.id)
            is_same = before and before.pluralizable == message.pluralizable
            today.add(message.id, before.string if before and is_same else None)
    return today


def written(catalog: Catalog) -> bytes:
    """Return the file's bytes, the same for the same messages: sorted, without dates."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, omit_header=True, no_location=True, sort_output=True, width=120)
    header = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {catalog.locale}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Plural-Forms: {catalog.plural_forms}\\n"\n\n'
    )
    return header.encode() + buffer.getvalue()


def main() -> int:
    """Write every catalogue; print how much of each is untranslated."""
    for language in LANGUAGES:
        for face in FACES if language != SOURCE else ():
            catalog = brought_up_to_date(language, face)
            file_of(language, face).parent.mkdir(parents=True, exist_ok=True)
            file_of(language, face).write_bytes(written(catalog))
            lacking = sum(
                1 for message in catalog if message.id and not _is_translated(message.string)
            )
            sys.stdout.write(
                f"{language}/{face}.po: {len(catalog)} messages, {lacking} untranslated\n"
            )
    return 0


def _is_translated(string: object) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)


if __name__ == "__main__":
    sys.exit(main())
