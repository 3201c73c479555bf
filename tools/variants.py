"""Metamorphic variants: a sentence of one record is changed, and it is known what must become of the record.

    python tools/variants.py [--language en|zh] [--split test|train] [--misses] [--write FOLDER]

Another verb of rising leaves the record as it is, one of falling turns its sign; a word that tells no
direction, a word that narrows what is counted, and another owner leave no record; a word that only describes
changes nothing; another number or time is another record; another way to write it, or traditional
characters, is the same record. A comparison on the month before leaves none; a difference, a base or a
figure of another year that is told behind leaves the record as it is.

The sentences and words are in ``tests/variants/{en,zh}.toml``, apart by split: a word or a sentence of
``train`` is none of ``test``. Without ``--write``, the rates are printed by kind: *wrong* is the share of
variants that yield a record other than the one expected, *lost* the share of expected records that do not
come out. With ``--write``, the variants become labelled texts in FOLDER, to train on.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from labelled import NONE_COLUMNS, OTHER, RECORD_COLUMNS

from miit_cli import corpus, vocabulary
from miit_cli.reading.reader import Reader
from miit_cli.types import Observation

WORDS = Path(__file__).resolve().parent.parent / "tests" / "variants"
LANGUAGES = ("en", "zh")
SPLITS = ("test", "train")
SEEDS_PER_WORD = 2  # a word is tried in so many sentences
FACTORS = (Decimal("0.43"), Decimal("1.17"), Decimal("2.09"), Decimal("0.78"))
DELAY = timedelta(days=20)  # from the end of a period to the day on which it is reported
# the lists of words that tell rising from falling -> their slot
DIRECTIONS = {"verbs": "V", "participles": "I", "nouns": "N", "adjectives": "J", "endings": "L"}
WITH_FIRMS = ("network", "vehicles", "software", "ships", "chips")  # what a firm may have or make

_OWNED = {"city": "region", "province": "region", "country": "foreign", "world": "foreign"}
_FRONT = {"en": ("In {}", ","), "zh": ("在{}", "，")}  # an owner that begins its sentence

_SLOT = re.compile(r"\{(?P<name>[A-Z])(?::(?P<default>[^{}]*))?\}")

T = TypeVar("T")


class Seed(NamedTuple):
    """A sentence with slots, and its record."""

    kind: str  # economy, network, …: which narrowing words make sense in it
    sentence: str
    indicator: str
    value: Decimal
    bound: str
    status: str
    start: str  # "" for a stock
    end: str
    before: tuple[str, ...] = ()  # the label of the number that comes before, if one does, and its quote
    behind: tuple[str, ...] = ()  # the same of one that comes behind

    @property
    def slots(self) -> dict[str, str]:
        """The slots of the sentence with what stands there by default."""
        return {match["name"]: match["default"] or "" for match in _SLOT.finditer(self.sentence)}


class Variant(NamedTuple):
    """A changed sentence: the record it must yield, or why it must yield none."""

    kind: str
    language: str
    text: str
    number: tuple[int, int]  # where the number stands in the text
    word: str  # what was changed
    seed: Seed  # with the record as it must come out
    reason: str = ""  # why there is no record; "" where there is one

    @property
    def published(self) -> str:
        return (date.fromisoformat(self.seed.end) + DELAY).isoformat()


# --- making ---


def variants(language: str, split: str) -> list[Variant]:
    """All variants of a language, in a stable order."""
    return list(_Maker(language, split).all())


def seeds(language: str, split: str) -> list[Seed]:
    """The sentences that a language is varied in."""
    return [_seed(row) for row in _table(_words(language)["seeds"][split])]


def owners(language: str, kind: str) -> list[str]:
    """Owners to learn from: of a ``city``, ``province``, ``region`` (both), ``company``, or ``foreign``."""
    parts = {"region": ("province", "city"), "company": ("firm",), "foreign": ("country",)}.get(kind, (kind,))
    lists = _words(language)["owners"]
    return [name.strip() for part in parts for name in lists[part]["train"].split(",")]


@cache
def _words(language: str) -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads((WORDS / f"{language}.toml").read_text(encoding="utf-8"))


def _table(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in text.splitlines() if line.strip()]


def _seed(row: Sequence[str]) -> Seed:
    kind, sentence, record, *before = row
    indicator, value, bound, status, start, end = record.split()
    started = start.strip("-")
    return Seed(kind, sentence, indicator, Decimal(value), bound, status, started, end, tuple(before))


class _Maker:
    """Makes the variants of one language and split."""

    def __init__(self, language: str, split: str) -> None:
        self.language, self.split = language, split
        self.words = _words(language)
        self.seeds = seeds(language, split)

    def all(self) -> Iterator[Variant]:
        for seed in self.seeds:
            yield self._variant("plain", seed, {}, "")
        for kind, slot in DIRECTIONS.items():
            if kind in self.words:
                yield from self._directions(kind, slot)
        yield from self._changed("pace", "G", self._list("paces", "growth"))
        yield from self._changed("pace", "D", self._list("paces", "decline"))
        describing = map(self._before, self._list("modifiers", "describing"))
        yield from self._changed("describing", "M", describing, growth=True)
        for kind in self.words["modifiers"]["narrowing"]:
            narrowing = map(self._before, self._list("modifiers", "narrowing", kind))
            yield from self._changed("narrowing", "M", narrowing, kinds=(kind,), reason=OTHER)
        for kind in self.words["modifiers"].get("behind", ()):
            words = [f" {word}" for word in self._list("modifiers", "behind", kind)]
            yield from self._changed("narrowing behind", "B", words, kinds=(kind,), reason=OTHER)
        yield from self._owners()
        for kind in ("city", "country"):
            owners = (owner.partition("|")[0] for owner in self._list("owners", kind))
            yield from self._changed("after an owner", "Q", owners, before=_OWNED[kind])
        yield from self._numbers()
        yield from self._times()
        yield from self._monthly()
        yield from self._tails()
        yield from self._rewritten()

    def _list(self, *path: str) -> list[str]:
        found: Mapping[str, object] = self.words
        for key in (*path, self.split):
            found = found[key]  # type: ignore[assignment]
        return [word.strip() for word in re.split(r",(?! Ltd|\d)", str(found))]

    def _before(self, word: str) -> str:
        """A modifier as it stands before its noun."""
        return f"{word} " if self.language == "en" else word

    def _directions(self, kind: str, slot: str) -> Iterator[Variant]:
        yield from self._changed(f"{kind} rise", slot, self._list(kind, "rise"))
        yield from self._changed(f"{kind} fall", slot, self._list(kind, "fall"), sign=-1)
        unknown = self._list(kind, "unknown")
        yield from self._changed(f"{kind} unknown", slot, unknown, reason="unknown-direction")

    def _changed(
        self,
        kind: str,
        slot: str,
        words: Iterable[str],
        *,
        kinds: Sequence[str] = (),
        growth: bool = False,
        sign: int = 1,
        reason: str = "",
        before: str = "",
    ) -> Iterator[Variant]:
        """Each word in some of the sentences that have a slot for it; ``before``: whose the number before is.

        With ``growth``, only in those of a rate: "ailing firms" may be some of the firms, and "ailing output"
        is no part of output.
        """
        fit = [
            seed
            for seed in self.seeds
            if slot in seed.slots
            and (not kinds or seed.kind in kinds)
            and (not growth or seed.indicator.endswith("-growth"))
        ]
        for n, word in enumerate(words):
            for seed in _some(fit, n):
                expected = seed._replace(value=seed.value * sign)
                if before:
                    expected = expected._replace(before=(before, seed.before[1]))
                said = {slot: word, **({"H": ""} if before == _OWNED["country"] else {})}
                yield self._variant(kind, expected, said, word.strip(), reason)

    def _owners(self) -> Iterator[Variant]:
        for kind in self.words["owners"]:
            reason = _OWNED.get(kind, "company")
            fit = [seed for seed in self.seeds if reason != "company" or seed.kind in WITH_FIRMS]
            for n, owner in enumerate(self._list("owners", kind)):
                name, adjective, front, *_ = [*owner.split("|"), "", ""]
                said = {"O": name, "P": _possessive(name), **({"A": adjective} if adjective else {})}
                begins, comma = _FRONT[self.language]
                said["F"] = f"{front or begins.format(name)}{comma}"
                if kind in _OWNED and kind != "world":
                    said["W"] = f" in {name}"  # behind: Chinese carriers had so many in Guangdong
                for seed in _some([seed for seed in fit if said.keys() & seed.slots.keys()], n):
                    yield self._variant(f"owner {kind}", seed, said, name, reason)

    def _numbers(self) -> Iterator[Variant]:
        for n, seed in enumerate(self.seeds):
            old = seed.slots["X"]
            new = _scaled(old, FACTORS[n % len(FACTORS)])
            ratio = _plain(new) / _plain(old)
            value = (seed.value * ratio).quantize(Decimal("0.0001")).normalize()
            yield self._variant("number", seed._replace(value=value), {"X": new}, new)

    def _times(self) -> Iterator[Variant]:
        times = {stock: _table(self.words["times"][stock][self.split]) for stock in ("flow", "stock")}
        for n, seed in enumerate(seed for seed in self.seeds if "T" in seed.slots):
            fit = times["flow" if seed.start else "stock"]
            for said, start, end in _some(fit, n):
                yield self._variant("time", seed._replace(start=start.strip("-"), end=end), {"T": said}, said)

    def _monthly(self) -> Iterator[Variant]:
        """The same on the month before, which is no record."""
        yearly = str(self.words["comparisons"]["yearly"])
        months = [row for row in _table(self.words["times"]["flow"][self.split]) if row[1][:7] == row[2][:7]]
        fit = [seed for seed in self.seeds if yearly in seed.sentence and "T" in seed.slots]
        for n, (word, seed) in enumerate(
            (word, seed) for word in self._list("comparisons", "monthly") for seed in fit
        ):
            said, start, end = months[n % len(months)]
            sentence = seed.sentence.replace(yearly, word)
            changed = seed._replace(sentence=sentence, start=start, end=end)
            yield self._variant("month on month", changed, {"T": said}, word, "month-on-month")

    def _tails(self) -> Iterator[Variant]:
        """Another number behind, which is a difference, a base, or the same of another year."""
        for n, (which, tail, label) in enumerate(_table(self.words["tails"][self.split])):
            fit = [seed for seed in self.seeds if not seed.before and _is_kind(seed, which)]
            for seed in fit[n % 2 :: 2]:
                said, year = _SAID.search(seed.sentence), int(seed.end[:4]) - 1
                number = _scaled(seed.slots["X"], FACTORS[n % len(FACTORS)] / 2)
                behind = tail.format(Y=f"{number}{said[1] if said else ''}", year=year)
                told = _a_year_before(seed, number, year) if label == "record" else label
                sentence = f"{seed.sentence[:-1]}{behind}{seed.sentence[-1]}"
                changed = seed._replace(sentence=sentence, behind=(told, behind))
                yield self._variant("behind", changed, {}, tail)

    def _rewritten(self) -> Iterator[Variant]:
        """Other ways to write the same; traditional characters with the idiom of Hong Kong and of Taiwan."""
        for name, pairs in self.words["writing"].items():
            for seed in self.seeds:
                changed = _replaced(seed.sentence, str(pairs))
                if changed != seed.sentence and not seed.before:
                    yield self._variant("writing", seed._replace(sentence=changed), {}, name)
        if "script" not in self.words:
            return
        script = str.maketrans(*(str(self.words["script"][each]) for each in ("simplified", "traditional")))
        for name, pairs in {"traditional": "", **self.words["idiom"]}.items():
            for seed in self.seeds:
                sentence = _replaced(seed.sentence, str(pairs)).translate(script)
                yield self._variant(name, seed._replace(sentence=sentence), {}, name)

    def _variant(
        self, kind: str, seed: Seed, said: Mapping[str, str], word: str, reason: str = ""
    ) -> Variant:
        text, number = _render(seed.sentence, said)
        return Variant(kind, self.language, text, number, word, seed, reason)


_SAID = re.compile(
    r"\{X:[^{}]*\}((?: ?[mbtr]+illion|万亿|[万亿])?(?: percent|%|[元家个户台辆座块部]|载重吨)?)"
)


def _is_kind(seed: Seed, which: str) -> bool:
    """Whether a number that is told behind fits: of a year's growth, of a year's amount, of a stock."""
    growth = seed.indicator.endswith("-growth")
    year = seed.start[5:] == "01-01" and seed.end[5:] == "12-31"
    if seed.value <= 0 or not (seed.start or seed.end.endswith("12-31")):
        return False
    return {
        "growth": growth and bool(seed.start), "year": growth and year,
        "amount": not growth and year, "stock": not growth and not seed.start,
    }[which]  # fmt: skip


def _a_year_before(seed: Seed, number: str, year: int) -> str:
    """The label of a number that is the same as a seed's, of another year."""
    value = _plain(number) * (seed.value / _plain(seed.slots["X"]))
    start = f"{year}{seed.start[4:]}" if seed.start else "-"
    return f"{seed.indicator} {value.normalize():f} exact actual {start} {year}{seed.end[4:]}"


