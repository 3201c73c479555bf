"""Words as data: loads a language's words and finds them in text, longest first.

A word has one or several roles: it stands for atoms of an indicator, it is a cue
(growth, share, target, …). The data files under ``data/`` say which.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect
from functools import cache, cached_property, lru_cache
from importlib import resources
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from miit_cli.chinese import regional_terms, simplified

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


class Word(NamedTuple):
    """What a word or phrase can be."""

    atoms: tuple[frozenset[str], ...] = ()  # one set, or several for a word that names several things
    cues: frozenset[str] = frozenset()
    text: str = ""  # as the lexicon spells it
    other: tuple[frozenset[str], ...] = ()  # its atoms in a text where it is said of another thing
    sense: str = ""  # what tells so: an entry of ``other-sense`` of the data


NO_WORD = Word()


class Lexicon:
    """The words of a language, and what finds them in folded text.

    Patterns are made when they are first used: to see that a text is about other things takes none.
    """

    def __init__(self, language: str, words: dict[str, Word]) -> None:
        self.language, self.words = language, words
        self._starting: dict[str, _Beginning] = {}
        self._others: dict[tuple[str, ...], Lexicon] = {}  # of texts, by the senses that they tell

    def of_text(self, folded: str) -> Lexicon:
        """The words as a text uses them: some are said of another thing beside some that it names."""
        senses = tuple(sense for sense, told in self._telling if all(each.search(folded) for each in told))
        if senses and senses not in self._others:
            words = {
                text: word._replace(atoms=word.other) if word.sense in senses else word
                for text, word in self.words.items()
            }
            self._others[senses] = Lexicon(self.language, words)
        return self._others[senses] if senses else self

    @cached_property
    def _telling(self) -> list[tuple[str, list[re.Pattern[str]]]]:
        """What a text must hold of which the words of each ``other-sense`` are said of another thing."""
        found = []
        for meant in load_data("concepts.toml")["other-sense"]:
            told = [tuple(meant["phrases"])] if "phrases" in meant else []
            for atom in meant.get("beside", ()):  # the rarer one first
                named = (frozenset([atom]),)
                words = self.words.items()
                told.append(tuple(sorted(text for text, w in words if w.atoms == named and not w.sense)))
            found.append((meant["atom"], [_pattern(each, self.language, parted=True) for each in told]))
        return found

    def found(self, folded: str, start: int, stop: int) -> Iterator[re.Match[str]]:
        """The words and marks of ``folded[start:stop]``, from left to right, the longest at each place."""
        find = self._in_words if self.language == "en" else self._in_characters
        return find(folded, start, stop)

    def _in_words(self, folded: str, start: int, stop: int) -> Iterator[re.Match[str]]:
        """The same of English, whose phrases are walked word by word: a pattern of all takes long to make."""
        phrases, starting = self._phrases, self._starting
        for token in self._tokens.finditer(folded, start, stop):
            first = token[0]
            known = phrases.get(first)
            if token.start() < start or (known is None and first.isalnum()):
                continue
            found: re.Match[str] | None = token  # a mark, or a phrase of one word
            if known is not None and (known != [first] or not first.isalnum()):
                if first not in starting:
                    starting[first] = _Beginning(first, known)
                found = starting[first].longest(folded, token, stop)
            if found:
                start = found.end()
                yield found

    @cached_property
    def _phrases(self) -> dict[str, list[str]]:
        """The phrases by their first word, or by their first character where that is no part of one."""
        found: dict[str, list[str]] = {}
        for phrase in sorted(self.words):
            word = _WORD.match(phrase)
            first = word[0] if word else phrase[0]
            digits = len(first) - len(first.lstrip("0123456789"))
            for begin in {first, first[: digits % 3 or 3]} if digits > 3 else {first}:  # 10,000 as 10000
                found.setdefault(begin, []).append(phrase)
        return found

    @cached_property
    def _tokens(self) -> re.Pattern[str]:
        """Finds words, marks, and what else a phrase begins with."""
        others = "".join(first for first in self._phrases if not _WORD.match(first))
        characters = f"[{re.escape(others)}]|" if others else ""
        return re.compile(rf"(?<![a-z0-9])[a-z0-9]+|{characters}{_PUNCTUATION}")

    def _in_characters(self, folded: str, start: int, stop: int) -> Iterator[re.Match[str]]:
        """The same of Chinese, as if no space stood between Latin and Chinese."""
        spaces = [match.start() for match in SPACED.finditer(folded, start, stop)]
        ends = [*spaces, stop]
        text = "".join(folded[a:b] for a, b in zip([0, *(space + 1 for space in spaces)], ends, strict=True))
        missing = [space - n for n, space in enumerate(spaces)]  # where, in the text
        for left, right in self._pieces(text, start):
            last = right - 1 + bisect(missing, right - 1)
            yield cast("re.Match[str]", _ALL.match(folded, left + bisect(missing, left), last + 1))

    def _pieces(self, text: str, start: int) -> Iterator[tuple[int, int]]:
        """Where the words and marks of a Chinese text stand from a place on, the longest at each."""
        words, (lengths, begins, others) = self.words, self._characters
        for begin in begins.finditer(text, start):
            at, end = begin.span()
            if at < start:
                continue
            start = end if begin[1] or begin[0] in words else at  # a mark, a phrase of one character
            for length in lengths.get(text[at : at + 2], ()):
                if text[at : at + length] in words and at + length <= len(text):
                    start = at + length
                    break
            if begin[2] and (other := others.match(text, at)):
                start = max(start, other.end())
            if start > at:
                yield at, start

    @cached_property
    def _characters(self) -> tuple[dict[str, list[int]], re.Pattern[str], re.Pattern[str]]:
        """Of Chinese, by its first two characters how long a phrase is, the longest first; what begins a
        phrase or is a mark; and what finds the phrases that may be written in several ways."""
        lengths: dict[str, set[int]] = {}
        others = tuple(phrase for phrase in sorted(self.words) if _VARIED.search(phrase))
        for phrase in self.words.keys() - {*others}:
            lengths.setdefault(phrase[:2], set()).add(len(phrase))
        varied, first = ({phrase[0] for phrase in phrases} for phrases in (others, self.words))
        kinds = (re.escape("".join(sorted(each))) for each in (varied, first - varied))
        begins = "({})|([{}])|[{}]".format(_PUNCTUATION, *kinds)
        found = {begin: sorted(each, reverse=True) for begin, each in lengths.items()}
        return found, re.compile(begins), _pattern(others, self.language)

    @cached_property
    def numeric(self) -> re.Pattern[str]:
        """Finds those with a number in them that is no value (10G PON, 每万人)."""
        named = (text for text, word in self.words.items() if word.atoms)
        return _pattern(tuple(sorted(filter(_NUMERIC.search, named))), self.language, parted=True)


class _Beginning:
    """The English phrases that begin with a word, and what finds the longest of them in a text.

    Args:
        first: the word, or the character that is part of none.
        phrases: all of them.
    """

    def __init__(self, first: str, phrases: Sequence[str]) -> None:
        parted = first in _listing("en") or first.isdigit()
        # what has no commas at some places of it alone, and is written in one way
        walked = {
            phrase for phrase in phrases
            if (parted or phrase == _as_list(phrase, "en")) and _WORDS.fullmatch(phrase)
        }  # fmt: skip
        # by the next word, behind a space or the mark that joins it
        self._trie = _trie(_STEP.findall(phrase, len(first)) for phrase in walked)
        self._next = _NEXT_PARTED if parted else _NEXT
        self._others = _pattern(tuple(each for each in phrases if each not in walked), "en", parted=parted)

    def longest(self, folded: str, token: re.Match[str], stop: int) -> re.Match[str] | None:
        """The longest phrase or mark of ``folded[:stop]`` that begins where the token does."""
        start, at = token.span()
        node, end = self._trie, at if "" in self._trie else -1
        while (following := self._next.match(folded, at, stop)) and (
            node := node.get((following[1] or " ") + following[2], {})
        ):
            at = following.end()
            end = at if "" in node else end
        other = self._others.match(folded, start, stop)
        if other and other.end() > end:
            return other
        return _ALL.match(folded, start, end) if end >= 0 else _MARK.match(folded, start, stop)


@cache  # shared: nobody may change it
def load_data(name: str) -> dict[str, Any]:
    """A TOML file of ``miit_cli/data`` as a dictionary."""
    text = resources.files("miit_cli").joinpath("data", name).read_text(encoding="utf-8")
    return tomllib.loads(text)


_BLANKS = "\xa0\u2002\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"  # wide ones part columns
_HALF_WIDTH = {
    **{chr(code): chr(code - 0xFEE0) for code in (0xFF05, 0xFF0B, 0xFF0E, *range(0xFF10, 0xFF5B))},
    **dict.fromkeys(_BLANKS, " "),
    **dict.fromkeys("「『", "“"),
    **dict.fromkeys("」』", "”"),
    "\u2019": "'",
}
_HAN = re.compile("[\u4e00-\u9fff]")
_WIDE = re.compile(f"[{''.join(_HALF_WIDTH)}]")


def fold(text: str) -> str:
    """Lower case, half width and simplified characters, one for one: offsets stay those of the text."""
    if text.isascii():
        return text.lower()
    narrow = _WIDE.sub(lambda match: _HALF_WIDTH[match[0]], text)
    folded = narrow.lower()
    if len(folded) != len(text):
        folded = "".join(c if len(c.lower()) != 1 else c.lower() for c in narrow)
    return simplified(folded) if _HAN.search(folded) else folded


def build(language: str, names: Mapping[str, Iterable[str]]) -> Lexicon:
    """The lexicon of ``en`` or ``zh``; ``names`` are an atom's phrases, of the user's indicators."""
    return _built(language, tuple((atom, tuple(phrases)) for atom, phrases in names.items()))


@lru_cache(maxsize=4)  # who reads one text after another makes a reader for each
def _built(language: str, names: tuple[tuple[str, tuple[str, ...]], ...]) -> Lexicon:
    words = all_words(language, names)
    return Lexicon(language, words | _plurals(words) if language == "en" else words)


def all_words(language: str, names: Iterable[tuple[str, Iterable[str]]]) -> dict[str, Word]:
    """Each phrase of the data with all its roles; a user's name takes the place of other atoms."""
    atoms: dict[str, tuple[frozenset[str], ...]] = {}
    cues: dict[str, set[str]] = {}
    senses: dict[str, str] = {}
    meant = {sense["atom"]: sense for sense in load_data("concepts.toml")["other-sense"]}

    def spelled(phrases: Iterable[str]) -> list[str]:
        return [plain(fold(phrase), language) for phrase in phrases]

    for key, phrases in load_data(f"{language}/atoms.toml").items():
        told = spelled(phrases)
        if key in meant:
            senses.update(dict.fromkeys(told, key))
        # "industry production/sales" is industry production, and industry sales
        choices = (word.split("/") for word in (meant[key]["usual"] if key in meant else key).split())
        atoms.update(dict.fromkeys(told, tuple(map(frozenset, product(*choices)))))
    for key, added in names:
        for phrase in spelled(added):
            atoms[phrase] = (frozenset([key]),)
            senses.pop(phrase, None)
    for cue, phrases in load_data(f"{language}/cues.toml").items():
        for phrase in spelled(phrases):
            cues.setdefault(phrase, set()).add(cue)
    if language == "zh":
        _as_said_elsewhere(atoms)
        _as_said_elsewhere(cues)
    found = {}
    for phrase in {**atoms, **cues}:
        told_by, sense = frozenset(cues.get(phrase, ())), senses.get(phrase, "")
        other = (frozenset(meant[sense]["other"].split()),) if sense else ()
        found[phrase] = Word(atoms.get(phrase, ()), told_by, phrase, other, sense)
    return found


