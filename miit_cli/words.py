"""What the words of a name mean: a typed phrase to concepts, whatever words and language it uses.

``mfg growth``, ``growth of manufacturing`` and ``制造业增速`` are the same two
concepts, manufacturing and growth. They are known by the words that prose is
read by (`reading.lexicon`), a concept being an atom or a measure;
``data/names.toml`` adds what only a name needs. What is no known word stands for
itself, and a word that no name of the vocabulary has is an *unknown* one: nothing
can be surely meant by it.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from itertools import permutations
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence, Set

    _Run = Sequence[str]  # Chinese characters, or words of another script as they are compared

FILLER = "filler"
UNHEARD = ("soft", "filler")  # the kinds of concepts that a phrase may say or not
JOINTS = frozenset(("and", "of", "the"))
GATHERED = 4  # the most words of a phrase that are put together from where they stand
MANY = 8  # words of which only two are
SPLIT_FROM = 6  # letters: a shorter unknown word is not taken for two run together
PIECE = 3  # letters of each of them, unless it holds a digit
SHORT = 5  # letters
ABBREVIATION = 4  # letters from which the beginning of a word may stand for it
ALIKE = 0.75  # how much a related concept counts
MENDED = 0.92  # how much a word counts that was spelled wrong
LOOSE = 0.97  # how much a word counts whose phrase was put together
POSSESSIVE = re.compile(r"['\u2019]s\b")
RUNS = r"[\u3400-\u9fff]+|[^\W_\u3400-\u9fff]+"  # compiled where it is needed: that is slow


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
        """Take what another one knew, or the words of the data."""
        if known is not None:
            self.__dict__.update(known)
            return
        from miit_cli.reading.lexicon import all_words, load_data  # only where nothing was kept

        typed = load_data("names.toml")
        self.kinds = {concept: kind for kind, concepts in typed["kinds"].items() for concept in concepts}
        self._alike: dict[str, dict[str, float]] = {}
        for concept, *others in typed["alike"]:
            for other in others:
                self._alike.setdefault(concept, {})[other] = ALIKE
                self._alike.setdefault(other, {})[concept] = ALIKE
        self._phrases: dict[str, str] = {}  # stemmed words, or a Chinese term -> concepts
        self._longest: dict[str, int] = {}  # the parts of the longest phrase that begins so
        self._known: dict[str, None] = {}  # stemmed words, in the order they were learned
        for concepts, phrases in typed["words"].items():
            for phrase in phrases:
                self._add(_run(phrase), set(concepts.split()))
        for language in ("en", "zh"):
            words = all_words(language, ())
            for phrase in sorted(words, key=len):
                cues = {typed["cues"][cue] for cue in words[phrase].cues & typed["cues"].keys()}
                if concepts := cues.union(*words[phrase].atoms):
                    run = _run(phrase)
                    self._add(run, concepts, {concept for _, said in self._terms(run) for concept in said})

    def _add(self, run: _Run, concepts: Set[str], plain: Set[str] = frozenset()) -> None:
        """Learn what a phrase says, unless its words say it one by one, which is ``plain``.

        They tell its measure, too: of prose the number tells that.
        """
        kinds = self.kinds
        concepts = concepts | {concept for concept in plain if kinds.get(concept) == "measure"}
        if run and (not plain or any(kinds.get(concept) not in UNHEARD for concept in concepts ^ plain)):
            self._keep(run, " ".join(sorted(concepts)))

    def _keep(self, run: _Run, concepts: str) -> None:
        self._phrases.setdefault(_term(run), concepts)
        self._longest[run[0]] = max(len(run), self._longest.get(run[0], 0))
        if not isinstance(run, str):
            self._known.update(dict.fromkeys(run))

    def learn(self, name: str) -> list[str]:
        """The concepts of one of the vocabulary's names; its words are known from now on."""
        concepts = list[str]()
        for run in _runs(name):
            for term, said in list(self._terms(run)):
                self._keep(term if isinstance(run, str) else term.split(), term)
                concepts += said
        return [concept for concept in concepts if concept != FILLER]

    def read(self, text: str) -> list[list[Concept]]:
        """What a typed phrase may say: its concepts, without fillers, wrong spelling mended.

        The first reading keeps to the order of the words; the second, where it is
        another, puts together what belongs together wherever it stands.
        """
        ordered, gathered = dict[str, Concept](), dict[str, Concept]()
        for typed in _runs(text):
            run: _Run
            if isinstance(typed, str):
                run = self._mended_han(typed)
            else:
                run = [piece for word in self._joined(typed) for piece in self._spell(word)]
            ordered.update(self._meant(self._terms(run), typed))
            gathered.update(self._meant(self._gathered(run), typed, LOOSE))
        readings = [ordered, gathered] if ordered.keys() != gathered.keys() else [ordered]
        return [[one for one in reading.values() if one.name != FILLER] for reading in readings]

    def alike(self, concept: str) -> dict[str, float]:
        """The concepts that may stand for one, and what each counts: 1 for itself, less for a related one."""
        return {**self._alike.get(concept, {}), concept: 1.0}

    @cached_property
    def _han(self) -> list[str]:
        return [term for term in self._phrases if not term.isascii()]

    # --- cutting up ------------------------------------------------------------------------

    def _terms(self, run: _Run) -> Iterator[tuple[str, list[str]]]:
        """Phrases and their concepts, the longest first; what is none stands for itself."""
        at, strange = 0, ""
        while at < len(run):
            for size in range(min(self._longest.get(run[at], 0), len(run) - at), 0, -1):
                term = _term(run[at : at + size])
                if term in self._phrases:
                    break
            else:
                size, term = 1, ""
                strange += run[at]
            at += size
            if strange and (term or at == len(run) or not isinstance(run, str)):
                yield strange, [strange]
                strange = ""
            if term:
                yield term, self._phrases[term].split()

    # --- reading what was typed ------------------------------------------------------------

    def _meant(
        self, terms: Iterable[tuple[str, list[str]]], typed: _Run, sure: float = 1.0
    ) -> Iterator[tuple[str, Concept]]:
        for term, said in terms:
            known = term in self._phrases or term in self._known
            right = all(part in typed for part in term.split())
            for concept in said:
                yield concept, Concept(concept, known, sure if right else sure * MENDED)

    def _gathered(self, run: _Run) -> Iterator[tuple[str, list[str]]]:
        """The terms of words in any order, the longest phrase first."""
        rest = run
        size = 0 if isinstance(run, str) else GATHERED if len(run) <= MANY else 2
        while size > 1:
            found = next((words for words in permutations(rest, size) if _term(words) in self._phrases), None)
            if found:
                yield _term(found), self._phrases[_term(found)].split()
                rest = [word for word in rest if word not in found]
            else:
                size -= 1
        yield from self._terms(rest)

    def _mended_han(self, run: str) -> str:
        """A run with a wrong character in a term put right.

        The right ones may be terms by themselves, so what is unknown is tried with
        its neighbours first: of 单向冠军 the 冠军 is known.
        """
        terms = [term for term, _ in self._terms(run)]
        for at, term in enumerate(terms):
            if term in self._phrases:
                continue
            for start, end in ((at - 1, at + 2), (at - 1, at + 1), (at, at + 2), (at, at + 1)):
                window = "".join(terms[max(start, 0) : end])
                if right := self._mend(window, [term for term in self._han if len(term) == len(window)]):
                    before, after = "".join(terms[: max(start, 0)]), "".join(terms[end:])
                    return before + right + (self._mended_han(after) if after else "")
        return run

    def _joined(self, words: Sequence[str]) -> Iterator[str]:
        """Words that were typed apart, as one: ``broad band``."""
        while words:
            one, two = words[0], "".join(words[1:2])
            apart = not two or {one, two} <= self._known.keys() or one + two not in self._known
            yield one if apart else one + two
            words = words[1 if apart else 2 :]

    def _spell(self, word: str) -> list[str]:
        """The known words that a word stands for: itself, two run together, the nearest."""
        if word in self._known:
            return [word]
        return self._split(word) or [self._mend(word, self._known) or self._complete(word) or word]

    def _split(self, word: str, most: int = 3) -> list[str]:
        """Known words that were run together, at most three: ``5gbasestations``."""
        for end in range(len(word) - 1, 1, -1):
            head, tail = word[:end], word[end:]
            if not self._is_piece(head):
                continue
            if self._is_piece(tail):
                return [head, tail]
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
        letters, least, most = set(word), len(word) - allowed, len(word) + allowed
        near = [
            found
            for found in known
            if least <= len(found) <= most and len(letters.symmetric_difference(found)) <= 2 * allowed
        ]
        if not near:
            return None
        from rapidfuzz.distance import OSA  # here: who mistypes nothing need not wait for it

        def badness(found: str) -> tuple[int, bool, int]:
            wrong = OSA.distance(word, found) + _oddity(word, found)
            return wrong, sorted(found) != sorted(word), -len(found)

        best = min(near, key=badness)
        return best if badness(best)[0] <= allowed else None

    def _complete(self, word: str) -> str | None:
        """The one known word that begins so."""
        if len(word) < ABBREVIATION:
            return None
        longer = [known for known in self._known if known.startswith(word)]
        return longer[0] if len({self._phrases.get(known, known) for known in longer}) == 1 else None


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
    return word[:-2] if word.endswith(("ches", "shes", "sses", "xes")) else word[:-1]


def _runs(text: str) -> Iterator[_Run]:
    """Runs of Chinese characters, and lists of adjacent words of other scripts, as they are compared.

    What only joins words is left out.
    """
    words = list[str]()
    for part in re.findall("[a-z0-9]+" if text.isascii() else RUNS, POSSESSIVE.sub(" ", _plain(text))):
        if not "\u3400" <= part[0] <= "\u9fff":
            words += [stem(part)] if part not in JOINTS else []
            continue
        if words:
            yield words
            words = []
        yield part
    if words:
        yield words


def _plain(text: str) -> str:
    if not text.isascii():
        from miit_cli.chinese import mainland

        text = mainland(normalize("NFKC", text))
    return text.casefold().replace("%", " percent ")


def _run(phrase: str) -> _Run:
    """The run that a phrase is; none where it is written in two scripts, and read as two."""
    runs = list(_runs(phrase))
    return runs[0] if len(runs) == 1 else ""


def _term(run: _Run) -> str:
    return run if isinstance(run, str) else " ".join(run)


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
