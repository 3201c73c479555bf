"""The distinct observations answer what all observations answer, whatever weighs them."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from index_reader import FakeReader, FakeVocabulary, varied

from miit_cli.errors import NothingToShow
from miit_cli.index import open_store
from miit_cli.periods import parse
from miit_cli.queries.comparison import compare
from miit_cli.queries.listing import listing
from miit_cli.queries.pivot import pivot
from miit_cli.queries.records import get
from miit_cli.queries.targets import targets
from miit_cli.types import Observation

# all observations, and the distinct ones
ArchiveRecords = tuple[list[Observation], list[Observation]]
PERIODS = ("2020", "2021", "2021-04-28", "2022-08", "2022-01..2022-04", "2023-H1", "2024-02", "2019")


@pytest.fixture(scope="module", params=range(3))
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> ArchiveRecords:
    """Of documents that repeat and contradict each other."""
    folder = tmp_path_factory.mktemp("archive")
    varied(folder, 150, seed=request.param)
    with open_store([str(folder)], FakeVocabulary(), make=FakeReader) as store:
        return store.observations(), store.distinct_observations()


def either(question: Callable[..., object], *given: object, **options: object) -> object:
    """The answer, or what there is instead."""
    try:
        return question(*given, **options)
    except NothingToShow as error:
        return str(error)


def test_there_are_far_fewer(archive: ArchiveRecords) -> None:
    everything, distinct = archive
    assert len(distinct) < len(everything) / 3


def test_list(archive: ArchiveRecords) -> None:
    everything, distinct = archive
    counts = {o.indicator: sum(other.indicator == o.indicator for other in everything) for o in everything}
    assert listing(everything) == listing(distinct, counts=counts)


def test_table(archive: ArchiveRecords) -> None:
    everything, distinct = archive
    for marks in (True, False):
        assert pivot(everything, marks=marks) == pivot(distinct, marks=marks)


def test_targets(archive: ArchiveRecords) -> None:
    everything, distinct = archive
    assert targets(everything).rows
    assert targets(everything) == targets(distinct)


def test_diff(archive: ArchiveRecords) -> None:
    sides = [parse(period) for period in PERIODS]
    for before in sides:
        for after in sides:
            answers = [either(compare, pool, before, after, everything=True) for pool in archive]
            assert answers[0] == answers[1]


def test_get(archive: ArchiveRecords) -> None:
    everything, _ = archive
    chance = random.Random(1)
    for slug in sorted({o.indicator for o in everything}):
        pools = [[o for o in pool if o.indicator == slug] for pool in archive]
        periods = {*PERIODS, *(o.end for o in chance.sample(pools[0], 20))}
        for period in sorted(periods):
            answers = [either(get, pool, parse(period)) for pool in pools]
            assert answers[0] == answers[1], (slug, period)