def _as_said_elsewhere(phrases: dict[str, Any]) -> None:
    """Adds each phrase as Hong Kong and Taiwan say it."""
    for regional, plain_term in regional_terms().items():
        for phrase in [phrase for phrase in phrases if plain_term in phrase]:
            phrases.setdefault(phrase.replace(plain_term, regional), phrases[phrase])


_PUNCTUATION = r"[,，;；:：()（）、。!！?？\[\]—–]|\.(?=\s|$)|(?<=\s)-{1,2}(?=\s)"
# Between the words of a phrase: a space or hyphen, both (small- and medium-sized), or a quotation mark more.
_QUOTE = '["\u201c\u201d]'
_GAP = f"(?:- |{_QUOTE}?[ -]{_QUOTE}?)"
_PARTED = f",?{_GAP}"
_QUOTES = re.compile(_QUOTE)
SPACED = re.compile("(?<=[a-z0-9])[ \n](?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])[ \n](?=[a-z0-9])")
_NAMED = re.compile(r"\{([a-z_]+)\}")
_AND = re.compile(",? and ")
_MARK, _WORD = re.compile(_PUNCTUATION), re.compile("[a-z0-9]+")
_VARIED = re.compile(r" |\d{4}")
_ALL = re.compile(".*", re.DOTALL)
# English phrases of words with a space or a mark between; no number that may be written with commas.
_WORDS = re.compile(r"(?!.*\d{4})[a-z0-9]+(?:(?: |[^a-z0-9 ])[a-z0-9]+)*")
_STEP = re.compile("[^a-z0-9][a-z0-9]+")
_NEXT, _NEXT_PARTED = (re.compile(f"(?:{gap}|([^a-z0-9 ]))([a-z0-9]+)") for gap in (_GAP, _PARTED))
_NUMERIC = re.compile(
    r"[\d一二两三四五六七八九十百千万亿]|\b(?:ten|hundred|thousand|million|one|two|three)\b"
)


