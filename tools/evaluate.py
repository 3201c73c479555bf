"""Scores the reader on labelled texts.

    python tools/evaluate.py [FOLDER ...] [--by language|kind|document] [--misses] [--min-confidence P]
    python tools/evaluate.py --cases [--misses]   # how many of each file of tests/cases come out right
    python tools/evaluate.py --floors             # tests/floors.toml as it may stand now

Rows are paired document by document. A record is *found* when indicator and value agree, and *right* when
bound, status and period agree as well. What a label's ``alt`` lists is right too; an optional label counts
neither when found nor when missed; a figure without an entry in the vocabulary must come out as no record.
Precision is the share of the reader's records that are found (right), recall that of the labels, F1 their
harmonic mean.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import cases
from labelled import HELD_OUT, TEXTS, Gold, Labelled, NoRecord, load

from miit_cli import vocabulary
from miit_cli.confidence import default_confidence
from miit_cli.reading.reader import Reader
from miit_cli.types import Observation

JUDGED = ("bound", "status", "start", "end")
UNCATALOGUED = "uncatalogued"  # the reason of a label that has no entry in the vocabulary
SAMPLED = 3  # floors are held to every third text of a set: all of them would take long
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)  # lower ends of the classes of confidence

By = Callable[[Labelled], str]
GROUPS: dict[str, By] = {
    "language": lambda text: text.document.language,
    "kind": lambda text: f"{text.document.language}/{text.kind}",
    "document": lambda text: text.document.id,
}


class GoldMatch(NamedTuple):
    """A label and the record that reports its figure."""

    gold: Gold
    got: Observation

    @property
    def wrong(self) -> list[str]:
        """The fields of the record that are wrong."""
        return wrong_fields(self.gold, self.got)


class Verdict(NamedTuple):
    """What became of the labels of a text."""

    text: Labelled
    pairs: tuple[GoldMatch, ...]
    missed: tuple[Gold, ...]
    extra: tuple[Observation, ...]  # records that no label tells
    mistaken: tuple[Gold | NoRecord, ...]  # labels of no record where a record was read


class RecordScore(NamedTuple):
    """A record that the reader gave."""

    confidence: float
    found: bool
    right: bool


class ConfidenceClass(NamedTuple):
    """The records of a class of confidence: how many, and which parts are found and right."""

    low: float
    high: float
    records: int
    found: float
    right: float


class Score(NamedTuple):
    """Counts of a set of texts."""

    gold: int
    got: int
    found: int
    right: int

    def precision(self, hits: int) -> float:
        return hits / self.got if self.got else 0.0

    def recall(self, hits: int) -> float:
        return hits / self.gold if self.gold else 0.0

    def f1(self, hits: int) -> float:
        return 2 * hits / (self.got + self.gold) if self.got + self.gold else 0.0


# --- judging ---


def judge(texts: Iterable[Labelled], min_confidence: float = 0.0) -> list[Verdict]:
    """Reads each text and pairs its labels with the records that come out."""
    return [pair(text, _read(text, min_confidence)) for text in texts]


@cache
def _reader() -> Reader:
    return Reader(vocabulary.load())


def _read(text: Labelled, min_confidence: float) -> list[Observation]:
    """The records of a text; none of a text that the reader fails on, which is said."""
    try:
        records = _reader().read(text.document).observations
    except Exception as error:
        print(f"evaluate: {text.document.path}: the reader failed: {error!r}", file=sys.stderr)
        return []
    return [one for one in records if one.confidence >= min_confidence]


def pair(text: Labelled, records: Sequence[Observation]) -> Verdict:
    """Pairs the labels of a text with the records that were read."""
    left = list(records)
    pairs, missed = [], []
    for gold in sorted(filter(lambda one: one.catalogued, text.records), key=lambda one: one.optional):
        same = [got for got in left if reports(gold, got)]
        if same:
            best = min(same, key=lambda got: len(wrong_fields(gold, got)))
            left.remove(best)
        if gold.optional:
            continue
        if same:
            pairs.append(GoldMatch(gold, best))
        else:
            missed.append(gold)
    return Verdict(text, tuple(pairs), tuple(missed), tuple(left), tuple(_mistaken(text, left)))


def reports(gold: Gold, got: Observation) -> bool:
    """Whether a record reports the figure of a label: the same indicator and value."""
    return got.indicator in gold.accepted("indicator") and got.value in gold.values


def wrong_fields(gold: Gold, got: Observation) -> list[str]:
    """The fields of a record that its label contradicts; a label without ``start`` leaves it open."""
    judged = [field for field in JUDGED if field != "start" or gold.start]
    return [field for field in judged if (getattr(got, field) or "") not in gold.accepted(field)]


def _mistaken(text: Labelled, extra: Sequence[Observation]) -> Iterator[Gold | NoRecord]:
    for label in (*(gold for gold in text.records if not gold.catalogued), *text.others):
        if any(label.span.start < got.span_end and got.span_start < label.span.end for got in extra):
            yield label


def score(verdicts: Iterable[Verdict]) -> Score:
    """The counts of all verdicts together."""
    gold = got = found = right = 0
    for verdict in verdicts:
        gold += len(verdict.pairs) + len(verdict.missed)
        got += len(verdict.pairs) + len(verdict.extra)
        found += len(verdict.pairs)
        right += sum(not pair.wrong for pair in verdict.pairs)
    return Score(gold, got, found, right)


def grouped(verdicts: Iterable[Verdict], by: str) -> dict[str, list[Verdict]]:
    """The verdicts by language, kind or document, in order of the name."""
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        groups[GROUPS[by](verdict.text)].append(verdict)
    return dict(sorted(groups.items()))


# --- telling ---


def scores(verdicts: Sequence[Verdict], by: str) -> Iterator[str]:
    """A line of scores for each group, and one for all."""
    groups = {**grouped(verdicts, by), "all": list(verdicts)}
    width = max(map(len, groups))
    yield f"{'':{width}}   gold    got   found P     R    F1   right P     R    F1"
    for name, group in groups.items():
        counts = score(group)
        columns = (
            f"{counts.precision(hits):.3f} {counts.recall(hits):.3f} {counts.f1(hits):.3f}"
            for hits in (counts.found, counts.right)
        )
        yield f"{name:{width}} {counts.gold:6} {counts.got:6}   {'   '.join(columns)}"


def record_scores(verdicts: Iterable[Verdict]) -> list[RecordScore]:
    """What the reader gave, record by record."""
    return [
        each
        for verdict in verdicts
        for each in (
            *(RecordScore(one.got.confidence, True, not one.wrong) for one in verdict.pairs),
            *(RecordScore(got.confidence, False, False) for got in verdict.extra),
        )
    ]


def classes(records: Iterable[RecordScore]) -> Iterator[ConfidenceClass]:
    """The classes of confidence that have records."""
    rows: dict[float, list[RecordScore]] = defaultdict(list)
    for each in records:
        rows[max(low for low in BINS if low <= each.confidence)].append(each)
    for low, high in zip(BINS, (*BINS[1:], 1.0), strict=True):
        if seen := rows[low]:
            found, right = (sum(each[field] for each in seen) / len(seen) for field in (1, 2))
            yield ConfidenceClass(low, high, len(seen), found, right)


def reliability(verdicts: Iterable[Verdict]) -> Iterator[str]:
    """Of the records of each class of confidence, how many are right."""
    lines = [
        f"{each.low:.2f}-{each.high:.2f} {each.records:11} {each.found:7.3f} {each.right:7.3f}"
        for each in classes(record_scores(verdicts))
    ]
    if lines:
        yield from ("confidence   records   found   right", *lines)


def none_rates(verdicts: Iterable[Verdict]) -> Iterator[str]:
    """Of the numbers labelled as no record, how many came out as records, by reason."""
    labels: Counter[str] = Counter()
    mistaken: Counter[str] = Counter()
    for verdict in verdicts:
        others = [gold for gold in verdict.text.records if not gold.catalogued]
        labels.update(map(_reason, (*others, *verdict.text.others)))
        mistaken.update(map(_reason, verdict.mistaken))
    reasons = [*sorted(labels, key=lambda each: (-labels[each], each)), "all"]
    width = max(map(len, (*reasons, "no record because")))
    yield f"{'no record because':{width}}   labels   recorded    rate"
    for reason in reasons:
        many, wrong = (
            counter[reason] or counter.total() * (reason == "all") for counter in (labels, mistaken)
        )
        yield f"{reason:{width}} {many:8} {wrong:10} {wrong / many if many else 0.0:7.3f}"


def _reason(label: Gold | NoRecord) -> str:
    return label.reason if isinstance(label, NoRecord) else UNCATALOGUED


def misses(verdicts: Iterable[Verdict]) -> Iterator[str]:
    """A line for each label that was missed, each record that no label tells, and each wrong field."""
    for verdict in verdicts:
        text = verdict.text
        for gold in verdict.missed:
            yield _line("missed", text, gold, gold.span)
        for gold, got in verdict.pairs:
            if wrong := wrong_fields(gold, got):
                said = (f"{f} {getattr(got, f) or '-'} for {getattr(gold, f) or '-'}" for f in wrong)
                yield _line("wrong ", text, gold, gold.span, f": {', '.join(said)}")
        for got in verdict.extra:
            yield _line("extra ", text, got, (got.span_start, got.span_end))


def _line(
    kind: str, text: Labelled, record: Gold | Observation, span: tuple[int, int], said: str = ""
) -> str:
    place = _around(text.document.text, span)
    return f"{kind} {text.document.id}: {record.indicator} {record.value}{said} | {place}"


def _around(text: str, span: tuple[int, int], width: int = 90) -> str:
    """The words around a place, the place in brackets."""
    start, end = span
    pieces = text[max(0, start - width) : start], text[start:end], text[end : end + width]
    return "{}[{}]{}".format(*pieces).replace("\n", " ") if start >= 0 else ""


# --- the floors of the tests ---


def told_of_cases() -> Iterator[str]:
    """A line for each file of cases: how many are right."""
    for path in cases.FILES:
        listed = sum(len(case.figures) for case in cases.load(path))
        got = cases.score(path)
        figures = f", {got['figures']} of {listed} figures" if listed else ""
        yield f"{cases.name(path):24} {got['records']:3} of {len(cases.load(path)):3} cases{figures}"


def reached(verdicts: Sequence[Verdict]) -> dict[str, float]:
    """What a set of labelled texts is held to.

    F1 of found and of right records, of all that is read; and of what is read surely enough to be shown, how
    many records are right (precision), and how many of the labels they are (recall).
    """
    everything, sure = score(verdicts), shown(verdicts, default_confidence())
    return {
        "found": everything.f1(everything.found),
        "right": everything.f1(everything.right),
        "precision": sure.precision(sure.right),
        "recall": sure.recall(sure.right),
    }


def shown(verdicts: Iterable[Verdict], least: float) -> Score:
    """The counts where records of less confidence are left out."""
    gold = got = found = right = 0
    for verdict in verdicts:
        pairs = [pair for pair in verdict.pairs if pair.got.confidence >= least]
        gold += len(verdict.pairs) + len(verdict.missed)
        got += len(pairs) + sum(one.confidence >= least for one in verdict.extra)
        found += len(pairs)
        right += sum(not pair.wrong for pair in pairs)
    return Score(gold, got, found, right)


def floors() -> Iterator[str]:
    """The floors that may stand in ``tests/floors.toml``: a little below what is reached now.

    So weights that are learned anew may lose one case while they win others.
    """
    yield "[cases]"
    for path in cases.FILES:
        got = {key: count * 9 // 10 for key, count in cases.score(path).items()}
        yield f'"{cases.name(path)}" = {{ records = {got["records"]}, figures = {got["figures"]} }}'
    for root in (TEXTS, HELD_OUT):
        yield f"\n[{root.name}]"
        for folder in sorted(root.glob("*/*/")):
            name, group = f"{folder.parent.name}/{folder.name}", judge(load([folder])[::SAMPLED])
            told = (f"{key} = {max(0.0, value - 0.02):.2f}" for key, value in reached(group).items())
            yield f'"{name}" = {{ {", ".join(told)} }}'


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path, default=[TEXTS], metavar="FOLDER")
    parser.add_argument(
        "--by", choices=GROUPS, default="kind", help="a line of scores for each (default: kind)"
    )
    parser.add_argument("--misses", action="store_true", help="print every miss, extra and wrong field first")
    parser.add_argument(
        "--min-confidence", type=float, default=0.0, metavar="P", help="leave out less sure ones"
    )
    parser.add_argument("--cases", action="store_true", help="score the files of tests/cases")
    parser.add_argument("--floors", action="store_true", help="print floors a little below what is reached")
    options = parser.parse_args()
    if options.floors or options.cases:
        print(*(floors() if options.floors else told_of_cases()), sep="\n")
        if options.cases and options.misses:
            print("", *(line for path in cases.FILES for line in cases.misses(path)), sep="\n")
        return
    try:
        texts = load(options.folders)
    except (OSError, ValueError) as error:
        sys.exit(f"evaluate: {error}")
    verdicts = judge(texts, options.min_confidence)
    if options.misses:
        print(*misses(verdicts), "", sep="\n")
    tables = (scores(verdicts, options.by), reliability(verdicts), none_rates(verdicts))
    print("\n\n".join(filter(None, ("\n".join(table) for table in tables))))


if __name__ == "__main__":
    main()