def _plain(number: str) -> Decimal:
    return Decimal(number.replace(",", ""))


def _some(items: Sequence[T], n: int) -> Iterator[T]:
    """Some of the items, others for each n, in a stable order."""
    for m in range(min(SEEDS_PER_WORD, len(items))):
        yield items[(n * SEEDS_PER_WORD + m) % len(items)]


def _replaced(sentence: str, pairs: str) -> str:
    """The sentence with each word of ``old=new, old=new`` replaced, in this order."""
    for pair in filter(None, pairs.split(", ")):
        sentence = sentence.replace(*pair.split("="))
    return sentence


def _possessive(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _scaled(number: str, factor: Decimal) -> str:
    """A number times a factor, written like it: ``3,917`` times 1.17 is ``4,583``."""
    plain = _plain(number)
    scaled = (plain * factor).quantize(Decimal(1).scaleb(plain.as_tuple().exponent))  # type: ignore[arg-type]
    return f"{scaled:,}" if "," in number else f"{scaled}"


def _render(sentence: str, said: Mapping[str, str]) -> tuple[str, tuple[int, int]]:
    """The sentence with its slots filled, and where its number stands."""
    pieces: list[str] = []
    number = (0, 0)
    position = 0
    for match in _SLOT.finditer(sentence):
        pieces.append(sentence[position : match.start()])
        filled = said.get(match["name"], match["default"] or "")
        if match["name"] == "H":  # after a foreign country "nationwide" is another nation
            filled = match["default"].split("/")["H" in said]
        if match["name"] == "X":
            begin = sum(map(len, pieces))
            number = (begin, begin + len(filled))
        pieces.append(filled)
        position = match.end()
    text = "".join((*pieces, sentence[position:]))
    return text[:1].upper() + text[1:], number


# --- judging ---


class VariantOutcome(NamedTuple):
    """A variant and the records that came out of it."""

    variant: Variant
    got: tuple[Observation, ...]

    @property
    def right(self) -> bool:
        """Whether exactly what must come out did."""
        return not self.wrong and not self.lost

    @property
    def wrong(self) -> bool:
        """Whether a record came out that must not."""
        return any(self.variant.reason or not _is(self.variant.seed, one) for one in self._judged)

    @property
    def lost(self) -> bool:
        """Whether a record must come out, and none did."""
        return not self.variant.reason and not self._judged

    @property
    def _judged(self) -> list[Observation]:
        """The records without that of a number before or behind, which is judged where it must be none."""
        beside = (self.variant.seed.before[:1], self.variant.seed.behind[:1])
        has_record = any(len(" ".join(label).split()) > 1 for label in beside)
        start, end = self.variant.number if has_record else (0, len(self.variant.text))
        return [one for one in self.got if one.span_start < end and start < one.span_end]


class Rate(NamedTuple):
    """Counts of a kind of variants."""

    variants: int
    expected: int  # of them, so many must yield a record
    wrong: int
    lost: int

    @property
    def wrong_rate(self) -> float:
        return self.wrong / self.variants if self.variants else 0.0

    @property
    def lost_rate(self) -> float:
        return self.lost / self.expected if self.expected else 0.0


@cache
def _reader() -> Reader:
    return Reader(vocabulary.load())


def judge(made: Iterable[Variant], min_confidence: float = 0.0) -> list[VariantOutcome]:
    """Reads each variant; one that the reader fails on yields nothing, which is said."""
    return [VariantOutcome(variant, tuple(_read(variant, min_confidence))) for variant in made]


def _read(variant: Variant, min_confidence: float) -> Iterator[Observation]:
    document = corpus.text_document(
        variant.text, id="variant", date=variant.published, language=variant.language
    )
    try:
        records = _reader().read(document).observations
    except Exception as error:
        print(f"variants: the reader failed: {error!r} on {variant.text}", file=sys.stderr)
        return
    for one in records:
        if one.confidence >= min_confidence:
            yield one


def _is(seed: Seed, got: Observation) -> bool:
    """Whether a record is the expected one; the bound is not varied and not judged."""
    told = (got.indicator, got.value, got.status, got.start or "", got.end)
    return told == (seed.indicator, seed.value, seed.status, seed.start, seed.end)


def rate(outcomes: Sequence[VariantOutcome]) -> Rate:
    """The counts of some outcomes."""
    return Rate(
        len(outcomes),
        sum(not one.variant.reason for one in outcomes),
        sum(one.wrong for one in outcomes),
        sum(one.lost for one in outcomes),
    )


# --- telling ---


def rates(outcomes: Sequence[VariantOutcome]) -> Iterator[str]:
    """A line of rates for each kind, and one for all."""
    kinds: dict[str, list[VariantOutcome]] = defaultdict(list)
    for one in outcomes:
        kinds[f"{one.variant.language} {one.variant.kind}"].append(one)
    width = max(map(len, (*kinds, "all")))
    yield f"{'':{width}}   variants   wrong            lost"
    for kind, some in (*kinds.items(), ("all", list(outcomes))):
        told = rate(some)
        lost = f"{told.lost:5} {told.lost_rate:6.1%}" if told.expected else ""
        yield f"{kind:{width}} {told.variants:10} {told.wrong:7} {told.wrong_rate:6.1%}   {lost}".rstrip()


def misses(outcomes: Iterable[VariantOutcome]) -> Iterator[str]:
    """A line for each variant that was read wrong or not at all."""
    for variant, got in (one for one in outcomes if not one.right):
        seed = variant.seed
        must = variant.reason or f"{seed.indicator} {seed.value} {seed.start or '-'} {seed.end}"
        was = (
            "; ".join(f"{one.indicator} {one.value} {one.start or '-'} {one.end}" for one in got) or "nothing"
        )
        yield f"{variant.language} {variant.kind} [{variant.word}]: {was}, not {must} | {variant.text}"


# --- writing ---


def write(made: Sequence[Variant], folder: Path) -> None:
    """Writes the variants as labelled texts: a document each, with the tables of labels."""
    folder.mkdir(parents=True, exist_ok=True)
    records: list[Sequence[object]] = []
    others: list[Sequence[object]] = []
    for n, variant in enumerate(made, 1):
        id = f"{variant.published}-variant-{variant.language}-{n:05}"
        head = f"---\ndate: {variant.published}\nlanguage: {variant.language}\n---\n"
        (folder / f"{id}.md").write_text(f"{head}{variant.text}\n", encoding="utf-8")
        for label, quote in _labels(variant):
            if len(label) > 1:
                records.append((id, *label, "stated", "", quote))
            else:
                others.append((id, "", *label, quote))
    save(folder / "records.csv", RECORD_COLUMNS, records)
    save(folder / "not-records.csv", NONE_COLUMNS, others)


def _labels(variant: Variant) -> Iterator[tuple[Sequence[object], str]]:
    """The labels of the numbers of a variant with their quotes: a record without its basis, or a reason."""
    seed = variant.seed
    record = (seed.indicator, seed.value, seed.bound, seed.status, seed.start, seed.end)
    if variant.reason == OTHER:
        yield (OTHER + seed.indicator, *record[1:]), _quote(variant)
    else:
        yield (variant.reason,) if variant.reason else record, _quote(variant)
    for label, quote in filter(None, (seed.before, seed.behind)):
        yield ["" if field == "-" else field for field in label.split()], quote


def _quote(variant: Variant) -> str:
    """The number, with as many characters around it as make it stand once in the text."""
    start, end = variant.number
    while variant.text.count(variant.text[start:end].strip()) > 1:
        start, end = max(0, start - 1), end + 1
    return variant.text[start:end]


def save(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--language", choices=LANGUAGES, action="append", help="only this one (default: both)"
    )
    parser.add_argument("--split", choices=SPLITS, default="test", help="which words and sentences")
    parser.add_argument("--misses", action="store_true", help="print every variant that is read wrong first")
    parser.add_argument(
        "--min-confidence", type=float, default=0.0, metavar="P", help="leave out less sure ones"
    )
    parser.add_argument(
        "--write", type=Path, metavar="FOLDER", help="write labelled texts instead of judging"
    )
    options = parser.parse_args()
    made = [one for language in options.language or LANGUAGES for one in variants(language, options.split)]
    if options.write:
        write(made, options.write)
        return
    outcomes = judge(made, options.min_confidence)
    if options.misses:
        print(*misses(outcomes), "", sep="\n")
    print(*rates(outcomes), sep="\n")


if __name__ == "__main__":
    main()