def plain(phrase: str, language: str) -> str:
    """A phrase as the lexicon spells it.

    An English hyphen is a space, a comma or a quotation mark is nothing, and so is what stands between
    Latin and Chinese.
    """
    if language == "zh":
        phrase = SPACED.sub("", phrase)
    phrase = _QUOTES.sub("", phrase)
    return phrase.replace("- ", " ").replace("-", " ").replace(", ", " ").replace(",", "")


def _plurals(words: dict[str, Word]) -> dict[str, Word]:
    """English nouns of the atoms in the plural, where the data does not say otherwise."""
    plurals: dict[str, Word] = {}
    for phrase, word in words.items():
        if not word.atoms or not phrase[-1].isalpha():
            continue
        plural = phrase[:-1] + "ies" if phrase[-1] == "y" and phrase[-2:-1] not in "aeiou" else phrase + "s"
        if phrase.endswith(("s", "x", "ch", "sh")):
            plural = phrase + "es"
        if plural not in words:
            plurals[plural] = word._replace(text=plural)
    return plurals


@cache
def _listing(language: str) -> frozenset[str]:
    """The words that begin phrases as a list: specialized, refined. In these a comma may stand anywhere."""
    return frozenset(phrase.partition(",")[0] for phrase in _lists(language).values())


@cache
def _lists(language: str) -> dict[str, str]:
    """The phrases that list something, as the lexicon spells them, with their commas and one before "and"."""
    phrases = (phrase for told in load_data(f"{language}/atoms.toml").values() for phrase in told)
    listed = (phrase.replace("-", " ") for phrase in phrases if ", " in phrase)
    return {plain(phrase, language): _AND.sub(", and ", phrase) for phrase in listed}


