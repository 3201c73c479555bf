"""The plain tuples that travel from the reader to the output.

They are light on purpose: a query that prints CSV builds thousands of them and
imports nothing else. ``models`` is their validated face, for Python users and
for the JSON Schema. Dates are ISO 8601 text (``2022-07-31``), which sorts as
dates do; values are exact decimals in the unit of the indicator.
"""

# Annotations are evaluated here: a NamedTuple compiles each one that is deferred, at every start.
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal

BUNDLED = "bundled"  # the name of the built-in corpus

BOUNDS = ("exact", "lower", "upper", "approx")
HEDGES = {"lower": "more than", "upper": "less than", "approx": "about"}  # as they are said before a value
SIGNS = {"lower": ">", "upper": "<", "approx": "~"}  # and written
STATUSES = ("actual", "expected", "target")
STANDINGS = {"expected": "e", "target": "t"}  # the signs of what is no actual figure
BASES = ("stated", "context", "document")
MEASURES = ("level", "growth", "share", "change")
NATURES = ("flow", "stock")

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)

RECORDED = "recorded"
UNCATALOGUED = "uncatalogued"
UNCERTAIN = "uncertain"
UNATTRIBUTED = "unattributed"
NO_INDICATOR = "no indicator"
UNEXPLAINED = "unexplained"
CLASSES = (RECORDED, UNCATALOGUED, UNCERTAIN, UNATTRIBUTED, NO_INDICATOR, UNEXPLAINED)

NOT_SURE = "not read surely enough"  # the reason of an uncertain figure

# From this confidence on a value needs no mark: of such records at least 97 % are right.
SURE = 0.9


# What a part of a text is; ``outline`` keeps them beside it.
PARAGRAPH, HEADING, ITEM, QUOTATION, TABLE, NOTE, CAPTION = KINDS = (
    "paragraph",
    "heading",
    "item",  # of a list
    "quotation",
    "table",  # a row of it
    "note",  # below a table or a page
    "caption",  # above a table, its unit with it
)


class SentenceSpan(NamedTuple):
    """A sentence, label, heading or row of a table: ``document.text[start:end]``."""

    number: int  # from 1
    start: int
    end: int
    kind: str = PARAGRAPH  # one of KINDS
    paragraph: int = 0  # number of the line of the text that it belongs to

    @property
    def heading(self) -> bool:
        """Whether it is a heading, or a short line of its own that reads as one."""
        return self.kind == HEADING


class ParsedDocument(NamedTuple):
    """A report: its text as a reader sees it, and what its front matter or page says of it.

    ``text`` holds no markup, no front matter, and the lines that a program broke are joined; all
    offsets count its characters. ``outline`` tells its blocks. ``sentences`` cover the text in order.
    """

    id: str  # file stem
    path: str
    date: str  # ISO day of publication
    language: str  # en | zh
    title: str
    text: str
    outline: str
    sentences: tuple[SentenceSpan, ...]
    sha256: str  # of the file's bytes
    area: str = ""  # province or company that the report is about, "" for national
    event: str = ""
    publisher: str = ""
    source: str = ""
    url: str = ""


class DocumentInfo(NamedTuple):
    """A document without its text, and how many records it has."""

    id: str
    path: str
    date: str
    language: str
    title: str
    area: str
    event: str
    publisher: str
    source: str
    url: str
    sha256: str
    records: int


class Observation(NamedTuple):
    """One figure that a document reports for one indicator in one period (SDMX: observation)."""

    indicator: str
    value: "Decimal"
    unit: str
    bound: str
    status: str
    start: str | None  # None for a stock, and for a flow whose beginning is not said
    end: str
    basis: str
    measure: str
    nature: str
    document: str
    published: str
    sentence: int
    quote: str
    span_start: int  # document.text[span_start:span_end] == surface
    span_end: int
    surface: str
    note: str = ""  # the reader's doubt, "" when it has none
    confidence: float = 1.0  # the probability, in two decimals, that indicator, value and period are right


class Figure(NamedTuple):
    """One numeral of a document, accounted for: recorded, or why not."""

    document: str
    sentence: int
    start: int
    end: int
    text: str
    kind: str  # one of CLASSES; column ``class``
    reason: str  # the indicator(s) when recorded, else a short declared reason
    value: "Decimal | None" = None
    unit: str = ""
    subject: str = ""
    bound: str = ""
    status: str = ""
    period_start: str | None = None
    period_end: str = ""
    measure: str = ""
    nature: str = ""
    indicator: str = ""  # its slugs, a space between them, where it is recorded, uncertain or unlikely
    confidence: float | None = None  # that of the surest record that it is or would be


def judged(figure: Figure, least: float) -> Figure:
    """A figure whose class is right for records of at least so much confidence: recorded, or uncertain."""
    if figure.confidence is None or figure.kind not in (RECORDED, UNCERTAIN):
        return figure
    if figure.confidence >= least:
        return figure if figure.kind == RECORDED else figure._replace(kind=RECORDED, reason=figure.indicator)
    return figure._replace(kind=UNCERTAIN, reason=NOT_SURE)


class ReadingResult(NamedTuple):
    """What the reader finds in a document."""

    observations: tuple[Observation, ...]
    figures: tuple[Figure, ...]


class Amount(NamedTuple):
    """So much of the files."""

    documents: int
    size: int  # bytes
