"""What the words of a name mean: a typed phrase to concepts, whatever words and language it uses.

``mfg growth``, ``growth of manufacturing`` and ``制造业增速`` are the same two
concepts, manufacturing and growth. The words are data (``data/words.csv``), a
concept a line. What no line knows stands for itself, and a word that no name of
the vocabulary has is an *unknown* one: nothing can be surely meant by it.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FILLER = "filler"
JOINTS = frozenset(("and", "of", "the"))
SPLIT_FROM = 6  # letters: a shorter unknown word is not taken for two run together
PIECE = 3  # letters of each of them, unless it holds a digit
SHORT = 5  # letters
ABBREVIATION = 4  # letters from which the beginning of a word may stand for it
ALIKE = 0.75  # how much a related concept counts
MENDED = 0.92  # how much a word counts that was spelled wrong
LOOSE = 0.97  # how much a word counts whose phrase was put together
_HAN = re.compile("[\u3400-\u9fff]+")
POSSESSIVE = re.compile(r"['\u2019]s\b")
RUNS = (
    r"(?P<han>[\u3400-\u9fff]+)|(?P<word>[^\W_\u3400-\u9fff]+)"  # compiled where it is needed: that is slow
)


class Concept(NamedTuple):
    """A concept that a phrase says; ``known`` where the vocabulary has a word for it."""

    name: str
    known: bool = True
    sure: float = 1.0  # less where the word had to be mended


class Words:
    """Words and the concepts they stand for; learns the words of each name it is shown.

    All that it knows is in its attributes, plain texts, sets and dictionaries: `vars` of one makes another.
    """

    def __init__(self, known: dict[str, Any] | None = None) -> None:
        """Take what another one knew, or the words by which prose is read."""
        if known is not None:
            self.__dict__.update(known)
            return
        from miit_cli.reading import lexicon  # only where nothing was kept

        typed = lexicon.load_data("names.toml")
        self.kinds: dict[str, str] = {
            concept: kind for kind, concepts in typed["kinds"].items() for concept in concepts
        }
        self._phrases: dict[tuple[str, ...], tuple[str, ...]] = {}  # stemmed words -> concepts
        self._longest: dict[str, int] = {}  # the words of the longest phrase that begins so
        self._han: dict[str, tuple[str, ...]] = {}  # Chinese term -> concepts
        self._longest_han = 1
        self._alike: dict[str, list[str]] = {}
        self._forms: dict[str, None] = {}  # words as they are written, in the order they were learned
        self._known: set[str] = set()  # the same, stemmed
        for concept, *others in typed["alike"]:
            for other in others:
                self._alike.setdefault(concept, []).append(other)
                self._alike.setdefault(other, []).append(concept)
        for concepts, phrases in typed["words"].items():
            for phrase in phrases:
                self._add(phrase, tuple(concepts.split()))
        of_cue = {cue: concept for concept, cues in typed["cues"].items() for cue in cues}
        for language in ("en", "zh"):
            words = lexicon.build(language, {}).words
            for phrase in sorted(words, key=len):  # a longer one only where it says another thing than its words
                word = words[phrase]
                cues = sorted({of_cue[cue] for cue in word.cues & of_cue.keys()})
                if concepts := (*sorted(set().union(*word.atoms)), *cues):
                    self._add(phrase, concepts, self._plain(phrase))

    def _plain(self, phrase: str) -> list[str]:
        """What the words of a phrase say one by one."""
        if phrase.isascii():
            return self._concepts(_stems(_latin(phrase)))
        return [concept for _, found in self._terms(phrase) for concept in found]

    def _add(self, phrase: str, concepts: tuple[str, ...], plain: Iterable[str] = ()) -> None:
        """Learn a phrase, unless it says what its words say; that tell its measure, where prose has the number."""
        measures = (concept for concept in plain if self.kinds.get(concept) == "measure")
        concepts = tuple(dict.fromkeys((*concepts, *measures)))
        if not phrase.isascii():
            if _HAN.fullmatch(phrase) and phrase not in self._han and set(concepts) != set(plain):
                self._han[phrase] = concepts
                self._longest_han = max(self._longest_han, len(phrase))
            return
        forms = _latin(phrase)
        words = _stems(forms)
        self._know(forms)
        if words and words not in self._phrases and set(concepts) != set(plain):
            self._phrases[words] = concepts
            self._longest[words[0]] = max(len(words), self._longest.get(words[0], 1))

    def _know(self, forms: Iterable[str]) -> None:
        for form in forms:
            self._forms[form] = None
            self._known.add(stem(form))

    def learn(self, name: str) -> list[str]:
        """The concepts of one of the vocabulary's names; its words are known from now on."""
        from miit_cli.chinese import simplified

        concepts = list[str]()
        for run in self._runs(name if name.isascii() else simplified(name)):
            if isinstance(run, str):
                for term, said in self._terms(run):
                    self._han.setdefault(term, said)
                    concepts += said
            else:
                self._know(run)
                concepts += self._concepts(_stems(run))
        return [concept for concept in concepts if concept != FILLER]

    def read(self, text: str) -> list[list[Concept]]:
        """What a typed phrase may say: its concepts, without fillers, wrong spelling mended.

        The first reading keeps to the order of the words; the second, where it is
        another, puts together what belongs together wherever it stands.
        """
        if not text.isascii():
            from miit_cli.chinese import mainland

            text = mainland(text)
        ordered, gathered = list[Concept](), list[Concept]()
        for run in self._runs(text):
            if isinstance(run, str):
                concepts = list(self._read_han(run))
                ordered += concepts
                gathered += concepts
            else:
                words, mended = self._spelled(run)
                ordered += self._meant(self._concepts(words), mended)
                gathered += self._meant(self._gathered(words), mended, LOOSE)
        readings = [ordered]
        if sorted(one.name for one in ordered) != sorted(one.name for one in gathered):
            readings.append(gathered)
        return [_distinct(reading) for reading in readings]

    def alike(self, concept: str) -> dict[str, float]:
        """The concepts that may stand for one, and what each counts: 1 for itself, less for a related one."""
        return {**dict.fromkeys(self._alike.get(concept, ()), ALIKE), concept: 1.0}

    @cached_property
    def _told(self) -> set[str]:
        """The concepts that some word says."""
        return {concept for concepts in self._phrases.values() for concept in concepts}

    # --- cutting up ------------------------------------------------------------------------

    def _runs(self, text: str) -> Iterator[str | list[str]]:
        """Runs of Chinese characters, and lists of adjacent words of other scripts."""
        if text.isascii():
            words = _latin(text)
            if words:
                yield words
            return
        text = normalize("NFKC", text).casefold()
        words = list[str]()
        for match in re.finditer(RUNS, POSSESSIVE.sub(" ", text)):
            if match["word"]:
                words.append(match["word"])
                continue
            if words:
                yield words
                words = []
            yield match["han"]
        if words:
            yield words

    def _concepts(self, words: Sequence[str]) -> list[str]:
        """The concepts of stemmed words, the longest phrase first."""
        concepts, at = list[str](), 0
        while at < len(words):
            for size in range(min(self._longest.get(words[at], 1), len(words) - at), 0, -1):
                phrase = tuple(words[at : at + size])
                if size == 1 or phrase in self._phrases:
                    concepts += self._phrases.get(phrase, phrase)
                    at += size
                    break
        return concepts

    def _terms(self, run: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Chinese terms and their concepts, the longest first; what is none stands for itself."""
        at = rest = 0
        while at < len(run):
            for size in range(min(self._longest_han, len(run) - at), 0, -1):
                term = run[at : at + size]
                if term in self._han:
                    if rest < at:
                        yield run[rest:at], (run[rest:at],)
                    yield term, self._han[term]
                    at = rest = at + size
                    break
            else:
                at += 1
        if rest < at:
            yield run[rest:], (run[rest:],)

    # --- reading what was typed ------------------------------------------------------------

    def _read_han(self, run: str) -> Iterator[Concept]:
        mended = self._mend_han(run)
        for term, concepts in self._terms(mended):
            for concept in concepts:
                yield Concept(concept, term in self._han, 1.0 if term in run else MENDED)

    def _mend_han(self, run: str) -> str:
        """A run with a wrong character in a term put right.

        The right ones may be terms by themselves, so what is unknown is tried with
        its neighbours first: of 单向冠军 the 冠军 is known.
        """
        terms = [term for term, _ in self._terms(run)]
        for at, term in enumerate(terms):
            if term in self._han:
                continue
            for start, end in ((at - 1, at + 2), (at - 1, at + 1), (at, at + 2), (at, at + 1)):
                window = "".join(terms[max(start, 0) : end])
                if right := self._mend(window, self._han):
                    before, after = "".join(terms[: max(start, 0)]), "".join(terms[end:])
                    return before + right + (self._mend_han(after) if after else "")
        return run

    def _spelled(self, run: Sequence[str]) -> tuple[list[str], set[str]]:
        """The stemmed words of a run, and which of them were mended."""
        words, mended = list[str](), set[str]()
        for word in self._joined([word for word in run if word not in JOINTS]):
            pieces = self._spell(word)
            words += pieces
            if pieces != [stem(word)]:
                mended.update(pieces)
        return words, mended

    def _meant(self, concepts: Iterable[str], mended: set[str], sure: float = 1.0) -> Iterator[Concept]:
        doubtful = {concept for word in mended for concept in self._concepts([word])}
        for concept in concepts:
            known = concept in self._told or concept in self._known
            yield Concept(concept, known, sure * (MENDED if concept in doubtful else 1.0))

    def _gathered(self, words: Sequence[str]) -> list[str]:
        """The concepts of stemmed words in any order, the longest phrase first."""
        rest, concepts = list(words), list[str]()
        there = set(words)
        phrases = [phrase for phrase in self._phrases if len(set(phrase)) > 1 and there.issuperset(phrase)]
        for phrase in sorted(phrases, key=len, reverse=True):
            if set(phrase) <= set(rest):
                concepts += self._phrases[phrase]
                rest = [word for word in rest if word not in phrase]
        return concepts + self._concepts(rest)

    def _joined(self, words: Sequence[str]) -> Iterator[str]:
        """Words that were typed apart, as one: ``broad band``."""
        words = [*words, ""]
        while len(words) > 1:
            one, two = words[0], words[1]
            apart = two and (stem(one) not in self._known or stem(two) not in self._known)
            if apart and stem(one + two) in self._known:
                yield one + two
                words = words[2:]
            else:
                yield one
                words = words[1:]

    def _spell(self, word: str) -> list[str]:
        """The known words, stemmed, that a word stands for: itself, two run together, the nearest."""
        if stem(word) in self._known:
            return [stem(word)]
        if pieces := self._split(word):
            return pieces
        mended = self._mend(word, self._forms) or self._complete(word)
        return [stem(mended or word)]

    def _split(self, word: str, most: int = 3) -> list[str]:
        """Known words that were run together, at most three: ``5gbasestations``."""
        for end in range(len(word) - 1, 1, -1):
            head, tail = word[:end], word[end:]
            if not self._is_piece(head):
                continue
            if self._is_piece(stem(tail)):
                return [head, stem(tail)]
            if most > 2 and len(tail) >= SPLIT_FROM and (rest := self._split(tail, most - 1)):
                return [head, *rest]
        return []

    def _is_piece(self, word: str) -> bool:
        return word in self._known and (len(word) >= PIECE or any(map(str.isdigit, word)))

    def _mend(self, word: str, known: Iterable[str]) -> str | None:
        """The known word nearest in spelling, if it is near enough.

        Digits are never mended: 6G is no slip of 5G.
        """
        allowed = _slips(word)
        if not allowed or any(map(str.isdigit, word)):
            return None
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        near = process.extract(word, list(known), scorer=OSA.distance, score_cutoff=allowed, limit=20)
        ranked = sorted(
            (distance + _oddity(word, found), sorted(found) != sorted(word), -len(found), order, found)
            for found, distance, order in near
            if distance + _oddity(word, found) <= allowed
        )
        return ranked[0][4] if ranked else None

    def _complete(self, word: str) -> str | None:
        """The one known word that begins so."""
        if len(word) < ABBREVIATION:
            return None
        longer = [known for known in self._forms if known.startswith(word)]
        concepts = {self._phrases.get((stem(known),), (stem(known),)) for known in longer}
        return longer[0] if len(concepts) == 1 else None


def _distinct(reading: Iterable[Concept]) -> list[Concept]:
    """Each concept once, fillers left out."""
    return list({one.name: one for one in reading if one.name != FILLER}.values())


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """A word without the plural's ending.

    >>> stem("factories"), stem("stations"), stem("access")
    ('factory', 'station', 'access')
    """
    if len(word) <= PIECE or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("ches", "shes", "xes")) else word[:-1]


def _stems(words: Iterable[str]) -> tuple[str, ...]:
    """Words as they are compared; what only joins them is left out."""
    return tuple(stem(word) for word in words if word not in JOINTS)


def _latin(text: str) -> list[str]:
    return re.findall("[a-z0-9]+", POSSESSIVE.sub(" ", text.casefold()))


def _slips(word: str) -> int:
    """How many letters may be wrong in a word, added, missing or swapped.

    A Chinese character carries more than a letter: one may be wrong in three.
    """
    return int(len(word) >= 3) + int(len(word) >= 7 and word.isascii())


def _oddity(word: str, known: str) -> int:
    """What makes a slip less likely than its letters say.

    Who cannot spell a word mostly gets its first letter right. A short word
    with a wrong letter is mostly another word: only a missing letter or two
    swapped are slips there. Digits are no letters.
    """
    odd = 9 * any(map(str.isdigit, known))
    if not word.isascii():  # a character more or less makes another word: 非制造业
        return odd + abs(len(known) - len(word))
    odd += word[0] != known[0]
    if len(word) < SHORT:
        swapped = len(known) == len(word) and sorted(known) == sorted(word)
        odd += not (swapped or len(known) > len(word))
    return odd