def _as_list(phrase: str, language: str) -> str:
    """A phrase with the commas that the data have in it or in its singular: factories, mines and plants."""
    lists = _lists(language)
    singular = phrase if phrase in lists else phrase[:-1]
    return lists[singular] + phrase[len(singular) :] if singular in lists else phrase


@cache
def _pattern(phrases: tuple[str, ...], language: str, *, parted: bool = False) -> re.Pattern[str]:
    """One pattern for all phrases, a trie so that time does not grow with their number.

    ``parted``: whether commas may stand between their words.
    """
    if not phrases:
        return re.compile(r"(?!)")
    trie = _trie(_as_list(phrase, language) for phrase in phrases)
    body = _branches(trie, _PARTED if parted else _GAP)
    if language == "en":
        body = rf"(?<![a-z0-9]){body}(?![a-z0-9])"
    return re.compile(body)


def named_patterns(written: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """The patterns of a data file by name; each may name those that are known, and those before it."""
    found = dict(known)
    for name, pattern in written.items():
        found[name] = filled(pattern, found)
    return found


def filled(pattern: str, known: Mapping[str, str]) -> str:
    """A pattern of a data file with those that it names in braces: ``{month}``, and not ``{1,2}``."""
    return _NAMED.sub(lambda named: known[named[1]], pattern)


def any_of(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases, whose time does not grow with their number."""
    return _branches(_trie(phrases), _PARTED)


def _trie(phrases: Iterable[Iterable[str]]) -> dict[str, Any]:
    """What may follow what in phrases, taken as characters or as words; "" is an end."""
    trie: dict[str, Any] = {}
    for phrase in phrases:
        node = trie
        for piece in phrase:
            node = node.setdefault(piece, {})
        node[""] = {}
    return trie


def _branches(node: dict[str, Any], gap: str, before: str = "") -> str:
    """A pattern for what may follow a character in a trie, and "?" where a phrase may end."""
    ends = "" in node
    options = []
    for char in sorted(filter(None, node)):
        if char == " ":
            part = gap
        elif before.isdigit() and char.isdigit():
            part = f",?{re.escape(char)}"  # 10,000 and 10000 people are one phrase
        elif before.isalnum() and char.isalnum() and before.isascii() != char.isascii():
            part = rf"[ \n]?{re.escape(char)}"  # 5G 基站 is 5G基站
        else:
            part = ",?" if char == "," else re.escape(char)  # the comma of a list may be missing
        options.append(part + _branches(node[char], gap, char))
    if not options:
        return ""
    body = options[0] if len(options) == 1 and not ends else "(?:" + "|".join(options) + ")"
    return body + "?" if ends else body
