"""Search by a few letters: whole words, neighbours and order first, usage only among equals.

Made for procedures, used for everything that is found by its name. Typed without marks, with them,
turned round, shortened to first letters, or with the Telex or VNI of the keyboard left off.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from cchc_desk.domain.text.vietnamese import exact_key, fold, nfc, sort_key, toneless

# Two words that stand in more of the names than this say nothing: thủ tục, đăng ký.
_LIGHT_SHARE = 0.22
_FEWEST_NAMES = 50  # in a shorter list no words are worn out
_LAST = 1_000_000  # the rank of what was never ranked
_WORD = re.compile(r"[^\W_]+")
_TELEX_DOUBLE = re.compile(r"d(?=d)|a(?=a)|e(?=e)|o(?=o)|w")
_TELEX_TONE = re.compile(r"(?<=[aeiou])([^aeiousfrxjz]*)[sfrxjz]")
_VNI = re.compile(r"(?<=[a-z])[0-9]+")
_PARTIAL = 1 / 2  # of the words typed, when nothing has all of them
_SHORT = 4  # letters of a part of an abbreviation: "xn tthn"
_LONGEST_INITIALS = 10
_BEGUN = 3  # letters of a single word that name a thing before it is typed to its end

# How well a phrase fits, best first; a synonym stands right behind a name that fits as well.
_IDENTICAL, _WHOLE, _BEGUN_WHOLE, _TURNED, _IN_ORDER = 18, 16, 14, 12, 10
_NAME, _SYNONYM, _FIELD = 1, 0, -1
_CONTAINED, _BEGUN_IN_ORDER, _SCATTERED, _PART = 8, 6, 4, 2


@dataclass(frozen=True)
class Entry:
    """One thing to be found: name, words beside it, other names, rank among equals (low first)."""

    name: str
    code: str = ""
    beside: str = ""
    synonyms: tuple[str, ...] = ()
    rank: int | None = None


@dataclass(frozen=True)
class Hit:
    """An entry that was found: its place among them, the letters of its name that were typed.

    `spans`: start and end in the NFC name. `synonym`: the other name that was typed, "" for none.
    `code_letters`: so many letters of the code were typed. `is_named`: it was named to its end, or
    by several of its words in their order.
    """

    place: int
    spans: tuple[tuple[int, int], ...] = ()
    synonym: str = ""
    code_letters: int = 0
    is_named: bool = False


@dataclass(frozen=True)
class _Word:
    """One word of a phrase: its letters without and with marks, its place in the text."""

    folded: str
    exact: str
    start: int
    end: int


@dataclass(frozen=True)
class _Token:
    """One word typed. `is_marked`: it has marks, or others have.

    `light`: need not be found. `fits_light`: may be found in words that say nothing; no other word
    typed is: "tu" is never «thủ tục».
    """

    folded: str
    exact: str
    at: int
    is_marked: bool
    light: bool = False
    fits_light: bool = False


@dataclass(frozen=True)
class _Phrase:
    """A name with the words beside it, a synonym, or those words. `named`: how many are its own."""

    entry: int
    standing: int
    text: str
    words: tuple[_Word, ...]
    named: int
    light: frozenset[int]
    heavy: frozenset[int]
    heavy_words: frozenset[str]
    initials: str


class _Place(NamedTuple):
    """Words `start` to `end` of a phrase that a token fits, whole or only by what was typed."""

    start: int
    end: int
    whole: bool
    marks: int


class _Fit(NamedTuple):
    """A phrase at the words typed that it fits; `order` compares fits of all phrases."""

    order: tuple[int, int, int, int]
    phrase: _Phrase
    places: tuple[tuple[_Token, _Place], ...]


class Index:
    """Entries made ready to be searched; making it reads every name once.

    `fillers`: words that are typed around a name and need not be found in it.
    """

    def __init__(self, entries: Sequence[Entry], fillers: Iterable[str] = ()) -> None:
        self._entries = tuple(entries)
        self._order = [
            (entry.rank if entry.rank is not None else _LAST, sort_key(entry.name))
            for entry in entries
        ]
        named = [_words(entry.name) for entry in entries]
        self._fillers = tuple(
            {
                tuple((word.folded, word.exact) for word in words)
                for words in (*map(_words, fillers), *_worn_out(named))
            }
        )
        self._phrases: list[_Phrase] = []
        for number, (entry, words) in enumerate(zip(entries, named, strict=True)):
            self._add(number, entry.name, words, _words(entry.beside), _NAME)
            for other in (*entry.synonyms, *filter(None, (entry.beside,))):
                is_field = other == entry.beside
                self._add(number, other, _words(other), (), _FIELD if is_field else _SYNONYM)
        self._where: dict[str, set[int]] = {}
        for number, phrase in enumerate(self._phrases):
            for word in phrase.words:
                self._where.setdefault(word.folded, set()).add(number)
        self._of_several_words = [
            (number, phrase.heavy_words)
            for number, phrase in enumerate(self._phrases)
            if len(phrase.heavy_words) > 1
        ]
        self._vocabulary = sorted(self._where)
        self._name_words = sorted({word.folded for words in named for word in words})
        self._light_initials = self._initials_of_light_words()
        self.search = lru_cache(maxsize=512)(self._search)

    def _add(
        self,
        entry: int,
        text: str,
        words: Sequence[_Word],
        beside: Sequence[_Word],
        standing: int,
    ) -> None:
        light = self._light_places(words)
        heavy = frozenset(range(len(words))) - light
        self._phrases.append(
            _Phrase(
                entry=entry,
                standing=standing,
                text=text,
                words=(*words, *beside),
                named=len(words),
                light=light,
                heavy=heavy or frozenset(range(len(words))),
                heavy_words=frozenset(words[place].folded for place in heavy),
                initials="".join(word.folded[:1] for word in words),
            )
        )

    def _light_places(self, words: Sequence[_Word]) -> frozenset[int]:
        """Return the places of words that every name has, and of fillers with these marks."""
        light: set[int] = set()
        exact = [word.exact for word in words]
        for filler in self._fillers:
            wanted = [with_marks for _folded, with_marks in filler]
            for place in range(len(words) - len(wanted) + 1):
                if exact[place : place + len(wanted)] == wanted:
                    light.update(range(place, place + len(wanted)))
        return frozenset(light)

    def _initials_of_light_words(self) -> frozenset[str]:
        """Return the first letters of fillers of several words: "dk", "tt", "ttdk"."""
        several = ["".join(word[:1] for word, _exact in one) for one in self._fillers if one[1:]]
        return frozenset((*several, *(one + two for one in several for two in several)))

    # --- what is typed ----------------------------------------------------------------------------

    def _search(self, query: str) -> tuple[Hit, ...]:
        """Return what fits, the best first; everything by rank for an empty query.

        A query that begins with a digit looks for codes that begin so.
        """
        query = nfc(query).strip()
        if query[:1].isdigit():
            return self._with_code(query[:8])
        tokens = self._tokens(query)
        if not tokens:
            places = sorted(range(len(self._entries)), key=self._order.__getitem__)
            return tuple(map(Hit, places))
        best: dict[int, _Fit] = {}
        for typed in (tokens, self._as_initials(tokens)):
            for fit in self._fits(typed):
                before = best.get(fit.phrase.entry)
                if before is None or fit.order > before.order:
                    best[fit.phrase.entry] = fit
        found = sorted(best.values(), key=self._key)
        return tuple(map(_hit, found))

    def _key(self, fit: _Fit) -> tuple[tuple[int, ...], int, int, bytes]:
        worst_first = tuple(-part for part in fit.order)
        rank, alphabet = self._order[fit.phrase.entry]
        first = min(place.start for token, place in fit.places if not token.light)
        return worst_first, rank, first, alphabet

    def _with_code(self, start: str) -> tuple[Hit, ...]:
        places = (n for n, entry in enumerate(self._entries) if entry.code.startswith(start))
        return tuple(
            Hit(place, code_letters=len(start))
            for place in sorted(places, key=self._order.__getitem__)
        )

    def _tokens(self, query: str) -> list[_Token]:
        words = [self._as_meant(word) for word in _words(query)]
        is_marked = any(word.folded != word.exact for word in words)
        light = self._light_typed(words)
        fillers = set(light)
        if len(words) - 1 in light and len(words) - 2 not in light:
            light.discard(len(words) - 1)  # still being typed: "tam va" is no «và» yet
        only_light = len(light) == len(words) or self._begins_filler(words)
        return [
            _Token(
                word.folded,
                word.exact,
                place,
                is_marked,
                light=place in light and not only_light,
                fits_light=place in fillers or only_light,
            )
            for place, word in enumerate(words)
        ]

    def _begins_filler(self, words: Sequence[_Word]) -> bool:
        """Return True for "dang", "dang k": more has to be typed before anything is meant."""
        typed = " ".join(word.folded for word in words)
        return any(
            " ".join(folded for folded, _exact in filler).startswith(typed)
            for filler in self._fillers
        )

    def _as_meant(self, word: _Word) -> _Word:
        """Return the word without the keys of Telex or VNI when no word begins as it stands."""
        if self._is_known(word.folded):
            return word
        for bare in (_VNI.sub("", word.folded), _telex(word.folded)):
            if bare != word.folded and self._is_known(bare):
                return _Word(bare, bare, word.start, word.end)
        return word

    def _is_known(self, start: str) -> bool:
        return _begins(self._vocabulary, start)

    def _light_typed(self, words: Sequence[_Word]) -> set[int]:
        light = {
            place
            for place, word in enumerate(words)
            if word.folded in self._light_initials and not _begins(self._name_words, word.folded)
        }
        for filler in self._fillers:
            for place in range(len(words) - len(filler) + 1):
                typed = words[place : place + len(filler)]
                if all(
                    word.exact in (folded, exact)
                    for word, (folded, exact) in zip(typed, filler, strict=True)
                ):
                    light.update(range(place, place + len(filler)))
        return light

    def _as_initials(self, tokens: Sequence[_Token]) -> list[_Token]:
        """Return the words typed as one abbreviation: "dk kh", "xn tthn"; [] where it is none."""
        glued = "".join(token.folded for token in tokens)
        if (
            len(tokens) < 2
            or len(glued) > _LONGEST_INITIALS
            or any(len(token.folded) > _SHORT for token in tokens)
            or any(_holds(self._name_words, token.folded) for token in tokens)
        ):
            return []
        return [_Token(glued, glued, 0, is_marked=False)]

    # --- what fits --------------------------------------------------------------------------------

    def _fits(self, tokens: Sequence[_Token]) -> list[_Fit]:
        needed = [self._phrases_with(token) for token in tokens if not token.light]
        if not needed:
            return []
        found = set.intersection(*needed)
        if len(needed) > 1:
            typed = {token.folded for token in tokens}
            found |= {number for number, words in self._of_several_words if words <= typed}
        if len(needed) > 2:
            counts = Counter(number for numbers in needed for number in numbers)
            enough = max(2, len(needed) * _PARTIAL)
            found |= {number for number, count in counts.items() if count >= enough}
        fits = self._fit_all(found, tokens)
        whole = [fit for fit in fits if fit.order[0] >= _SCATTERED]
        return whole or [fit for fit in fits if _heavy_words(fit) > 1]

    def _fit_all(self, numbers: Iterable[int], tokens: Sequence[_Token]) -> list[_Fit]:
        short = frozenset(t.folded for t in tokens if self._may_be_initials(t.folded))
        fits = (_fit(self._phrases[number], tokens, short) for number in numbers)
        return [fit for fit in fits if fit is not None]

    def _phrases_with(self, token: _Token) -> set[int]:
        """Return the numbers of the phrases that this word fits."""
        start, found = token.folded, set[int]()
        for word in self._vocabulary[bisect_left(self._vocabulary, start) :]:
            if not word.startswith(start):
                break
            found.update(self._where[word])
        if self._may_be_initials(start):
            found.update(n for n, phrase in enumerate(self._phrases) if start in phrase.initials)
        return found

    def _may_be_initials(self, typed: str) -> bool:
        is_word = typed in self._where or _begins(self._name_words, typed)
        return len(typed) > 1 and not is_word


def _fit(phrase: _Phrase, tokens: Sequence[_Token], short: frozenset[str]) -> _Fit | None:
    """Return None when only words that say nothing fit.

    `short`: the words typed that may be the first letters of several.
    """
    every = [(token, _places(phrase, token, token.folded in short)) for token in tokens]
    if any(not places and not token.light for token, places in every):
        # A word is missing: what was only begun may be any word.
        every = [(token, list(filter(_is_complete, places))) for token, places in every]
    here = [(token, places) for token, places in every if places]
    if all(token.light for token, _places in here):
        return None
    pairs = tuple(zip((token for token, _places in here), _best_path(phrase, here), strict=True))
    return _Fit(_order(phrase, tokens, pairs), phrase, pairs)


def _places(phrase: _Phrase, token: _Token, is_short: bool) -> list[_Place]:
    start, found = token.folded, []
    for at, word in enumerate(phrase.words):
        if word.folded.startswith(start) and (token.fits_light or at not in phrase.light):
            marks = _marks(token, word.exact) if token.is_marked else 0
            # Marks that say another word: found, but not that word.
            whole = word.folded == start and (marks > 0 or token.exact == start)
            if whole or not token.light:
                found.append(_Place(at, at + 1, whole, marks))
    if is_short:
        at = phrase.initials.find(start)
        while at >= 0:
            found.append(_Place(at, at + len(start), False, 0))
            at = phrase.initials.find(start, at + 1)
    return found


def _heavy_words(fit: _Fit) -> int:
    return sum(not token.light for token, _place in fit.places)


def _best_path(phrase: _Phrase, here: Sequence[tuple[_Token, list[_Place]]]) -> list[_Place]:
    """Return one place for each word typed: whole words first, then neighbours, order, marks."""
    if len(here) == 1:
        return [max(here[0][1], key=lambda one: (one.end <= phrase.named, one.whole, one.marks))]
    best: list[tuple[int, list[_Place]]] = []
    for index, (token, places) in enumerate(here):
        paths = []
        for place in places:
            own = place.end <= phrase.named
            value = own * 8192 + place.whole * 512 + place.marks * (not token.light)
            if index == 0:
                paths.append((value, [place]))
                continue
            typed = here[index - 1][0]
            before, path = max(
                (
                    (value + _pair(phrase, (typed, taken[-1]), (token, place)), taken)
                    for value, taken in best
                ),
                key=lambda one: one[0],
            )
            paths.append((before + value, [*path, place]))
        best = paths
    return max(best, key=lambda one: one[0])[1]


def _pair(phrase: _Phrase, before: tuple[_Token, _Place], after: tuple[_Token, _Place]) -> int:
    if after[1].start < before[1].end:
        return 0
    return 8 + 64 * _are_neighbours(phrase, before, after)


def _are_neighbours(
    phrase: _Phrase, before: tuple[_Token, _Place], after: tuple[_Token, _Place]
) -> bool:
    """Return True when nothing, or only words that say nothing, stands between them.

    They stand side by side in what was typed as well, and one of them says something.
    """
    return (
        before[0].at + 1 == after[0].at
        and not (before[0].light and after[0].light)
        and before[1].end <= after[1].start
        and all(place in phrase.light for place in range(before[1].end, after[1].start))
    )


def _order(
    phrase: _Phrase, tokens: Sequence[_Token], pairs: Sequence[tuple[_Token, _Place]]
) -> tuple[int, int, int, int]:
    """Return (how well it fits, neighbours, whole words, marks), each the more the better."""
    heavy = [place for token, place in pairs if not token.light]
    in_order = all(first.end <= second.start for first, second in pairwise(heavy))
    neighbours = sum(_are_neighbours(phrase, first, second) for first, second in pairwise(pairs))
    whole = sum(place.whole and not token.light for token, place in pairs)
    if len(heavy) == 1 and not any(place.marks for place in heavy):
        whole = 0  # the only word is still being typed: "kha" is no «khả» yet
    marks = sum(place.marks for token, place in pairs if not token.light)
    fit = _how_well(phrase, tokens, pairs, in_order)
    if fit == _IN_ORDER and neighbours * 2 < len(heavy) - 1:
        fit = _CONTAINED if whole == len(heavy) else _BEGUN_IN_ORDER  # far apart in a long name
    if fit == _CONTAINED:  # the act is typed first, what it is done to after it
        is_act = next(token for token in tokens if not token.light) == pairs[0][0]
        worth = len(heavy) + neighbours + 2.5 * _is_covered(phrase, pairs) + 3 * is_act
        return fit, round(4 * worth) + (phrase.standing == _NAME), whole, marks
    return fit + phrase.standing, neighbours, whole, marks


def _how_well(
    phrase: _Phrase,
    tokens: Sequence[_Token],
    pairs: Sequence[tuple[_Token, _Place]],
    in_order: bool,
) -> int:
    strict = all(place.whole for token, place in pairs if not token.light)
    has_all = sum(not token.light for token, _place in pairs) == sum(
        not token.light for token in tokens
    )
    is_covered = _is_covered(phrase, pairs)
    is_own = all(place.end <= phrase.named for _token, place in pairs)
    if not has_all:
        return _CONTAINED if is_own and strict and in_order and len(pairs) > 1 else _PART
    if is_covered and not in_order:
        return _TURNED
    if is_covered and strict:
        return _IDENTICAL if len(pairs) == len(tokens) else _WHOLE
    if is_covered and (len(pairs) > 1 or len(pairs[0][0].folded) >= _BEGUN or _is_short(pairs)):
        return _BEGUN_WHOLE
    if in_order and is_own:
        heavy = [place for token, place in pairs if not token.light]
        return _IN_ORDER if all(map(_is_complete, heavy[:-1])) else _BEGUN_IN_ORDER
    return _SCATTERED


def _is_covered(phrase: _Phrase, pairs: Sequence[tuple[_Token, _Place]]) -> bool:
    return phrase.heavy <= {at for _token, place in pairs for at in range(place.start, place.end)}


def _is_complete(place: _Place) -> bool:
    """Return True for a whole word, and for the first letters of several."""
    return place.whole or place.end - place.start > 1


def _is_short(pairs: Sequence[tuple[_Token, _Place]]) -> bool:
    """Return True for first letters of several words: "ks"."""
    return any(place.end - place.start > 1 for _token, place in pairs)


def _hit(fit: _Fit) -> Hit:
    phrase = fit.phrase
    fits = fit.order[0]
    is_named = fits >= _WHOLE or (fits >= _IN_ORDER and _heavy_words(fit) > 1)
    if phrase.standing != _NAME:
        return Hit(phrase.entry, synonym=phrase.text, is_named=is_named)
    spans = set()
    for token, place in fit.places:
        for at in range(place.start, min(place.end, phrase.named)):
            word = phrase.words[at]
            letters = 1 if place.end - place.start > 1 else len(token.folded)
            spans.add((word.start, min(word.end, word.start + letters)))
    return Hit(phrase.entry, tuple(sorted(spans)), is_named=is_named)


# --- words ----------------------------------------------------------------------------------------


def _words(text: str) -> list[_Word]:
    return [
        _Word(_folded(found[0]), _exact(found[0]), found.start(), found.end())
        for found in _WORD.finditer(nfc(text))
    ]


@lru_cache(maxsize=8192)
def _folded(word: str) -> str:
    """Return the word without marks, y as i: "ký" and "kí" are one word."""
    return fold(word).replace(" ", "").replace("y", "i")


@lru_cache(maxsize=8192)
def _exact(word: str) -> str:
    return exact_key(word).translate(_Y_AS_I)


_Y_AS_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")
_toneless = lru_cache(maxsize=8192)(toneless)


def _marks(token: _Token, word: str) -> int:
    """Return 2 for the same marks, 1 for a tone not yet typed, 0 for others or none typed."""
    if word.startswith(token.exact):
        return 2
    same_letters = _toneless(word).startswith(_toneless(token.exact))
    return int(same_letters and token.exact == _toneless(token.exact))


def _telex(word: str) -> str:
    return _TELEX_TONE.sub(r"\1", _TELEX_DOUBLE.sub("", word))


def _worn_out(named: Sequence[Sequence[_Word]]) -> list[list[_Word]]:
    """Return pairs of words that stand in so many names that they tell none from another."""
    if len(named) < _FEWEST_NAMES:
        return []
    pairs = [
        {(one.exact, two.exact): [one, two] for one, two in pairwise(words)} for words in named
    ]
    counts = Counter(pair for found in pairs for pair in found)
    worn = {
        key: pair
        for found in pairs
        for key, pair in found.items()
        if counts[key] > len(named) * _LIGHT_SHARE
    }
    return list(worn.values())


def _begins(words: Sequence[str], start: str) -> bool:
    at = bisect_left(words, start)
    return at < len(words) and words[at].startswith(start)


def _holds(words: Sequence[str], word: str) -> bool:
    at = bisect_left(words, word)
    return at < len(words) and words[at] == word
