"""Languages of the window: Vietnamese is the source, every other language is a catalogue.

    _("Đã lưu cài đặt.")                        a sentence in the language in use
    _("Đã thêm {name}.").format(name=name)      values come in after the translation
    _n("{n} hồ sơ", n).format(n=n)              one form in Vietnamese, two in English
    later("Hôm nay")                            marks a constant; `_` translates it where shown
    Message("Đã thêm {name}.", name=name)       translated when it is shown (refusals of the rules)

A text in no catalogue is shown in Vietnamese. Papers, the ledger and words to citizens are
Vietnamese in whatever language the window is (docs/decisions/007-languages.md):

    with in_vietnamese():                       words that the window shares with a paper
        lines = history.lines(connection, code)
"""

import errno
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import cache
from gettext import GNUTranslations, NullTranslations

import resources

SOURCE = "vi"
LANGUAGES = {SOURCE: "Tiếng Việt", "en": "English"}
_DECIMAL_SIGNS = {SOURCE: ",", "en": "."}

_catalogue = NullTranslations()
_language = SOURCE
# Of one thread: the worker may make a Vietnamese paper while the window has its own language.
_only_source: ContextVar[bool] = ContextVar("_only_source", default=False)


def use(language: str) -> None:
    """Set the language in use (a key of LANGUAGES); texts on the screen already are not changed."""
    global _catalogue, _language
    _catalogue = NullTranslations() if language == SOURCE else _load(language)
    _language = language


def language() -> str:
    """Return the language in use, a key of LANGUAGES; also the name of Qt's locale."""
    return SOURCE if _only_source.get() else _language


@contextmanager
def in_vietnamese() -> Iterator[None]:
    """Make every text Vietnamese inside, in this thread alone."""
    before = _only_source.set(True)
    try:
        yield
    finally:
        _only_source.reset(before)


def _(text: str) -> str:
    """Translate `text`, a Vietnamese sentence, into the language in use."""
    return text if _only_source.get() or not text else _catalogue.gettext(text)


def _n(text: str, count: int) -> str:
    """Translate `text` in the form that the language in use has for `count` things."""
    return text if _only_source.get() else _catalogue.ngettext(text, text, count)


def later(text: str) -> str:
    """Return `text` itself and mark it for the catalogue: a constant, translated where shown."""
    return text


class Message:
    """A Vietnamese sentence with its values, translated when it is shown: `str(message)`.

    A value that is a Message itself is translated with the sentence.
    """

    def __init__(self, text: str, /, **values: object) -> None:
        self.text = text
        self.values = values

    def __str__(self) -> str:
        sentence = _(self.text)
        return sentence.format(**self.values) if self.values else sentence


class Alternatives:
    """A value of a Message: several texts joined by "or" in the language in which it is shown."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = tuple(texts)

    def __str__(self) -> str:
        return _(" hoặc ").join(map(_, self.texts))


def decimal_text(number: str) -> str:
    """Return a number that Python formatted, such as "4.2", with the language's decimal sign."""
    return number.replace(".", _DECIMAL_SIGNS[language()])


def moment(at: datetime) -> str:
    """Format a moment within a sentence in the language in use: `10:00 ngày 25/11/2026`."""
    return str(moment_message(at))


def moment_message(at: datetime) -> Message:
    """Return a moment as a value of a Message."""
    return Message("{time} ngày {date}", time=f"{at:%H:%M}", date=f"{at:%d/%m/%Y}")


_REASONS = {
    errno.EACCES: later("không có quyền, hoặc tệp đang mở ở chương trình khác"),
    errno.EPERM: later("không có quyền"),
    errno.EROFS: later("ổ đĩa này chỉ đọc được"),
    errno.ENOSPC: later("ổ đĩa hết chỗ"),
    errno.ENOENT: later("không có tệp hay thư mục này"),
    errno.ENOTDIR: later("đường dẫn đi qua một tệp, không phải thư mục"),
    errno.EISDIR: later("đó là thư mục, không phải tệp"),
    errno.EEXIST: later("ở đó đã có một tệp cùng tên"),
    errno.ENAMETOOLONG: later("tên quá dài"),
    errno.ELOOP: later("các lối tắt chỉ vòng vào nhau"),
    errno.EIO: later("ổ đĩa không đọc, ghi được"),
    errno.EBUSY: later("chương trình khác đang dùng"),
}


def os_reason(error: OSError) -> str:
    """Return the operating system's reason in the language in use; rare ones in its own words."""
    known = _REASONS.get(error.errno or 0)
    return _(known) if known else error.strerror or str(error)


@cache
def _load(language: str) -> NullTranslations:
    """Read the catalogues of a language from their .po files: there is nothing to compile."""
    from babel.messages import mofile, pofile

    translations = NullTranslations()
    for file in sorted(resources.path(f"locale/{language}").glob("*.po")):
        compiled = io.BytesIO()
        with file.open(encoding="utf-8") as text:
            mofile.write_mo(compiled, pofile.read_po(text, locale=language))
        compiled.seek(0)
        catalogue = GNUTranslations(compiled)
        catalogue.add_fallback(translations)
        translations = catalogue
    return translations
