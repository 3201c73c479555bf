"""Learns the weights of the reader from labelled texts, and measures them with whole documents held out.

    python tools/train.py                 # writes miit_cli/data/weights.json
    python tools/train.py --folds 5       # only measures: weights read documents that they have not seen
    python tools/train.py --calibrate FOLDER ...  # how sure it is, on texts that nothing was learned from
    python tools/train.py --ceiling       # how often the right candidate is among them, and where not

Each question (which indicator, which way, which standing, which period) is a softmax over the candidates
of a number (``learning.py``); the reader itself walks through the texts, first told the right answers, then
by what it has learned from other texts: what was said before is in life not always understood either. The
result is rounded to integers, sorted and deterministic; ``SHAPES`` says how large it is.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from decimal import Decimal
from math import log10
from pathlib import Path
from statistics import fmean, median
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).resolve().parent))
import evaluate
import labelled
import retold
import variants
from learning import Examples, Shape, learned

from miit_cli import confidence, corpus, vocabulary
from miit_cli.confidence import Platt
from miit_cli.reading import ranking
from miit_cli.reading.calibration import Signals, held_back, share
from miit_cli.reading.candidates import UNCATALOGUED
from miit_cli.reading.features import Block
from miit_cli.reading.features import names as named
from miit_cli.reading.parsing import Parsed
from miit_cli.reading.ranking import Candidate
from miit_cli.reading.reader import Reader
from miit_cli.reading.spans import TIMES, Quantity
from miit_cli.types import Observation

ROOT = Path(__file__).resolve().parent.parent
BUNDLED = ROOT / "tests" / "bundled-records.csv"
WEIGHTS = ROOT / "miit_cli" / "data" / "weights.json"
MISTAKES = {"link": 6, "period": 12}  # percent of the answers that are told wrong to the numbers after
CASES = labelled.TEXTS.parent / "cases"
CONFIDENCE = WEIGHTS.with_name("confidence.json")
MAGNITUDES = WEIGHTS.with_name("magnitudes.csv")
NO_DIRECTION = "unknown-direction"  # the reason of a label: a number whose sign no word tells
RELIABILITY = ROOT / "docs" / "records.md"
PRECISION = 0.95  # of what is shown by default so many are right
SURE, SURELY = 0.9, 0.97  # what says so much, and so many of it are right
_MOST, _NEAR = 4.0, 0.001  # that a bias may shift, and how near is enough
STIFFNESS = 0.3  # of the regression: the less, the smaller its weights
TOLD, CLOSEST = 4, 0.2  # texts that tell how large an indicator is; the least spread, in decimal logarithms
QUESTIONS = ("link", "period", "sign", "status")
SHAPES = {
    "link": Shape(units=48, least=5, epochs=20, rate=0.003, networks=2),
    "period": Shape(units=48, least=3, epochs=24, rate=0.004, networks=2),
    "sign": Shape(units=4, least=2, epochs=30, rate=0.01, decay=3e-5, masked=0.0),
    "status": Shape(units=8, least=3, epochs=24, rate=0.01),
}

# The reasons of the labels to those of the reader.
REASONS = {
    "count": "tally", "other": "tally", "price": "tally", "date": "tally", "rank": "tally", "name": "tally",
    "footnote": "tally", "page": "tally", "population": "tally", "month_on_month": "month-on-month",
}  # fmt: skip


class Answers:
    """What is right for each number of a labelled text."""

    def __init__(self, text: labelled.Labelled) -> None:
        self.text = text
        self.used: set[int] = set()

    def rows(self, parsed: Parsed, number: int) -> list[labelled.Gold]:
        """The records that a number is."""
        q = parsed.numbers[number]
        near = [gold for gold in self.text.records if _covers(gold.span, q)]
        fitting = [
            gold for gold in near if q.value is not None and abs(q.value) in {abs(v) for v in gold.values}
        ]
        alone = near and sum(_covers(near[0].span, parsed.numbers[n]) for n in parsed.places) == 1
        return fitting or (near if alone else [])

    def good(  # noqa: PLR0911  # one answer a question
        self, question: str, parsed: Parsed, number: int, candidates: Sequence[Candidate]
    ) -> list[int] | None:
        """The places of the right candidates; None where the labels do not tell."""
        rows = self.rows(parsed, number)
        if question == "link":
            return self._links(rows, parsed, number, candidates)
        if not rows:
            if question == "sign" and self.undirected(parsed, number):
                return [i for i, candidate in enumerate(candidates) if candidate.key == "unknown"]
            return None
        if question == "period":
            good = [i for i, candidate in enumerate(candidates) if _is_period(candidate.key, rows[0])]
            return good if good or rows[0].catalogued else None
        if question == "status":
            return [
                i for i, candidate in enumerate(candidates) if candidate.key in rows[0].accepted("status")
            ]
        if rows[0].indicator.endswith("-reduction"):
            return [0, 1]
        if not any(rows[0].values):
            return None
        signs = {"down" if value < 0 else "up" for value in rows[0].values}
        return [i for i, candidate in enumerate(candidates) if candidate.key in signs]

    def undirected(self, parsed: Parsed, number: int) -> bool:
        """Whether no word tells if what the number measures rose or fell."""
        q = parsed.numbers[number]
        return any(_covers(other.span, q) and other.reason == NO_DIRECTION for other in self.text.others)

    def _links(
        self, rows: list[labelled.Gold], parsed: Parsed, number: int, candidates: Sequence[Candidate]
    ) -> list[int] | None:
        if not rows:
            none = [other for other in self.text.others if _covers(other.span, parsed.numbers[number])]
            if not none:
                return None if self.text.told else _reasons(candidates)
            if none[0].reason == NO_DIRECTION:
                return None
            reason = REASONS.get(none[0].reason, none[0].reason)
            return [i for i, candidate in enumerate(candidates) if candidate.key == reason]
        self.used.update(map(id, rows))
        catalogued = {gold.indicator for gold in rows if gold.catalogued}
        keys: set[object] = set()
        for gold in rows:
            keys |= {_key(slug) for slug in gold.accepted("indicator")}
        if any(gold.optional for gold in rows):
            keys.add(UNCATALOGUED)
        joint = [
            i
            for i, c in enumerate(candidates)
            if len(catalogued) > 1 and isinstance(c.key, tuple) and set(c.key) == catalogued
        ]
        return joint or [i for i, candidate in enumerate(candidates) if candidate.key in keys]


def _reasons(candidates: Sequence[Candidate]) -> list[int]:
    """The places of all but indicators: what a number is that is no record, for whatever reason."""
    return [i for i, candidate in enumerate(candidates) if isinstance(candidate.key, str)]


def _key(slug: str) -> object:
    """What the reader calls an indicator, or a figure that has no entry."""
    if slug.startswith(labelled.OTHER):
        return "month-on-month" if "month-on-month" in slug else UNCATALOGUED
    return (slug,)


class CaseAnswers(Answers):
    """What is right for the numbers of a case: its records, by value."""

    def rows(self, parsed: Parsed, number: int) -> list[labelled.Gold]:
        value = parsed.numbers[number].value
        return [
            gold
            for gold in self.text.records
            if value is not None and _same(value, gold.value, parsed, number)
        ]


def _same(value: Decimal, wanted: Decimal, parsed: Parsed, number: int) -> bool:
    if parsed.numbers[number].unit == TIMES:
        return abs(wanted) in (value * 100, (value - 1) * 100)
    return abs(value) == abs(wanted)


def cases(language: str = "") -> list[labelled.Labelled]:
    """The cases of ``tests/cases`` as labelled texts, each a document of its own."""
    found = []
    for path in sorted(CASES.glob("*/*.toml")):
        file = tomllib.loads(path.read_text(encoding="utf-8"))
        if file.get("vocabulary") or not file["language"].startswith(language):
            continue
        for n, case in enumerate(file.get("case", [])):
            found.append(_case(path, n, case, file["language"]))
    return found


def _case(path: Path, n: int, case: dict[str, Any], language: str) -> labelled.Labelled:
    id = f"{path.stem}-{n}"
    if case["text"].lstrip().startswith("---"):
        document = corpus.parse_document(Path(f"{case['date']}-{id}.md"), case["text"].lstrip().encode())
    else:
        document = corpus.text_document(case["text"], id=id, date=case["date"].isoformat(), language=language)
    rows = [line.split() for line in case["records"].splitlines() if line.strip()]
    gold = tuple(
        labelled.Gold(
            document.id, row[0], Decimal(row[1]), row[2], row[3], "" if row[4] == "-" else row[4], row[5],
            "", {}, "",
            labelled.Span(-1, -1),
        )
        for row in rows
    )  # fmt: skip
    return labelled.Labelled(path, document, gold, ())


def extra(language: str, told: Sequence[labelled.Labelled] = ()) -> list[labelled.Labelled]:
    """What teaches beside the labelled texts and is not measured.

    These are cases, variants of plain sentences, and some of the texts ``told`` as those of another owner.
    """
    with tempfile.TemporaryDirectory() as folder:
        made = [variant for each in ("en", "zh") for variant in variants.variants(each, "train")]
        variants.write(made, Path(folder, "variants"))
        retold.retold(told, Path(folder, "retold"))
        written = [
            text for text in labelled.load([Path(folder)]) if text.document.language.startswith(language)
        ]
    return [*cases(language), *written, *(bundled() if "en".startswith(language) else [])]


def bundled() -> list[labelled.Labelled]:
    """The bundled reports with their records."""
    rows: dict[str, list[labelled.Gold]] = defaultdict(list)
    with BUNDLED.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            told = (row["bound"], row["status"], row["start"], row["end"], row["basis"])
            rows[row["document"]].append(
                labelled.Gold(
                    row["document"],
                    row["indicator"],
                    Decimal(row["value"]),
                    *told,
                    {},
                    "",
                    labelled.Span(-1, -1),
                )
            )
    found = []
    for path in sorted((ROOT / "corpus").glob("*.md")):
        document = corpus.parse_document(path, path.read_bytes())
        found.append(labelled.Labelled(BUNDLED.with_suffix(".toml"), document, tuple(rows[document.id]), ()))
    return found


def answers(text: labelled.Labelled) -> Answers:
    """The right answers of a text."""
    return CaseAnswers(text) if text.folder.suffix == ".toml" else Answers(text)


def _around(text: str, begin: int, q: Quantity) -> str:
    """The words around a number, the number in brackets."""
    return f"{text[begin : q.start]}[[{text[q.start : q.end]}]]{text[q.end : q.end + 40]}"


def _covers(span: labelled.Span, q: Quantity) -> bool:
    return span.start < q.end and q.start < span.end


def _is_period(key: object, gold: labelled.Gold) -> bool:
    begin, finish = key  # type: ignore[misc]
    if finish not in gold.accepted("end"):
        return False
    return not gold.start or (begin or "") in gold.accepted("start")


class Missing(NamedTuple):
    """A number whose right answer is not among its candidates."""

    question: str
    document: str
    wanted: str
    context: str


class Teacher:
    """A chooser that knows the labels: gives the right answers and keeps them as examples."""

    def __init__(self) -> None:
        self.examples = {question: Examples() for question in QUESTIONS}
        self.missing: list[Missing] = []
        self.asked: Counter[str] = Counter()
        self.answers: Answers | None = None

    def __call__(
        self,
        question: str,
        parsed: Parsed,
        number: int,
        candidates: Sequence[Candidate],
        common: Sequence[Block | str],
    ) -> tuple[int, float]:
        assert self.answers is not None
        good = self.answers.good(question, parsed, number, candidates)
        if good is not None:
            self.asked[question] += 1
        if good:
            self.examples[question].add(self.answers.text.document.id, candidates, common, good)
        return self._answer(question, parsed, number, candidates, common, good), 1.0

    def _answer(
        self,
        question: str,
        parsed: Parsed,
        number: int,
        candidates: Sequence[Candidate],
        common: Sequence[str],  # only weights need them
        good: list[int] | None,
    ) -> int:
        """What the numbers after are told: of those that no label is for, what is as good as another."""
        assert self.answers is not None
        if good is None:
            if question == "link" and self.answers.undirected(parsed, number):
                return _growing(candidates)
            return _indifferent(question, candidates)
        if not good:
            self.missing.append(self._missing(question, parsed, number))
            return 0
        return self._told(question, parsed, number, candidates, good)

    def _told(
        self, question: str, parsed: Parsed, number: int, candidates: Sequence[Candidate], good: list[int]
    ) -> int:
        """The right answer, now and then a wrong one: what was read before is not always right in life."""
        place = f"{self.answers.text.document.id if self.answers else ''} {parsed.numbers[number].start}"
        wrong = [i for i in range(len(candidates)) if i not in good]
        if question in MISTAKES and wrong and crc32(place.encode()) % 100 < MISTAKES[question]:
            return wrong[crc32(place.encode()) // 100 % len(wrong)]
        return _named(candidates, good)

    def _missing(self, question: str, parsed: Parsed, number: int) -> Missing:
        q, sentence = parsed.numbers[number], parsed.sentence
        rows = self.answers.rows(parsed, number) if self.answers else []
        wanted = " ".join(f"{g.indicator} {g.value} {g.start}..{g.end}" for g in rows)
        text = parsed.text
        context = _around(text, max(sentence.start, q.start - 70), q)
        return Missing(
            question, self.answers.text.document.id if self.answers else "", wanted, " ".join(context.split())
        )


class Learner(Teacher):
    """A chooser that goes by weights, as the reader does in life, and keeps what would have been right."""

    def __init__(self, weights: Mapping[str, Mapping[str, Any]], teacher: Teacher) -> None:
        super().__init__()
        self.weights = {question: ranking.Weights(learnt) for question, learnt in weights.items()}
        self.examples = {name: known.of(lambda _: False) for name, known in teacher.examples.items()}

    def _answer(
        self,
        question: str,
        parsed: Parsed,
        number: int,
        candidates: Sequence[Candidate],
        common: Sequence[str],
        good: list[int] | None,
    ) -> int:
        odds = ranking.probabilities(candidates, common, self.weights[question])
        return ranking.most_probable(candidates, odds)[0]


def _named(candidates: Sequence[Candidate], good: Sequence[int]) -> int:
    """Of several right answers an indicator before a reason, and the one that is named beside the number."""
    listed = [i for i in good if isinstance(candidates[i].key, tuple)] or good
    told = {i: {*named(candidates[i].features)} for i in listed} if len(listed) > 1 else {}
    beside = [i for i, names in told.items() if "x=0" in names and {"s=B/0.0", "al=y", "al=Y"} & names]
    return beside[0] if beside else listed[0]


def _growing(candidates: Sequence[Candidate]) -> int:
    """The place of the growth that is named beside the number."""
    told = {i: named(c.features) for i, c in enumerate(candidates) if c.group == "growth"}
    near = [i for i, features in told.items() if "x=0" in features]
    return next((i for i in near if "s=B/0.0" in told[i]), near[0] if near else 0)


def _indifferent(question: str, candidates: Sequence[Candidate]) -> int:
    wanted = {"link": "tally", "status": "actual", "sign": "up"}.get(question)
    return next((i for i, candidate in enumerate(candidates) if candidate.key == wanted), 0)


def taught(texts: Sequence[labelled.Labelled], reader: Reader, teacher: Teacher) -> list[labelled.Gold]:
    """Reads the texts with the right answers; the records that no number was found for."""
    lost: list[labelled.Gold] = []
    for text in texts:
        teacher.answers = answers(text)
        reader.choose = teacher
        reader.read(text.document)
        lost += [gold for gold in text.records if id(gold) not in teacher.answers.used]
    return lost


def train(examples: Mapping[str, Examples], held: Set[str] = frozenset()) -> dict[str, dict[str, Any]]:
    """The weights of every question, from all documents but those held out."""
    return {
        question: learned(examples[question].of(lambda document: document not in held), SHAPES[question])
        for question in QUESTIONS
    }


def count(learnt: Mapping[str, Any]) -> int:
    """How many weights there are that are not zero."""
    told = [row.split() for part in ("own", "common") for row in learnt[part].values()]
    rows = [*([*map(int, row)] for row in told), *learnt["groups"].values()]
    grouped = sum(map(len, learnt["grouped"].values()))
    return grouped + sum(weight != 0 for row in [*rows, learnt["units"]] for weight in row)


def written(weights: Mapping[str, Mapping[str, Any]]) -> str:
    """Weights as the data file holds them: sorted, a feature a line, so that a review sees what changed."""
    return _json({question: dict(weights[question]) for question in sorted(weights)}, 3) + "\n"


def magnitudes(texts: Sequence[labelled.Labelled]) -> str:
    """How large the values of each indicator are, as the data file holds it: of what enough texts tell of."""
    told: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for text in texts:
        for gold in text.records:
            if gold.catalogued and gold.value:
                told[gold.indicator][text.document.id].append(log10(abs(gold.value)))
    rows = ["indicator,middle,spread"]
    for slug, by_text in sorted(told.items()):
        sizes = [size for some in by_text.values() for size in some]
        if len(by_text) >= TOLD:
            middle = median(sizes)
            spread = max(fmean(abs(size - middle) for size in sizes), CLOSEST)
            rows.append(f"{slug},{middle:.2f},{spread:.2f}")
    return "\n".join(rows) + "\n"


def _json(value: object, depth: int) -> str:
    if not depth or not isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    rows = (f"{json.dumps(key, ensure_ascii=False)}: {_json(value[key], depth - 1)}" for key in sorted(value))
    return "{\n" + ",\n".join(rows) + "\n}"


def read_alone(
    parts: Sequence[Sequence[labelled.Labelled]],
    teacher: Teacher,
    reader: Reader,
    held: Set[str] = frozenset(),
) -> dict[str, Examples]:
    """The examples of the parts, where what was said before is as the reader finds it, right or wrong.

    Each part is read by weights that were learned from the others: of texts that it has learned by heart a
    reader would be too sure. Beside the parts stand the examples that the teacher has of other texts.

    Args:
        parts: texts.
        teacher: has the examples of all texts.
        reader: of the texts.
        held: documents that nothing may be learned from.
    """
    names = {text.document.id for part in parts for text in part}
    left_out = names | held
    found = {
        question: teacher.examples[question].of(lambda document: document not in left_out)
        for question in QUESTIONS
    }
    for part in parts:
        others = held | {text.document.id for text in part}
        learner = Learner(train(teacher.examples, others), teacher)
        taught(part, reader, learner)
        for question in QUESTIONS:
            found[question].asked += learner.examples[question].asked
    return found


class Judge:
    """A chooser that answers by weights and keeps score of what is right."""

    def __init__(self, weights: Mapping[str, Mapping[str, Any]], misses: bool = False) -> None:
        self.misses = misses
        self.weights = {question: ranking.Weights(learnt) for question, learnt in weights.items()}
        self.answers: Answers | None = None
        self.scores: dict[str, Counter[str]] = defaultdict(Counter)

    def __call__(
        self,
        question: str,
        parsed: Parsed,
        number: int,
        candidates: Sequence[Candidate],
        common: Sequence[Block | str],
    ) -> tuple[int, float]:
        assert self.answers is not None
        odds = ranking.probabilities(candidates, common, self.weights[question])
        taken, sure = ranking.most_probable(candidates, odds)
        good = self.answers.good(question, parsed, number, candidates)
        if good is not None:
            self._score(question, parsed, number, candidates, taken, sure, good)
        return taken, sure

    def _score(
        self,
        question: str,
        parsed: Parsed,
        number: int,
        candidates: Sequence[Candidate],
        taken: int,
        sure: float,
        good: list[int],
    ) -> None:
        score = self.scores[f"{question} {self.answers.text.kind}"]  # type: ignore[union-attr]
        right = taken in good or any(candidates[i].key == candidates[taken].key for i in good)
        score["asked"] += 1
        score["right"] += right
        if question == "link":
            got = isinstance(candidates[taken].key, tuple)
            rows = self.answers.rows(parsed, number)  # type: ignore[union-attr]
            wanted = any(g.catalogued for g in rows) and not any(g.optional for g in rows)
            score["got"] += got
            score["wanted"] += wanted
            score["hit"] += got and right
            if self.misses and (got or wanted) and not right:
                self._tell(question, parsed, number, candidates, taken, sure, good)
        elif self.misses and not right:
            self._tell(question, parsed, number, candidates, taken, sure, good)

    def _tell(
        self,
        question: str,
        parsed: Parsed,
        number: int,
        candidates: Sequence[Candidate],
        taken: int,
        sure: float,
        good: list[int],
    ) -> None:
        rows = self.answers.rows(parsed, number)  # type: ignore[union-attr]
        wanted = [f"{g.indicator}:{g.status}:{g.start}..{g.end}:{g.value}" for g in rows] or [
            str(candidates[i].key) for i in good
        ]
        q, sentence, text = parsed.numbers[number], parsed.sentence, parsed.text
        context = _around(text, max(sentence.start, q.start - 70), q)
        print(
            f"{question} {sure:.2f} got {candidates[taken].key} want {wanted} | {' '.join(context.split())}"
        )


def folds(texts: list[labelled.Labelled], count: int) -> list[list[labelled.Labelled]]:
    """The texts parted into so many sets of whole documents."""
    order = sorted(texts, key=lambda text: text.document.id)
    random.Random(1).shuffle(order)
    return [order[k::count] for k in range(count)]


class Held(NamedTuple):
    """What came out of texts that were read by weights which had not seen them."""

    scores: dict[str, Counter[str]]
    verdicts: list[evaluate.Verdict]


def held_out(
    texts: list[labelled.Labelled], language: str, count: int, only: int = 0, misses: bool = False
) -> Held:
    """Reads each document by weights learned from the others; ``only`` so many of the folds, 0 for all."""
    teacher, reader = Teacher(), Reader(vocabulary.load())
    taught([*texts, *extra(language)], reader, teacher)
    held = Held(defaultdict(Counter), [])
    parts = folds(texts, count)
    for fold in parts[: only or None]:
        others = [part for part in parts if part is not fold]
        examples = read_alone(others, teacher, reader, {text.document.id for text in fold})
        judge = Judge(train(examples), misses)
        reader.choose = judge
        for text in fold:
            judge.answers = Answers(text)
            held.verdicts.append(evaluate.pair(text, reader.read(text.document).observations))
        for name, score in judge.scores.items():
            held.scores[name.split()[0]].update(score)
    return held


def tell(held: Held) -> None:
    """Prints how well the choices and the records were read."""
    for question, score in sorted(held.scores.items()):
        print(f"{question:8} {score['asked']:6} asked, {score['right'] / score['asked']:.3f} right")
    for by in ("language", "kind"):
        print(*evaluate.scores(held.verdicts, by), sep="\n")
    print(*evaluate.reliability(held.verdicts), sep="\n")


class Judged(NamedTuple):
    """A record that was read of a text that nothing was learned from."""

    signals: Signals
    found: bool
    right: bool


def judged(texts: Sequence[labelled.Labelled]) -> list[Judged]:
    """The records of some texts, each with its signals."""
    seen: list[Signals] = []

    def number(observation: Observation, signals: Signals, language: str) -> float:
        seen.append(signals)
        return float(len(seen))  # its place, from 1, stands for what is not known yet

    reader = Reader(vocabulary.load(), calibrate=number)
    told = []
    for text in texts:
        told += evaluate.record_scores([evaluate.pair(text, reader.read(text.document).observations)])
    return [  # those of tables have no signals
        Judged(seen[int(each.confidence) - 1], each.found, each.right)
        for each in told
        if each.confidence.is_integer()
    ]


def fitted(told: Sequence[Judged]) -> Platt:
    """The logistic regression of the right records on their signals; what it says is not yet held back."""
    rows = np.array([each.signals for each in told])
    scale = rows.std(axis=0) + 1e-6
    model = LogisticRegression(C=STIFFNESS, max_iter=1000).fit(rows / scale, [each.right for each in told])
    weights = dict(zip(Signals._fields, (model.coef_[0] / scale).round(3).tolist(), strict=True))
    return Platt(round(float(model.intercept_[0]), 3), weights, sure=SURE, unsure=1.0)


def shifted(platt: Platt, told: Sequence[Judged]) -> Platt:
    """The same with the bias at which it expects as many right records among some as there are."""
    low, high = platt.bias - _MOST, platt.bias + _MOST
    while high - low > _NEAR:
        platt = platt._replace(bias=(low + high) / 2)
        more = sum(share(each.signals, platt) for each in told) > sum(each.right for each in told)
        low, high = (low, platt.bias) if more else (platt.bias, high)
    return platt._replace(bias=round(platt.bias, 3))


def least_of(scores: Sequence[evaluate.RecordScore], precision: float) -> float:
    """The least confidence from which on so many of all records are right."""
    least = 1.0
    for sure in sorted({each.confidence for each in scores}, reverse=True):
        shown = [each.right for each in scores if each.confidence >= sure]
        if sum(shown) >= precision * len(shown):
            least = sure
    return least


def calibrate(folders: Sequence[Path], unseen: Sequence[Path], keep: Sequence[str] = ()) -> None:
    """Writes how many records of each probability are right in a language, and what is shown by default.

    Args:
        folders: texts that nothing was learned from; what the signals of a record are worth is told by them.
        unseen: such texts in each language whose mistakes nobody has read: how sure to be on the whole,
            what is shown by default and the table of the documentation are measured on these.
        keep: signals of which these texts hold too few cases: what was measured of them before stays.
    """
    by_language: dict[str, list[Judged]] = defaultdict(list)
    fresh: dict[str, list[Judged]] = defaultdict(list)
    for folder in dict.fromkeys([*folders, *unseen]):
        texts = labelled.load([folder])
        told = judged(texts)
        by_language[texts[0].document.language] += told
        if folder in unseen:
            fresh[texts[0].document.language] += told
    if missing := by_language.keys() - fresh.keys():
        raise SystemExit(f"--calibrate: no folder of --unseen is in {', '.join(sorted(missing))}")
    platts, defaults, sure = {}, [], []
    for language, told in sorted(by_language.items()):
        platt, before = fitted(told), confidence.platt(language).weights
        kept = {signal: before[signal] for signal in keep}
        platt = shifted(platt._replace(weights={**platt.weights, **kept}), fresh[language])
        scores = [evaluate.RecordScore(share(each.signals, platt), *each[1:]) for each in fresh[language]]
        least = max(SURE, least_of(scores, SURELY))
        platt = platt._replace(sure=least, unsure=SURE - 0.01 if least > SURE else 1.0)
        platts[language] = platt._asdict()
        defaults.append(least_of(scores, PRECISION))
        sure += [each._replace(confidence=held_back(each.confidence, platt)) for each in scores]
    default = max(defaults)
    CONFIDENCE.write_text(
        json.dumps({"platt": platts, "default": default}, indent=1) + "\n", encoding="utf-8"
    )
    table = [
        "| confidence | records | indicator and value right | all of it right |",
        "| --- | --- | --- | --- |",
    ]
    table += [
        *(
            f"| {each.low:.2f} to {each.high:.2f} | {each.records} | {each.found:.0%} | {each.right:.0%} |"
            for each in evaluate.classes(sure)
        ),
    ]
    page = RELIABILITY.read_text(encoding="utf-8")
    begin, end = (f"<!-- reliability: {side} -->" for side in ("begin", "end"))
    head, _, rest = page.partition(begin)
    tail = rest.partition(end)[2]
    RELIABILITY.write_text("\n".join([f"{head}{begin}", *table, f"{end}{tail}"]), encoding="utf-8")
    print(*table, f"default: {default} of {defaults}", sep="\n")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path, default=[labelled.TEXTS])
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--only", type=int, default=0, help="so many of the folds")
    parser.add_argument("--language", default="")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument(
        "--calibrate",
        action="store_true",
        help="on texts that nothing was learned from: data/confidence.json",
    )
    parser.add_argument(
        "--unseen", type=Path, action="append", default=[], help="folders whose mistakes nobody has read"
    )
    parser.add_argument(
        "--keep", action="append", default=[], choices=Signals._fields, help="its weight stays as it is"
    )
    parser.add_argument("--ceiling", action="store_true")
    options = parser.parse_args()
    if options.calibrate:
        calibrate(options.folders, options.unseen, options.keep)
        return
    texts = [
        text for text in labelled.load(options.folders) if text.document.language.startswith(options.language)
    ]
    if options.folds:
        held = held_out(texts, options.language, options.folds, options.only, options.misses)
        tell(held)
        return
    if not options.ceiling:
        MAGNITUDES.write_text(magnitudes([*texts, *cases(), *bundled()]), encoding="utf-8")
    reader = Reader(vocabulary.load())
    teacher = Teacher()
    lost = taught([*texts, *extra(options.language, texts)], reader, teacher)
    if options.ceiling:
        for question, asked in sorted(teacher.asked.items()):
            missing = sum(miss.question == question for miss in teacher.missing)
            print(f"{question:8} {asked:5} asked, {1 - missing / asked:.4f} have a right candidate")
        for miss in sorted(teacher.missing):
            print(*miss, sep=" | ")
        for gold in lost:
            print("no number", gold.document, gold.indicator, gold.value, gold.quote, sep=" | ")
        return
    examples = read_alone(folds(texts, 2), teacher, reader)
    weights = train(examples)
    for question, learnt in weights.items():
        print(f"{question}: {examples[question].count} numbers, {count(learnt)} weights")
    WEIGHTS.write_text(written(weights), encoding="utf-8")


if __name__ == "__main__":
    main()
