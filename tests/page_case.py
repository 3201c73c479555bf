"""A document and what was read of it, made by hand, for the tests of its page."""

from __future__ import annotations

from decimal import Decimal

from miit_cli.corpus import text_document
from miit_cli.page import Page
from miit_cli.queries.page import page
from miit_cli.sentences import split
from miit_cli.types import CLASSES, Figure, Observation, ParsedDocument

LABELS = {
    "5g-base-stations": "5G base stations",
    "nev-output": "Output of new energy vehicles",
    "nev-sales": "Sales of new energy vehicles",
    "gigabit-cities": "Gigabit cities",
}
UNITS = {"station": "stations", "vehicle": "vehicles", "city": "cities", "percent": "%"}

TEXT = """\
## What was reported

By the end of June, 2.937 million base stations had been built, and by 2025 there will be over 3.6 million.

- Production and sales both came to nearly 7 million in 2022.
- Antivirus programs brought in 41 billion yuan; the others 12%.

> Perhaps 110 cities are gigabit cities. What are 777?

| City | Stations |
| --- | --- |
| Wenzhou | 21,000 |
"""

HOSTILE = """\
<script>window.hacked = 1</script> had <img src=x onerror="window.hacked = 1"> 2.937 million
</a></p></article></main></style><script>window.hacked = 1</script> and \u202e7 million\u202c \x1b[31m
<b onclick='window.hacked = 1'>.
"""

# surface, class, what it is of, value, unit, bound, period, status, confidence
FOUND = (
    ("end of June", "no indicator", "a date or period"),
    ("2.937 million", "recorded", "5g-base-stations", "2937000", "station", "exact", None, "2023-06-30"),
    ("by 2025", "no indicator", "a date or period"),
    ("over 3.6 million", "recorded", "5g-base-stations", "3600000", "station", "lower", None, "2025-12-31"),
    (
        *("nearly 7 million", "recorded", "nev-output nev-sales", "7000000", "vehicle", "upper"),
        *("2022-01-01", "2022-12-31"),
    ),
    ("41 billion yuan", "uncatalogued", "antivirus programs"),
    ("12%", "unattributed", "the others"),
    ("110", "uncertain", "gigabit-cities"),
    ("777", "unexplained", ""),
    ("21,000", "no indicator", "a figure of a place"),
)
# what is told of the figure of the last row
TOLD = {
    "Value": "more than 3,600,000 stations",
    "Indicator": "5G base stations 5g-base-stations",
    "Bound": "more than",
    "Period": "2025 2025-12-31",
    "Reason": "the period is said in the sentence",
    "Standing": "target",
    "Confidence": "0.98",
    "Sentence": "2",
}
DOUBT = "half-year reports 2936000"


def document(**fields: object) -> ParsedDocument:
    """The document, or one with other fields."""
    told = {"title": "Half a year", "publisher": "Office of Notes", "url": "https://example.org/1?a=b&c"}
    made = text_document(TEXT, id="notes", date="2023-07-25", language="en")
    return made._replace(**{**told, **fields})  # type: ignore[arg-type]


def read() -> Page:
    """The page with every class of figure, and a record that another one speaks against."""
    told = document()
    figures = [_figure(told, *found) for found in FOUND]
    observations = [each for found in FOUND if found[1] == "recorded" for each in _observations(told, *found)]
    doubts = {each: DOUBT for each in observations if each.value == 2937000}
    return page(told, figures, observations, LABELS, UNITS, doubts)


def hostile() -> Page:
    """The page of a document, all of which wants to run a script or to break out of its element."""
    told = document(
        text=HOSTILE,
        outline="p",
        sentences=split(HOSTILE, "p", "en"),
        id="\"'><img src=x onerror=window.hacked=1>",
        title="</title><script>window.hacked = 1</script>",
        publisher="<img src=x onerror=window.hacked=1>",
        url="javascript:window.hacked=1",
    )
    figures = [
        _figure(told, "2.937 million", "uncatalogued", "<img src=x onerror=window.hacked=1>"),
        _figure(told, "7 million", "unattributed", "'\" onmouseover='window.hacked=1'"),
    ]
    return page(told, figures, [], {}, {})


def _figure(told: ParsedDocument, surface: str, kind: str, what: str, *record: object) -> Figure:
    start = told.text.index(surface)
    sentence = next(each.number for each in told.sentences if each.start <= start < each.end)
    known = kind in ("recorded", "uncertain")
    return Figure(
        *(told.id, sentence, start, start + len(surface), surface, kind),
        reason=what if kind in ("recorded", "no indicator") else f"because it is {kind}",
        subject="" if known or kind == "no indicator" else what,
        indicator=what if known else "",
        confidence={"recorded": 0.98, "uncertain": 0.62}.get(kind),
    )


def _observations(
    told: ParsedDocument,
    surface: str,
    kind: str,
    slugs: str,
    value: str,
    unit: str,
    bound: str,
    start: str | None,
    end: str,
) -> list[Observation]:
    at = _figure(told, surface, kind, slugs)
    status = "target" if end > told.date else "actual"
    return [
        Observation(
            *(slug, Decimal(value), unit, bound, status, start, end, "stated", "level"),
            *("flow" if start else "stock", told.id, told.date, at.sentence, "A sentence."),
            *(at.start, at.end, surface, "", 0.98 if slug != "nev-sales" else 0.71),
        )
        for slug in slugs.split()
    ]


assert {found[1] for found in FOUND} == set(CLASSES), "a class is missing"
