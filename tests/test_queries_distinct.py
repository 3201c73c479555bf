"""Overviews ask for what was said and not how often: the first and the last record of each claim suffice.

The index hands over just these where an archive says the same thousands of times.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from queries_case import seen

from miit_cli.errors import NothingToShow
from miit_cli.periods import parse
from miit_cli.queries.comparison import compare
from miit_cli.queries.conflicts import conflicts
from miit_cli.queries.listing import listing
from miit_cli.queries.pivot import pivot
from miit_cli.queries.targets import targets
from miit_cli.table import Table
from miit_cli.types import Observation

MODEL = seen("clusters 1 exact actual 2022-12-31 2023-01-01-a")[0]
SPANS = (
    *((None, "2022-12-31"), (None, "2023-06-30"), (None, "2023-12-31"), ("2022-01-01", "2022-06-30")),
    *(("2022-01-01", "2022-12-31"), ("2023-01-01", "2023-06-30"), ("2023-01-01", "2023-12-31")),
)


def observation(
    indicator: str, value: str, bound: str, status: str, span: tuple[str | None, str], document: int
) -> Observation:
    return MODEL._replace(
        indicator=indicator,
        value=Decimal(value),
        bound=bound,
        status=status,
        start=span[0],
        end=span[1],
        document=f"2023-01-0{document}-report",
        published=f"2023-01-0{document}",
    )


archives = st.lists(
    st.builds(
        observation,
        st.sampled_from(["clusters", "little-giants"]),
        st.sampled_from(["40", "41", "1968000", "1970000"]),
        st.sampled_from(["exact", "lower", "upper", "approx"]),
        st.sampled_from(["actual", "actual", "expected", "target"]),
        st.sampled_from(SPANS),
        st.integers(1, 5),
    ),
    max_size=12,
    unique_by=lambda o: (o.indicator, o.value, o.bound, o.status, o.start, o.end, o.document),
).map(lambda found: [one._replace(span_start=place) for place, one in enumerate(found)])


def order(found: Observation) -> tuple[str | int, ...]:
    return found.indicator, found.end, found.start or "", found.published, found.document, found.span_start


def distinct(observations: list[Observation]) -> list[Observation]:
    """The first and the last record of each claim."""
    claims: dict[tuple[object, ...], list[Observation]] = {}
    for found in sorted(observations, key=order):
        claims.setdefault((found.indicator, *found[1:4], found.status, found.start, found.end), []).append(
            found
        )
    return sorted({place for group in claims.values() for place in (group[0], group[-1])}, key=order)


def diff(observations: list[Observation]) -> Table | str:
    try:
        return compare(observations, parse("2022"), parse("2023"), everything=True)
    except NothingToShow as nothing:
        return str(nothing)


QUESTIONS: dict[str, Callable[[list[Observation]], object]] = {
    "table": pivot,
    "targets": targets,
    "conflicts": lambda observations: conflicts(observations, kinds=["documents", "series"]),
    "diff": diff,
    "list": lambda observations: listing(observations, counts={"clusters": 1, "little-giants": 1}),
}


@pytest.mark.parametrize("question", QUESTIONS)
@given(archives)
def test_the_first_and_the_last_of_each_claim_answer_for_all(
    question: str, archive: list[Observation]
) -> None:
    ask = QUESTIONS[question]
    assert ask(distinct(archive)) == ask(sorted(archive, key=order))


@pytest.mark.parametrize("question", QUESTIONS)
@given(archives, st.integers(0, 100))
def test_the_order_of_the_records_does_not_matter(
    question: str, archive: list[Observation], seed: int
) -> None:
    ask = QUESTIONS[question]
    shuffled = list(archive)
    Random(seed).shuffle(shuffled)
    assert ask(shuffled) == ask(archive)
