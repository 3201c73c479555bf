"""``miit show``."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

from miit_cli.commands._parameters import Names
from miit_cli.options import Param
from miit_cli.output.layout import Layout
from miit_cli.session import Session

if TYPE_CHECKING:
    from miit_cli.facts import Observation


def command(
    session: Session,
    names: Names,
    quotes: Annotated[
        bool, Param("On a terminal, also the sentence that each figure stands in.", "--quotes")
    ] = False,
) -> None:
    """The series of an indicator: every record in order of time, the change since the one before, its source.

    On a terminal the hedge of a figure stands before it: > more than, < less than, ~ about; and so does
    its standing: e expected, t target.
    """
    from miit_cli.queries.records import RECORD_COLUMNS
    from miit_cli.queries.series import series

    slugs = session.slugs(names)
    observations = session.observations(slugs)
    table = series(observations, slugs)
    nothing = f"no record of {', '.join(slugs)} here; `miit list` shows what there is"
    session.emit(
        table, lambda: _layout(session, observations, quotes), columns=RECORD_COLUMNS, nothing=nothing
    )


def _layout(session: Session, observations: Iterable["Observation"], quotes: bool) -> Layout:
    from miit_cli.queries.selection import by_indicator

    return Layout(
        columns=("period", "value", "change", "change_percent", "document", "sentence", "note"),
        optional=("note", "sentence", "change_percent"),
        block="indicator",
        titles={slug: _title(session, slug, found) for slug, found in by_indicator(observations).items()},
        headings={"change_percent": "%", "sentence": "§", "document": "source"},
        below=("quote",) if quotes else (),
    )


def _title(session: Session, slug: str, observations: list["Observation"]) -> str:
    """The name of an indicator, its unit, and the course of its values."""
    from miit_cli.output.spark import sparkline
    from miit_cli.queries.series import points

    drawn = sparkline([found.value for found in points(observations)])
    return f"{session.title(slug)}  {drawn}".rstrip()
