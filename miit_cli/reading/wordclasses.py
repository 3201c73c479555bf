"""What words are, out of built data: part of speech, direction, place, organisation, modifier.

The reader asks here about words that its own lists don't hold. The data are files under
``miit_cli/data``, built by ``tools/words``, and are read when they are first asked for. Chinese text must
be in simplified characters (``chinese.simplified``); every span is one of the text as it was handed over.

Example:
    >>> english, chinese = word_data("en"), word_data("zh")
    >>> english.direction("plummeted"), english.direction("narrowed"), english.direction("changed")
    ('down', 'easing', '')
    >>> [(span.kind, "Wenzhou had 21,000 stations"[span.start : span.end])
    ...  for span in english.places("Wenzhou had 21,000 stations")]
    [('city', 'Wenzhou')]
    >>> english.modifier("buoyant"), english.modifier("pharmaceutical")
    ('describes', 'narrows')
    >>> chinese.direction("由负转正")
    'turned-up'
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from itertools import dropwhile
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from miit_cli.vocabulary import word_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LONGEST_WORD = 4  # characters of a Chinese word
_FIRST_HAN, _PARTICLES = "\u4e00", "的了和与及在为是达等将已超均仅各"
LONGEST_NAME = 8  # characters of a firm's name that is made of ordinary words
SHORT_NAME = 2  # characters of a Chinese name that other words may happen to make
# how many enterprises a rank leaves; fewer than five are all operators, so the nation
_COUNT = "(?:[0-9]{1,3}|[五六八十百]+|[二三]十)"
_RANKED_PLACES = "县市区镇乡村园"  # of which a hundred are ranked, too
# joined or broken otherwise than in the data; one character for one, so that offsets stay
_PLAIN = str.maketrans({"\n": " ", "\t": " ", "\u00a0": " ", "\u3000": " ", "\u2019": "'", "\u2011": "-"})
_LETTERS = re.compile(r"[^\W\d_]+")
# end the classes of words that tell a direction right before their number, or behind their percentage, alone
_BY, _AFTER = "-by", "-after"
_PERCENT_BEFORE = re.compile(r"(?:%|\b(?:per\s?cent|pct|percentage points?|points?))\s$", re.IGNORECASE)
_NUMBER_NEXT = {
    "en": re.compile(
        r"(?: (?:by|about|around|some|nearly|almost|over|more|than|roughly|just|only|another|a|further"
        r"|mere))*"
        r"\s[^\w\s]{0,3}\d"
    ),
    "zh": re.compile(
        r"[了出掉去]?(?:约|将近|近|逾|超过|超|至|到)?\s?"
        r"(?:[0-9０-９]|百分之|[一二两三四五六七八九十半百]+(?:[成倍点万亿]|个百分))"
    ),
}
# a character that may be a verb, and is no piece of 新增, 至少, 千多 or a litre
_SINGLE = re.compile(
    r"[升增涨扬降跌减挫缩多少掉高低](?<![新净至最不很许众更每毫公几百千万亿0-9].)", re.DOTALL
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_DIVISIONS = r"City|County|District|Prefecture|Banner|Province|New Area|city|county|district|prefecture"
_DIVISION = re.compile(rf" (?:{_DIVISIONS})\b")
# a place of no list, told by its form
_DIVIDED = {
    "en": re.compile(rf"\b(?P<name>[A-Z][\w'-]+(?: [A-Z][\w'-]+)?) (?:{_DIVISIONS}|Township|Town|Village)\b"),
    "zh": re.compile(r"自治[州县旗]|[县镇](?![级域城乡镇区处长委])"),
}


class WordSpan(NamedTuple):
    """A stretch of a text and what it is."""

    start: int
    end: int
    kind: str


def _file(name: str) -> cached_property[dict[str, str]]:
    """The words of a file and the class of each, read when they are first asked for."""

    def words(data: WordData) -> dict[str, str]:
        table: dict[str, str] = {}
        for line in word_lines(data.language, name):
            kind, *words = line.split("\t")
            table.update(dict.fromkeys(words, kind))
        return table

    return cached_property(words)


class WordData:
    """The word data of one language, ``en`` or ``zh``; each file is read when a method first needs it."""

    def __init__(self, language: str) -> None:
        self.language = language

    def word_class(self, word: str) -> str:
        """What a word can be, in letters, "" for one that is in no list.

        ``n`` noun, ``v`` verb, ``a`` adjective, ``r`` adverb, ``f`` function word. English also has ``g``
        for the -ing form of a verb and ``p`` for a past form or past participle; Chinese has ``b`` for a
        word that only stands before a noun (大型) and ``l`` for a set phrase.
        """
        return self._classes.get(word) or self._classes.get(word.lower(), "")

    def direction(self, word: str) -> str:
        """Which way a word tells: ``up``, ``down``, ``turned-up``, ``turned-down``, ``easing`` or "".

        ``easing`` is what a rate does (slowed, narrowed, 收窄, 加快): the sign of the rate is told elsewhere.
        """
        kind = self._directions.get(word) or self._directions.get(word.lower(), "")
        return "" if kind == "thing" or kind.endswith(_AFTER) else kind.removesuffix(_BY)

    def directions(self, text: str) -> Iterator[WordSpan]:
        """The words of a text that tell a direction, the longest at each place.

        不降反升 is one word; 增加值, ``made up`` and ``start-up`` tell none; ``added``, ``off``, 升 and 少 do
        where their number follows at once, ``below`` and ``more`` right behind a percentage.
        """
        for span in self._directions_en(text) if self.language == "en" else self._directions_zh(text):
            kind = span.kind
            told: object = kind != "thing"
            if kind.endswith(_AFTER):
                told = _PERCENT_BEFORE.search(text, max(0, span.start - 20), span.start)
            elif kind.endswith(_BY):
                told = _NUMBER_NEXT[self.language].match(text, span.end)
            if told:
                yield span._replace(kind=kind.removesuffix(_AFTER).removesuffix(_BY))

    def _directions_en(self, text: str) -> Iterator[WordSpan]:
        plain, done = text.translate(_PLAIN).lower(), 0
        for match in _WORD.finditer(plain):
            start = match.start()
            for phrase in self._direction_starts.get(match[0], ()) if start >= done else ():
                done = start + len(phrase)
                if plain.startswith(phrase, start) and not plain[done : done + 1].isalnum():
                    yield WordSpan(start, done, self._directions[phrase])
                    break
                done = match.end()

    def _directions_zh(self, text: str) -> Iterator[WordSpan]:
        words = list(_longest(text, self._directions, self._direction_lengths))
        taken = {place for span in words for place in range(span.start, span.end)}
        single = (
            WordSpan(match.start(), match.end(), self._directions[match[0]])
            for match in _SINGLE.finditer(text)
            if match.start() not in taken and match[0] in self._directions
        )
        yield from sorted([*words, *single])

    def modifier(self, word: str) -> str:
        """What a word does to its noun: ``describes``, ``narrows``, or "" where that is unknown.

        An adjective that is in no list and a word that is no noun give "".
        """
        for form in (word, word.lower()):
            if kind := self._modifiers.get(form):
                return kind
            letters = self._classes.get(form, "")
            if self.language == "en" and "g" in letters and "n" not in letters:
                return "describes"
            if "n" in letters or "b" in letters:
                return "narrows"
        return self._compound(word) if self.language == "en" and "-" in word else ""

    def _compound(self, word: str) -> str:
        """A hyphenated word is what its parts are: fast-growing describes, steel-making narrows."""
        words = word.lower().split("-")
        first, last = (self._classes.get(part, "") for part in (words[0], words[-1]))
        if "r" in first and ("g" in last or "p" in last):
            return "describes"
        parts = [self.modifier(part) or self._classes.get(part, "") for part in words]
        if not all(parts):
            return ""
        return "narrows" if "narrows" in parts else "describes"

    def places(self, text: str) -> Iterator[WordSpan]:
        """The places that a text names, from left to right, none inside another.

        Kinds: ``nation`` (China, 我国), ``home`` (全国, of whatever nation), ``province`` (Hong Kong, Macao
        and Taiwan among them), ``city``, ``county``, ``region`` (groups of provinces, river basins,
        continents, states), ``country``, ``demonym`` (Indonesian), ``world`` (global, 海外). English is read
        in the case in which it's written.
        """
        if self.language == "en":
            text = text.translate(_PLAIN)
            spans, divided = [*self._places_en(text)], self._divided_en(text)
        else:
            spans, divided = [*self._places_zh(text)], self._divided_zh(text)
        spans += [new for new in divided if not any(new.start < s.end and s.start < new.end for s in spans)]
        yield from sorted(spans)

    def organisations(self, text: str) -> Iterator[WordSpan]:
        """The organisations that a text names, told by their form; the kind is always ``organisation``.

        In English it's a capitalised name that ends with Motors or Ltd, in Chinese what goes back from 公司
        or 大学 to the beginning of the name. Of some that are told by their rank (the top 10 carmakers,
        前十家企业) it's the noun.
        """
        plain = text.translate(_PLAIN)
        yield from self._organisations_en(plain) if self.language == "en" else self._organisations_zh(text)
        for match in self._forms["ranked"].finditer(plain):
            yield WordSpan(*match.span(match.lastgroup or 0), "organisation")

    def runs_over(self, text: str, start: int, left: int, right: int) -> bool:
        """Whether Chinese words run over ``left``, and ``text[left:right]`` is a piece of them.

        The words are the longest from ``start`` on; they leave fewer characters alone than where that piece
        is a word of its own: 食品|加工业, and not 食品|加|工业.
        """
        if self._alone(text, start, left)[1] == left:
            return False
        alone, _ = self._alone(text[:left], start, left)
        across, behind = self._alone(text, start, right)
        across += self._alone(text, behind, behind + 1)[0]
        return across < alone + self._alone(text, right, right + 1)[0]

    def _alone(self, text: str, start: int, stop: int) -> tuple[int, int]:
        """How many characters are no words where ``text[start:stop]`` is parted, and where the last ends."""
        count, sizes = 0, range(LONGEST_WORD, 1, -1)
        while start < min(stop, len(text)):
            size = next((size for size in sizes if text[start : start + size] in self._classes), 1)
            count += size == 1 and text[start] >= _FIRST_HAN and text[start] not in _PARTICLES
            start += size
        return count, start

    # --- places ---

    def _places_zh(self, text: str) -> Iterator[WordSpan]:
        done = 0
        for start in _beginnings(text, self._place_lengths):
            span = self._place_at(text, start) if start >= done else None
            if span:
                done = span.end
                if span.kind != "none":
                    yield span

    def _place_at(self, text: str, start: int) -> WordSpan | None:
        """The longest name that begins there and is no piece of other words: none of 增城 in 新增城镇就业."""
        for size in self._place_lengths.get(text[start : start + 2], ()):
            kind = self._places.get(text[start : start + size])
            if kind and kind != "ambiguous" and (size > SHORT_NAME or self._whole(text, start, kind)):
                return WordSpan(start, start + size, kind)
        return None

    def _whole(self, text: str, start: int, kind: str) -> bool:
        """Whether a name of two characters is one of its own and no words run over its edges.

        The names of provinces and countries are so common that words must run over both edges to undo them.
        """
        end = start + SHORT_NAME
        before = self._runs_over(text, range(max(0, start - LONGEST_WORD + 1), start), start + 1)
        if kind in ("nation", "home", "province", "country"):
            return not (before and self._runs_over(text, range(start + 1, end), end + 1))
        if before or self._runs_over(text, range(start, start + 1), end + 1):
            return False
        if kind != "county":
            return True
        return not (self._given_name(text, start) or self._runs_over(text, range(start + 1, end), end + 1))

    def _runs_over(self, text: str, starts: range, least: int) -> bool:
        """Whether a word begins in a range and ends at ``least`` or behind."""
        return any(
            text[a:b] in self._classes or text[a:b] in self._places
            for a in starts
            for b in range(max(least, a + 2), min(len(text), a + LONGEST_WORD) + 1)
        )

    def _given_name(self, text: str, start: int) -> bool:
        """Whether a surname stands before, and it's no end of a word or a place: 高云龙, but 江苏江宁."""
        before = text[max(0, start - 2) : start]
        known = before in self._classes or before in self._places
        return before[-1:] in self._surnames and not known

    def _places_en(self, text: str) -> Iterator[WordSpan]:
        done = 0
        for match in _LETTERS.finditer(text):
            start = match.start()
            for name in self._place_starts.get(match[0], ()) if start >= done else ():
                end = start + len(name)
                if text.startswith(name, start) and not text[end : end + 1].isalnum():
                    if span := self._placed(text, WordSpan(start, end, self._places[name])):
                        yield span
                        done = end
                    break

    def _placed(self, text: str, span: WordSpan) -> WordSpan | None:
        """The span where the words around it leave it a place."""
        if span.kind == "ambiguous":
            division = _DIVISION.match(text, span.end)
            return WordSpan(span.start, division.end(), "county") if division else None
        if span.kind == "county":
            before = text[: span.start].rpartition(" ")[0].rpartition(" ")[2]
            return None if before in self._surnames else span
        return None if span.kind == "world" and text[span.end : span.end + 1] == "-" else span

    def _divided_en(self, text: str) -> Iterator[WordSpan]:
        """Names before County or Town that no dictionary has: Tongshan County, not Smart City."""
        for match in _DIVIDED["en"].finditer(text):
            start = match.start()
            if self.word_class(match["name"].split()[0].lower()):
                start += len(match["name"]) - len(match["name"].split(" ", 1)[-1])
            if not all(map(self.word_class, text[start : match.end("name")].split())):
                yield WordSpan(start, match.end(), "county")

    def _divided_zh(self, text: str) -> Iterator[WordSpan]:
        """Two or three characters of no word before 县 or 镇: 桐山县, not 贫困县 or 产粮大县."""
        for match in _DIVIDED["zh"].finditer(text):
            start = match.start()
            while start > max(0, match.start() - 3) and self._nameless(text, start - 1):
                start -= 1
            if match.start() - start >= SHORT_NAME:
                yield WordSpan(start, match.end(), "county")

    def _nameless(self, text: str, at: int) -> bool:
        """Whether a character belongs to no word with the one before or behind it, and is none by itself."""
        pairs = text[max(0, at - 1) : at + 1], text[at : at + 2]
        known = any(pair in self._classes for pair in pairs)
        alone = text[at] in self._form_words["particles"] or text[at] in self._form_words["before"]
        return text[at].isalpha() and not known and not alone

    # --- organisations ---

    def _organisations_en(self, text: str) -> Iterator[WordSpan]:
        for match in self._forms["en"].finditer(text):
            name = match[0] if match["alone"] or match["of"] else self._named_en(match)
            if name:
                yield WordSpan(match.end() - len(name), match.end(), "organisation")

    def _named_en(self, match: re.Match[str]) -> str:
        """The name without function words before it; "" where nothing is left, or only dictionary words."""
        words = [*dropwhile(lambda word: self.word_class(word) == "f", match["name"].split())]
        known = match["kind"] and all(self.word_class(word.strip(".&'-")) for word in words)
        if not words or known or any(word in match[0] for word in self._form_words["not"]):
            return ""
        return match[0][match[0].index(words[0]) :]

    def is_member(self, word: str) -> bool:
        """Whether a word names firms in the plural: enterprises, makers."""
        return word in self._form_words["members"]

    def _organisations_zh(self, text: str) -> Iterator[WordSpan]:
        done = 0
        for match in self._forms["zh"].finditer(text):
            if match["not"] or match.start() < done:
                continue
            start = match.start() if match["alone"] else self._name_start(text, done, match)
            if start >= 0:
                done = match.end()
                yield WordSpan(start, done, "organisation")

    def _name_start(self, text: str, floor: int, match: re.Match[str]) -> int:
        """Where the name before 公司 begins, -1 where there's none: not in 三家公司 nor in 互联网公司.

        It goes back to punctuation, a digit or a word that is no part of it, and begins with the first
        place or characters of no dictionary. What stands before 集团 is a name even where it's made of words.
        """
        start = end = match.start()
        while start > floor and (text[start - 1].isalpha() or text[start - 1] in "·&"):
            start -= 1
        start = max([start, *(m.end() for m in self._forms["before"].finditer(text, start, end))])
        core = self._core(text, start, end)
        if core < 0 and match["sure"] and SHORT_NAME <= end - start <= LONGEST_NAME:
            return start
        return core

    def _core(self, text: str, start: int, end: int) -> int:
        """The first place, or the first two characters of no word in a row, between two offsets; or -1."""
        unknown = 0
        while start < end:
            if place := self._place_at(text, start):
                return place.start - unknown if place.kind not in ("nation", "home", "none") else place.start
            sizes = range(min(LONGEST_WORD, end - start), 1, -1)
            size = next((n for n in sizes if text[start : start + n] in self._classes), 0)
            unknown = 0 if size or text[start] in self._form_words["particles"] else unknown + 1
            if unknown == SHORT_NAME:
                return start + 1 - SHORT_NAME
            start += size or 1
        return -1

    # --- the files ---

    _classes = _file("classes")
    _directions = _file("directions")
    _modifiers = _file("modifiers")
    _places = _file("places")
    _surnames = _file("names")

    @cached_property
    def _direction_lengths(self) -> dict[str, tuple[int, ...]]:
        return _lengths(self._directions)

    @cached_property
    def _place_lengths(self) -> dict[str, tuple[int, ...]]:
        return _lengths(self._places)

    @cached_property
    def _direction_starts(self) -> dict[str, list[str]]:
        return _by_start(self._directions, _WORD)

    @cached_property
    def _place_starts(self) -> dict[str, list[str]]:
        return _by_start(self._places, _LETTERS)

    @cached_property
    def _form_words(self) -> dict[str, list[str]]:
        lines = (line.split("\t") for line in word_lines(self.language, "organisations"))
        return {kind: words for kind, *words in lines}

    @cached_property
    def _forms(self) -> dict[str, re.Pattern[str]]:
        """The patterns of organisations; ``before`` finds what is no part of a Chinese name."""
        words = {kind: _any_of(found) for kind, found in self._form_words.items()}
        if self.language == "zh":
            kinds = ("not", "alone", "sure", "kind")
            first = re.escape("".join({word[0] for kind in kinds for word in self._form_words[kind]}))
            pattern = "|".join(f"(?P<{kind}>{words[kind]})" for kind in kinds)
            return {
                "zh": re.compile(f"(?=[{first}])(?:{pattern})"),
                "before": re.compile(words["before"]),
                "ranked": re.compile(
                    rf"(?:前{_COUNT}(?:{words['counter']})|{_COUNT}(?:{words['ranked']}))的?"
                    rf"[^\W\d_]{{0,6}}?(?P<members>{words['members']})(?!业)|(?P<alone>{_COUNT}强)(?![{_RANKED_PLACES}])"
                ),
            }
        name = r"[A-Z][\w'-]*\.?"
        best, count = words["ranked"], rf"(?:\d+|{words['count']})"
        return {
            "en": re.compile(
                rf"\b(?:(?P<alone>{words['alone']})\b"
                rf"|(?P<of>(?:{words['head']}) of (?:{name} ?)+(?<! ))"
                rf"|(?P<name>(?:{name} (?:(?:&|and) )?){{1,5}}?)"
                rf"(?:(?P<sure>{words['sure']})|(?P<kind>{words['kind']}))\b(?![ ][A-Z])"
                rf"(?:\.?,? (?:{words['sure']})\b)*)"
            ),
            "ranked": re.compile(
                rf"\b(?:(?:{best}) {count}|{count} (?:{best}))"
                rf"(?: [\w-]+){{0,3}}? (?P<members>[\w-]*(?:{words['members']}))\b"
            ),
        }


