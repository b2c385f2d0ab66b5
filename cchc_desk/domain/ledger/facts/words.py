"""Words that the sentences of several acts share."""

from collections.abc import Mapping

from cchc_desk.domain.ledger.facts.base import Names, WrongShape
from cchc_desk.i18n import _, later

_HOW_WORDS = {
    "counter": later("tại quầy"),
    "phone": later("qua điện thoại"),
    "post": later("qua bưu chính"),
    "message": later("bằng tin nhắn"),
}


def name_of(official: str, names: Names) -> str:
    """Return the name of an official, or the log-in name of one who is not known."""
    return names.get(official, official)


def how_words(code: str) -> str:
    """Return the words for a way to reach the citizen; WrongShape for an unknown one."""
    return _(word(_HOW_WORDS, code))


def word(words: Mapping[str, str], key: str) -> str:
    """Return the words for `key`; WrongShape where there are none."""
    try:
        return words[key]
    except KeyError as error:
        raise WrongShape(f"no words for {key}") from error
