"""``miit cite``: the source of a figure, as a reference."""

from typing import TYPE_CHECKING, Annotated

from miit_cli.commands._parameters import NAME, PERIOD
from miit_cli.errors import UsageError
from miit_cli.options import OUTPUT, Only, Param, Typed
from miit_cli.output import Format
from miit_cli.output.citation import Citation
from miit_cli.session import Session

if TYPE_CHECKING:
    from miit_cli.facts import Observation
    from miit_cli.output.citation import Reference

FORMATS = (
    *(form.value for form in Citation),
    *(form.value for form in Format if form is not Format.MARKDOWN),
)
SHARED = Only(tuple(name for name in Typed._fields if name != "format"))


def command(
    session: Annotated[Session, SHARED],
    name: Annotated[str, NAME],
    period: Annotated[str, PERIOD],
    form: Annotated[
        str | None,
        Param(
            "Default: what the ending of --output says (.md, .bib, .json), else markdown, a footnote. csv "
            "and the like give the parts of the reference as a table.",
            "--format -f",
            "|".join(FORMATS),
            OUTPUT,
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
    from miit_cli.queries.selection import pick
    from miit_cli.queries.value import undisputed
    from miit_cli.table import Table

    asked = _asked(form, session)
    selector = parse(period, session.document_ids)
    found = pick(selector, session.claims(session.slugs([name]), selector))
    observation = undisputed(found)
    reference = _reference(session, observation)
    if isinstance(asked, Citation):
        session.write([render(reference, asked, session.options.lang)])
    else:
        session.options = session.options._replace(format=asked)
        session.emit(Table(reference._fields, [tuple(reference)]))
    for note in found.notes:
        session.note(note)


def _asked(form: str | None, session: Session) -> Citation | Format:
    """What to write: a reference, or a table of its parts, which is also meant by --columns alone."""
    options = session.options
    if form is None:
        ending = Citation.of_file(options.output or "")
        return options.format if options.columns else ending or Citation.MARKDOWN
    if form in list(Citation):
        return Citation(form)
    if form in FORMATS:
        return Format(form)
    raise UsageError(f"--format: {form!r} is none of {', '.join(FORMATS)}")


def _reference(session: Session, observation: "Observation") -> "Reference":
    from miit_cli.output.citation import Reference
    from miit_cli.queries.selection import period

    document = session.store.document(observation.document)
    name = period(observation)
    return Reference(
        f"{observation.indicator}-{name}",
        _figure(session, observation, name),
        document.id,
        document.title or document.id,
        document.publisher,
        document.event,
        document.date,
        document.source,
        document.url,
        document.language,
        observation.sentence,
        observation.quote,
        document.sha256,
    )


def _figure(session: Session, observation: "Observation", period: str) -> str:
    """``5G base stations, 2022-07: 1,968,000 stations``, with hedge and standing in words."""
    from miit_cli.output.chart.words import WORDS
    from miit_cli.vocabulary import units

    lang = session.options.lang
    words, gap = WORDS[lang].marks, WORDS[lang].joint
    hedge = "" if observation.bound == "exact" else f"{words[observation.bound]}{gap}"
    unit = units()[observation.unit][lang == "zh"]
    unit = unit if unit == "%" else f"{gap}{unit}"
    standing = "" if observation.status == "actual" else f" ({words[observation.status]})"
    comma, colon = ("，", "：") if lang == "zh" else (", ", ": ")
    label = session.label(observation.indicator)
    return f"{label}{comma}{period}{colon}{hedge}{observation.value:,f}{unit}{standing}"
