"""``miit plot``: the series as a chart, in the terminal or as a picture."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, assert_never

from miit_cli.commands._parameters import Names
from miit_cli.errors import NothingToShow, UsageError
from miit_cli.options import OUTPUT, Only, Param, Typed
from miit_cli.output import Format
from miit_cli.session import Session

if TYPE_CHECKING:
    from miit_cli.chart import Chart, Source


class Picture(StrEnum):
    """What a chart is drawn as."""

    CHART = "chart"
    SVG = "svg"
    PNG = "png"


FORMATS = (*(form.value for form in Picture), *(form.value for form in Format))
SHARED = Only(tuple(name for name in Typed._fields if name != "format"))


def command(
    session: Annotated[Session, SHARED],
    names: Names,
    together: Annotated[
        bool,
        Param("Draw indicators of one unit and measure as lines in one panel.", "--together", "", OUTPUT),
    ] = False,
    dark: Annotated[bool, Param("svg and png on a dark ground.", "--dark", "", OUTPUT)] = False,
    form: Annotated[
        str | None,
        Param(
            "Default: what the ending of --output says, else a chart in characters. csv and the like give "
            "the points that are drawn, as a table.",
            "--format -f",
            "|".join(FORMATS),
            OUTPUT,
            FORMATS,
        ),
    ] = None,
) -> None:
    """The series as a chart in the terminal; with --output chart.svg or chart.png as a picture.

    Each indicator has a panel. Time is true to the calendar: a figure stands at the end of its period.
    Periods of one kind are joined, half-years with half-years. In the terminal > is more than, < less
    than, ~ about, e expected, t target.
    """
    from miit_cli.queries.plot import points

    drawn = _chart(session, names, together)
    asked = _asked(form, session)
    if isinstance(asked, Picture):
        _draw(session, asked, drawn, dark)
    else:
        session.options = session.options._replace(format=asked, format_given=True)
        session.emit(points(drawn))
    for note in drawn.notes:
        session.note(note)


def _asked(form: str | None, session: Session) -> Picture | Format:
    """What to draw, or the format of the points, which are also meant by --columns alone."""
    options = session.options
    if form is None:
        ending = (options.output or "").rpartition(".")[2].lower()
        if ending in list(Picture):
            return Picture(ending)
        return options.format if options.columns else Format.of_file(options.output or "") or Picture.CHART
    if form in list(Picture):
        return Picture(form)
    if form in FORMATS:
        return Format(form)
    raise UsageError(f"--format: {form!r} is none of {', '.join(FORMATS)}")


def _chart(session: Session, names: list[str], together: bool) -> "Chart":
    from miit_cli.queries.plot import chart
    from miit_cli.vocabulary import units

    slugs = session.slugs(names)
    observations = session.observations(slugs)
    if not observations:
        raise NothingToShow(f"no record of {', '.join(slugs)} here; `miit list` shows what there is")
    chinese = session.options.lang == "zh"
    words = {unit: told[chinese] for unit, told in units().items()}
    return chart(
        observations, slugs, session.labels(observations), words, _sources(session), together=together
    )


def _sources(session: Session) -> "dict[str, Source]":
    from miit_cli.chart import Source

    return {each.id: Source(each.id, each.title or each.id, each.date) for each in session.store.documents()}


def _draw(session: Session, picture: Picture, drawn: "Chart", dark: bool) -> None:
    options = session.options
    match picture:
        case Picture.CHART:
            from miit_cli.output.chart import terminal

            session.write(terminal.render(drawn, options.lang, options.width, options.color), arranged=True)
        case Picture.SVG:
            from miit_cli.output.chart import svg

            session.write([svg.render(drawn, options.lang, dark=dark)])
        case Picture.PNG:
            from miit_cli.output import sink
            from miit_cli.output.chart import png

            if options.output is None:
                raise UsageError("--output: png is not written to standard output; name a file")
            painted = png.render(drawn, options.lang, dark=dark)
            sink.write_file([painted.data], options.output)
            if painted.unseen:
                session.note(f"no font here has {painted.unseen}: install one, such as Noto Sans CJK")
        case _:
            assert_never(picture)
