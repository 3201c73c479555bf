"""The Python interface: a corpus, and its records, series and comparisons as typed objects.

>>> import miit_cli
>>> corpus = miit_cli.load()
>>> corpus.get("5g-base-stations", "2022-07").value
Decimal('1968000')
>>> [(point.period, point.bound) for point in corpus.series("5G base stations")]
[('2022-07', 'exact'), ('2022', 'lower'), ('2023-06', 'exact'), ('2025-06', 'exact')]
>>> [change] = corpus.compare("2022-07", "2023-06", "5g-base-stations")
>>> print(change.change, change.change_unit, change.change_percent)
969000 station 49.2

Names, periods and answers are those of the command line (see the README); what it notes on standard
error is a warning here, and its expected errors are the exceptions of `miit_cli.errors`.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Sequence
from datetime import date as date_
from decimal import Decimal
from functools import cached_property
from typing import (
    TYPE_CHECKING,
    Any,
    Generic,
    Literal,
    TypedDict,
    TypeVar,
    Unpack,
    get_args,
    get_origin,
    overload,
)

from miit_cli.errors import UsageError
from miit_cli.models import Comparison, Document, FrozenModel, Indicator, Point, Record, Rejection
from miit_cli.types import RECORDED, STATUSES

if TYPE_CHECKING:
    import pandas
    import polars

    from miit_cli.index import Store
    from miit_cli.types import Observation
    from miit_cli.vocabulary import Vocabulary

Path = str | os.PathLike[str]
Day = str | date_
T = TypeVar("T", bound=FrozenModel)
PRECISION, SCALE = 38, 6  # of exact numbers in polars, as in Parquet


class Filters(TypedDict, total=False):
    """Which records are meant; see `Corpus`."""

    status: str | Iterable[str] | None
    since: Day | None
    until: Day | None
    document: str | None
    as_of: Day | None
    min_confidence: float | None


def load(
    paths: Path | Iterable[Path] = "bundled",
    *,
    vocabulary: Path | None = None,
    cache: bool = True,
    jobs: int = 0,
    skip_bad: bool = False,
) -> Corpus:
    """A corpus of documents, read as far as it was not read before.

    Args:
        paths: a folder or file of documents, or several; ``bundled`` names the built-in corpus.
        vocabulary: a file of indicators of your own, added to the built-in ones.
        cache: whether to use the index of what was read, and to leave one.
        jobs: how many processes read; 0 is one for each core.
        skip_bad: go on past files that cannot be read, with a warning.

    Raises InputError for what cannot be read.

    >>> len(load().documents())
    5
    """
    from miit_cli.index import open_store
    from miit_cli.vocabulary import load as load_vocabulary

    several = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
    known = load_vocabulary(None if vocabulary is None else os.fspath(vocabulary))
    store = open_store(
        [os.fspath(path) for path in several], known, cache=cache, jobs=jobs, skip_bad=skip_bad, notify=_warn
    )
    return Corpus(store, known)


def _warn(message: str) -> None:
    warnings.warn(message, stacklevel=3)


def read(
    text: str,
    *,
    date: Day,
    language: Literal["en", "zh"] | None = None,
    vocabulary: Path | None = None,
    min_confidence: float | None = None,
) -> Reading:
    """Read the indicators out of a text, as a document of a corpus is read.

    Args:
        text: prose in English or Chinese, with or without front matter.
        date: the day of the text, for what it says of this year or of the end of July.
        language: of the text; None to find out.
        vocabulary: a file of indicators of your own, added to the built-in ones.
        min_confidence: the least confidence of a record; None is the default of the command line.

    Raises UsageError for a date that is none. The records are those that ``miit export`` gives for a file
    with this text and date, with ``text`` as the name of the document.

    >>> [record] = read("By the end of July there were 1.968 million 5G base stations.", date="2022-08-19")
    >>> record.indicator, record.value, record.period
    ('5g-base-stations', Decimal('1968000'), '2022-07')
    """
    from miit_cli.vocabulary import load as load_vocabulary

    known = load_vocabulary(None if vocabulary is None else os.fspath(vocabulary))
    return _read(text, date, language, known, min_confidence)


def _read(
    text: str, date: Day, language: str | None, vocabulary: Vocabulary, min_confidence: float | None
) -> Reading:
    from miit_cli import periods
    from miit_cli.confidence import default_confidence
    from miit_cli.corpus import text_document
    from miit_cli.reading.reader import Reader
    from miit_cli.types import judged

    if language not in (None, "en", "zh"):
        raise UsageError(f"language: {language!r} is none of en, zh; or give none, to find out")
    day = periods.day(str(_iso(date)), "date")
    found = Reader(vocabulary).read(text_document(text, id="text", date=day, language=language))
    least = default_confidence() if min_confidence is None else min_confidence
    figures = (judged(figure, least) for figure in found.figures)
    ordered = sorted(  # as a corpus gives them
        (each for each in found.observations if each.confidence >= least),
        key=lambda each: (each.indicator, each.end, each.start or "", each.sentence, each.span_start),
    )
    return Reading(
        map(Record.from_observation, ordered),
        Rows(Rejection, (Rejection.of(each) for each in figures if each.kind != RECORDED)),
    )


class Rows(Sequence[T], Generic[T]):
    """Typed objects in a stable order: a sequence that turns into the tables of other libraries."""

    def __init__(self, model: type[T], items: Iterable[T]) -> None:
        self._model = model
        self._items = tuple(items)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Rows[T]: ...
    def __getitem__(self, place: int | slice) -> T | Rows[T]:
        return Rows(self._model, self._items[place]) if isinstance(place, slice) else self._items[place]

    def __len__(self) -> int:
        return len(self._items)

    def __eq__(self, other: object) -> bool:
        return self._items == tuple(other) if isinstance(other, Sequence) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{len(self)} {self._model.__name__}>"

    def to_dict(self) -> list[dict[str, Any]]:
        """A dict for each, with exact decimals and dates.

        >>> load().records("5g-base-stations").to_dict()[0]["published"]
        datetime.date(2022, 8, 19)
        """
        return [item.model_dump() for item in self._items]

    def to_pandas(self, *, exact: bool = False) -> pandas.DataFrame:
        """A DataFrame with numbers as floats and days as timestamps.

        With ``exact`` numbers stay ``Decimal``. Needs pandas: ``pip install 'miit[pandas]'``.

        >>> frame = load().records("5g-base-stations").to_pandas()
        >>> int(frame["value"].max())
        4550000
        """
        import pandas as pd

        frame = pd.DataFrame(self.to_dict(), columns=list(self._model.model_fields))
        for name, kind in _kinds(self._model).items():
            if kind is date_:
                frame[name] = pd.to_datetime(frame[name])
            elif kind is Decimal and not exact:
                frame[name] = frame[name].astype("float64")
        return frame

    def to_polars(self, *, exact: bool = False) -> polars.DataFrame:
        """A DataFrame with numbers as Float64 and days as Date.

        With ``exact`` numbers are ``Decimal``. Needs polars: ``pip install 'miit[polars]'``.

        >>> load().records("5g-base-stations").to_polars()["value"].max()
        4550000.0
        """
        import polars as pl

        cells = [cell for item in self._items for cell in vars(item).values() if isinstance(cell, Decimal)]
        places = max([SCALE, *(-int(cell.as_tuple().exponent) for cell in cells)])
        number = pl.Decimal(PRECISION, places) if exact else pl.Float64()
        types = {str: pl.String(), int: pl.Int64(), float: pl.Float64(), bool: pl.Boolean()}
        types |= {date_: pl.Date(), Decimal: number}
        kinds = _kinds(self._model)
        columns = {name: [getattr(item, name) for item in self._items] for name in kinds}
        for name in (name for name, kind in kinds.items() if kind is Decimal and not exact):
            columns[name] = [None if cell is None else float(cell) for cell in columns[name]]
        return pl.DataFrame(columns, schema={name: types[kind] for name, kind in kinds.items()})


def _kinds(model: type[FrozenModel]) -> dict[str, type]:
    """What each field of a model holds: str, int, float, bool, date or Decimal, or nothing."""
    return {name: _kind(field.annotation) for name, field in model.model_fields.items()}


def _kind(annotation: Any) -> type:
    """The type that an annotation stands for: of ``Decimal | None`` Decimal, of a Literal str."""
    kinds = [part for part in get_args(annotation) if part is not type(None)]
    if isinstance(annotation, type) or not kinds:
        return annotation  # type: ignore[no-any-return]
    return type(kinds[0]) if get_origin(annotation) is Literal else _kind(kinds[0])


class Series(Rows[Point]):
    """The records of an indicator in order of time, each with the change since the one before.

    >>> series = load().series("5g-base-stations")
    >>> series.indicator.label, series.indicator.unit
    ('5G base stations built and opened', 'station')
    >>> series[1].change_bound
    'lower'
    """

    def __init__(self, indicator: Indicator, points: Iterable[Point]) -> None:
        super().__init__(Point, points)
        self.indicator = indicator

    def __repr__(self) -> str:
        return f"<Series {self.indicator.slug}: {len(self)} points>"


class Reading(Rows[Record]):
    """The records that were read in a text, by indicator and time; ``rejections`` are its other numerals.

    >>> reading = read("There are three tasks, and 12,500 harbor cranes.", date="2024-01-19")
    >>> reading, [rejection.kind for rejection in reading.rejections]
    (<Reading: 0 records, 2 rejections>, ['no indicator', 'uncatalogued'])
    """

    def __init__(self, records: Iterable[Record], rejections: Rows[Rejection]) -> None:
        super().__init__(Record, records)
        self.rejections = rejections

    def __repr__(self) -> str:
        return f"<Reading: {len(self)} records, {len(self.rejections)} rejections>"


class Corpus:
    """The documents, read. Close it, or use it as a context.

    A name is a slug, a label or an alias in English or Chinese, or comes near one: then a warning says for
    what it was taken. The filters of the methods are those of the command line: ``status``, one or several
    of actual, expected and target; ``since`` and ``until``, a period or a date; ``document``, an id or the
    start of one; ``as_of``, a date: only what had been published by then; ``min_confidence``, the least
    confidence of a record: 0 gives the uncertain ones too.
    """

    def __init__(self, store: Store, vocabulary: Vocabulary) -> None:
        """Take an open store and the indicators that it was read for; see `load`."""
        self._store = store
        self._vocabulary = vocabulary

    def __enter__(self) -> Corpus:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the index."""
        self._store.close()

    def __repr__(self) -> str:
        records = sum(self._store.counts().values())
        return f"<Corpus: {len(self._ids)} documents, {records} records>"

    # what there is

    def documents(self) -> Sequence[str]:
        """The ids of the documents, by date.

        >>> load().documents()[0]
        '2022-08-19-teleconference'
        """
        return self._ids

    def document(self, id: str) -> Document:
        """A document with its text and sentences; the unambiguous start of its id will do.

        >>> load().document("2025").date
        datetime.date(2025, 7, 28)
        """
        return Document.of(self._store.document(self._document(id)))

    def indicators(self, *, every: bool = False) -> Rows[Indicator]:
        """The indicators that have a record, or ``every`` one of the vocabulary.

        >>> corpus = load()
        >>> len(corpus.indicators()) < len(corpus.indicators(every=True))
        True
        """
        counts = self._store.counts()
        found = (self._vocabulary[slug] for slug in self._vocabulary if every or slug in counts)
        return Rows(Indicator, (Indicator.of(entry) for entry in found))

    def indicator(self, name: str) -> Indicator:
        """The indicator that a name means. Raises NothingToShow, with the nearest, when none is sure.

        >>> load().indicator("5G基站").slug
        '5g-base-stations'
        """
        return Indicator.of(self._vocabulary[self._slug(name)])

    # what is asked

    def records(self, *names: str, **filters: Unpack[Filters]) -> Rows[Record]:
        """The records of some indicators, or of all: by indicator and time.

        >>> [str(record.value) for record in load().records("5g-base-stations", until="2022")]
        ['1968000', '2300000']
        """
        found = self._observations([self._slug(name) for name in names] or None, filters)
        return Rows(Record, map(Record.from_observation, found))

    def series(self, name: str, **filters: Unpack[Filters]) -> Series:
        """The records of one indicator in order of time, each with the change since the one before."""
        from miit_cli.queries.series import series

        indicator = self.indicator(name)
        table = series(self._observations([indicator.slug], filters), [indicator.slug])
        return Series(indicator, map(Point.model_validate, table.records()))

    def get(self, name: str, period: str, **filters: Unpack[Filters]) -> Record:
        """The record of one indicator for one period, or the latest in a document.

        Raises NothingToShow when there is none, CheckFailed when documents disagree.

        >>> record = load().get("5g-base-stations", "2022")
        >>> record.value, record.bound, record.document
        (Decimal('2300000'), 'lower', '2023-01-11-work-conference')
        """
        from miit_cli.periods import parse
        from miit_cli.queries.records import undisputed
        from miit_cli.queries.selection import pick

        found = self._observations([self._slug(name)], filters)
        return Record.from_observation(undisputed(pick(parse(period, self._ids), found)))

    def compare(
        self, before: str, after: str, *names: str, every: bool = False, **filters: Unpack[Filters]
    ) -> Rows[Comparison]:
        """What changed between two periods or documents, indicator by indicator.

        ``every`` adds the indicators that only one side has. Raises NothingToShow when a side has no record.
        """
        from miit_cli.periods import parse
        from miit_cli.queries.comparison import compare

        slugs = [self._slug(name) for name in names]
        first, second = parse(before, self._ids), parse(after, self._ids)
        table = compare(self._observations(slugs or None, filters), first, second, slugs, everything=every)
        return Rows(Comparison, map(Comparison.model_validate, table.records()))

    def rejections(self, document: str | None = None) -> Rows[Rejection]:
        """The numerals that are no records, each with the reason.

        >>> any(each.kind == "unexplained" for each in load().rejections())
        False
        """
        figures = self._store.figures(document=None if document is None else self._document(document))
        return Rows(Rejection, (Rejection.of(each) for each in figures if each.kind != RECORDED))

    def read(
        self,
        text: str,
        *,
        date: Day,
        language: Literal["en", "zh"] | None = None,
        min_confidence: float | None = None,
    ) -> Reading:
        """Read a text that is in no document of the corpus, with the vocabulary of the corpus; see `read`.

        >>> corpus = load()
        >>> [record] = corpus.read("截至7月底,全国5G基站总数达196.8万个。", date="2022-08-19")
        >>> record.value == corpus.get("5g-base-stations", "2022-07").value
        True
        """
        return _read(text, date, language, self._vocabulary, min_confidence)

    # names, documents and filters

    @cached_property
    def _ids(self) -> tuple[str, ...]:
        return tuple(self._store.ids())

    def _document(self, name: str) -> str:
        from miit_cli.periods import document_named

        return document_named(name, self._ids)

    def _slug(self, name: str) -> str:
        from miit_cli.names import resolve

        match = resolve(name, self._vocabulary, reported=self._store.counts(), kept=self._store.meanings())
        if match.how == "fuzzy":
            _warn(f"{name!r} is taken for {match.slug}")
        return match.slug

    def _observations(self, slugs: Sequence[str] | None, filters: Filters) -> list[Observation]:
        from miit_cli import periods

        since, until, as_of = (_iso(filters.get(name)) for name in ("since", "until", "as_of"))
        status, document = filters.get("status"), filters.get("document")
        for word in [status] if isinstance(status, str) else status or ():
            if word not in STATUSES:
                raise UsageError(f"status: {word!r} is none of {', '.join(STATUSES)}")
        return self._store.observations(
            slugs,
            status=status or None,
            since=None if since is None else periods.known_period(since, "--since").start,
            until=None if until is None else periods.known_period(until, "--until").end,
            document=None if document is None else self._document(document),
            as_of=None if as_of is None else periods.day(as_of, "as_of"),
            min_confidence=filters.get("min_confidence"),
        )


def _iso(day: object) -> str | None:
    """A period as it is typed; a date as its ISO day."""
    return day.isoformat() if isinstance(day, date_) else None if day is None else str(day)