@cache
def word_data(language: str) -> WordData:
    """The word data of ``en`` or ``zh``, one object for each."""
    return WordData(language)


def _lengths(table: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
    """The lengths of the words that begin with two characters, longest first."""
    bits: dict[str, int] = {}
    for word in table:
        first = word[:2]
        bits[first] = bits.get(first, 0) | 1 << len(word)
    sizes = {b: tuple(n for n in range(b.bit_length() - 1, 0, -1) if b >> n & 1) for b in set(bits.values())}
    return {first: sizes[found] for first, found in bits.items()}


def _by_start(words: Iterable[str], start: re.Pattern[str]) -> dict[str, list[str]]:
    """Words and phrases by what they start with, longest first."""
    index: dict[str, list[str]] = {}
    for word in words:
        if first := start.match(word):
            index.setdefault(first[0], []).append(word)
    for known in index.values():
        if len(known) > 1:
            known.sort(key=len, reverse=True)
    return index


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _longest(
    text: str, table: Mapping[str, str], lengths: Mapping[str, tuple[int, ...]]
) -> Iterator[WordSpan]:
    """The words of a table in a text, from left to right, the longest at each place.

    A word gives way to one that begins a character later and goes on behind it: 增长 in 均增长, not 均增.
    """
    done = 0
    for start in _beginnings(text, lengths):
        size = _size(text, start, table, lengths) if start >= done else 0
        if size and _size(text, start + 1, table, lengths) < size:
            done = start + size
            yield WordSpan(start, done, table[text[start:done]])


def _beginnings(text: str, lengths: Mapping[str, tuple[int, ...]]) -> list[int]:
    """Where two characters stand that a word begins with."""
    return [start for start, pair in enumerate(map(add, text, text[1:])) if pair in lengths]


def _size(text: str, start: int, table: Mapping[str, str], lengths: Mapping[str, tuple[int, ...]]) -> int:
    """The length of the longest word of a table that begins there, 0 where there is none."""
    sizes = lengths.get(text[start : start + 2], ())
    return next((size for size in sizes if text[start : start + size] in table), 0)
