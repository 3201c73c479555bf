"""Observations for the tests of the queries, written as a table.

A line is ``indicator value bound status period document``; the period is a day for a stock
and two days with ``..`` between them for a flow; ``..`` and a day is a flow whose beginning
is not said. The document's name begins with its date.
"""

from __future__ import annotations

from decimal import Decimal

from miit_cli.table import Table
from miit_cli.types import Observation

# unit and measure of the indicators that the tests speak of, by the end of their names
KINDS = {
    "growth": ("percent", "growth"),
    "share": ("percent", "share"),
    "change": ("percentage-point", "change"),
    "stations": ("station", "level"),
    "sales": ("vehicle", "level"),
}


def seen(lines: str, **fields: object) -> list[Observation]:
    """The observations of a table, in the stable order of the index; ``fields`` hold for all of them."""
    found = [_observation(number, line.split()) for number, line in enumerate(lines.strip().splitlines(), 1)]
    found.sort(key=lambda o: (o.indicator, o.end, o.start or "", o.published, o.document, o.sentence))
    return [observation._replace(**fields) for observation in found]  # type: ignore[arg-type]


def _observation(number: int, words: list[str]) -> Observation:
    indicator, value, bound, status, period, document = words
    unit, measure = KINDS.get(indicator.rsplit("-", 1)[-1], ("enterprise", "level"))
    start, dots, end = period.rpartition("..")
    return Observation(
        indicator=indicator,
        value=Decimal(value),
        unit=unit,
        bound=bound,
        status=status,
        start=start or None,
        end=end,
        basis="stated",
        measure=measure,
        nature="flow" if dots else "stock",
        document=document,
        published=document[:10],
        sentence=number,
        quote=f"Sentence {number}.",
        span_start=number * 10,
        span_end=number * 10 + len(value),
        surface=value,
    )


def shown(table: Table, *columns: str) -> str:
    """The rows as text, for comparing whole answers: cells with a blank between them, ``-`` for empty."""
    chosen = table.project(columns or table.columns)
    return "\n".join(" ".join(_cell(cell) for cell in row).rstrip() for row in chosen.rows)


def _cell(cell: object) -> str:
    return "-" if cell in (None, "") else str(cell)


# What five meetings report, as far as the questions below need it.
MEETINGS = """
5g-base-stations         1968000 exact  actual   2022-07-31             2022-08-19-teleconference
5g-base-stations         2300000 lower  actual   2022-12-31             2023-01-11-work-conference
5g-base-stations         2937000 exact  actual   2023-06-30             2023-07-25-symposium
5g-base-stations         4550000 exact  actual   2025-06-30             2025-07-28-symposium
clusters                 45      exact  actual   2022-12-31             2023-01-11-work-conference
gigabit-cities           110     exact  actual   2023-06-30             2023-07-25-symposium
industrial-growth        3.5     exact  actual   2022-01-01..2022-07-31 2022-08-19-teleconference
industrial-growth        3.6     exact  expected 2022-01-01..2022-12-31 2023-01-11-work-conference
industrial-growth        3.8     exact  actual   2023-01-01..2023-06-30 2023-07-25-symposium
industrial-growth        6.4     exact  actual   2025-01-01..2025-06-30 2025-07-28-symposium
little-giants            8997    exact  actual   2022-12-31             2023-01-11-work-conference
little-giants            8997    exact  actual   2023-03-01             2023-03-01-press-conference
little-giants            10000   lower  target   2023-12-31             2023-01-11-work-conference
little-giants-new        3000    lower  target   2022-01-01..2022-12-31 2022-08-19-teleconference
manufacturing-growth     2.7     exact  actual   2022-01-01..2022-07-31 2022-08-19-teleconference
manufacturing-growth     3.1     approx expected 2022-01-01..2022-12-31 2023-01-11-work-conference
manufacturing-growth     4.2     exact  actual   2023-01-01..2023-06-30 2023-07-25-symposium
manufacturing-share      28.8    exact  actual   2022-01-01..2022-06-30 2022-08-19-teleconference
manufacturing-share      28      exact  actual   2022-01-01..2022-12-31 2023-01-11-work-conference
manufacturing-share      27.7    exact  actual   2022-01-01..2022-12-31 2023-03-01-press-conference
nev-sales                6500000 lower  actual   2022-01-01..2022-12-31 2023-01-11-work-conference
software-growth          10.9    exact  actual   2022-01-01..2022-06-30 2022-08-19-teleconference
software-growth          11.9    exact  actual   2025-01-01..2025-06-30 2025-07-28-symposium
specialized-smes         70000   lower  actual   2022-12-31             2023-01-11-work-conference
specialized-smes         70000   lower  actual   2023-03-01             2023-03-01-press-conference
specialized-smes         80000   lower  target   2023-12-31             2023-01-11-work-conference
specialized-smes         80000   lower  target   2023-12-31             2023-03-01-press-conference
"""

DOCUMENTS = (
    "2022-08-19-teleconference",
    "2023-01-11-work-conference",
    "2023-03-01-press-conference",
    "2023-07-25-symposium",
    "2025-07-28-symposium",
)
