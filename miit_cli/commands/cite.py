"""``miit cite``: the source of a figure, as a reference."""

from typing import TYPE_CHECKING, Annotated

from miit_cli.commands._shared import NAME, PERIOD, WITHOUT_FORMAT, formats, own_format
from miit_cli.context import Context
from miit_cli.output import Format
from miit_cli.output.citation import ENDINGS, Citation

if TYPE_CHECKING:
    from miit_cli.output.citation import Reference
    from miit_cli.types import Observation

FORMATS = tuple(dict.fromkeys((*Citation, *Format)))


def command(
    context: Annotated[Context, WITHOUT_FORMAT],
    name: Annotated[str, NAME],
    period: Annotated[str, PERIOD],
    form: Annotated[
        str | None,
        formats(
            "Default: what the ending of --output says (.md, .bib, .json), else markdown, a footnote. csv "
            "and the like give the parts of the reference as a table.",
            FORMATS,
        ),
    ] = None,
) -> None:
    """The source of a figure as a Markdown footnote, BibTeX or CSL-JSON.

    It names the document, its day, the sentence with its number, and the SHA-256 of the file, so that the
    figure can be found again. Exit code 1 when there is no such figure, 4 when documents disagree.
    """
    from miit_cli.output.citation import render
    from miit_cli.periods import parse
    from miit_cli.queries.records import undisputed
    from miit_cli.queries.selection import pick
    from miit_cli.table import Table

    # what to write; None for a table of the parts, which is also meant by --columns alone
    citation = own_format(context, form, Citation, FORMATS, ENDINGS)
    if form is None:
        context.options.check_ending("txt", *ENDINGS)
        citation = None if context.options.columns else citation or Citation.MARKDOWN
    selector = parse(period, context.document_ids)
    found = pick(selector, context.claims(context.slugs([name]), selector))
    reference = _reference(context, undisputed(found))
    if citation:
        context.write([render(reference, citation, context.options.lang)])
    else:
        context.emit(Table(reference._fields, [tuple(reference)]))
    context.note(*found.notes)


def _reference(context: Context, observation: "Observation") -> "Reference":
    from miit_cli.output.citation import Reference
    from miit_cli.queries.selection import period

    document = context.store.document(observation.document)
    name = period(observation)
    return Reference(
        *(f"{observation.indicator}-{name}", _figure(context, observation, name), document.id),
        *(document.title or document.id, document.publisher, document.event, document.date),
        *(document.source, document.url, document.language),
        *(observation.sentence, observation.quote, document.sha256),
    )


def _figure(context: Context, observation: "Observation", period: str) -> str:
    """``5G base stations, 2022-07: 1,968,000 stations``, with hedge and standing in words."""
    from miit_cli.output.chart.words import WORDS

    lang = context.options.lang
    words, gap = WORDS[lang].marks, WORDS[lang].joint
    hedge = "" if observation.bound == "exact" else f"{words[observation.bound]}{gap}"
    unit = context.units[observation.unit]
    unit = unit if unit == "%" else f"{gap}{unit}"
    standing = "" if observation.status == "actual" else f" ({words[observation.status]})"
    comma, colon = ("，", "：") if lang == "zh" else (", ", ": ")
    label = context.label(observation.indicator)
    return f"{label}{comma}{period}{colon}{hedge}{observation.value:,f}{unit}{standing}"
