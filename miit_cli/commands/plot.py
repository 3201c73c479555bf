"""``miit plot``: the series as a chart, in the terminal or as a picture."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, assert_never

from miit_cli.commands._shared import WITHOUT_FORMAT, IndicatorNames, formats, own_format
from miit_cli.context import Context
from miit_cli.errors import NothingToShow, UsageError
from miit_cli.options import OUTPUT, Param
from miit_cli.output import Format

if TYPE_CHECKING:
    from miit_cli.chart import Chart


class Picture(StrEnum):
    """What a chart is drawn as."""

    CHART = "chart"
    SVG = "svg"
    PNG = "png"


ENDINGS = {"svg": Picture.SVG, "png": Picture.PNG}
FORMATS = (*Picture, *Format)


def command(
    context: Annotated[Context, WITHOUT_FORMAT],
    names: IndicatorNames,
    together: Annotated[
        bool,
        Param("Draw indicators of one unit and measure as lines in one panel.", "--together", "", OUTPUT),
    ] = False,
    dark: Annotated[bool, Param("svg and png on a dark ground.", "--dark", "", OUTPUT)] = False,
    form: Annotated[
        str | None,
        formats(
            "Default: what the ending of --output says, else a chart in characters. csv and the like give "
            "the points that are drawn, as a table.",
            FORMATS,
        ),
    ] = None,
) -> None:
    """The series as a chart in the terminal; with --output chart.svg or chart.png as a picture.

    Each indicator has a panel. Time is true to the calendar: a figure stands at the end of its period.
    Periods of one kind are joined, half-years with half-years. In the terminal > is more than, < less
    than, ~ about, e expected, t target.
    """
    from miit_cli.chart import ChartSource
    from miit_cli.queries.plot import chart, points

    slugs = context.slugs(names)
    observations = context.observations(slugs)
    if not observations:
        raise NothingToShow(context.no_record_of(slugs))
    documents = context.store.documents()
    sources = {each.id: ChartSource(each.id, each.title or each.id, each.date) for each in documents}
    labels = context.labels(observations)
    drawn = chart(observations, slugs, labels, context.units, sources, together=together)
    # what to draw; None for the points as a table, which are also meant by --columns alone
    picture = own_format(context, form, Picture, FORMATS, ENDINGS)
    if form is None:
        context.options.check_ending("txt", *ENDINGS)
        table = context.options.columns or Format.of_file(context.options.output or "")
        picture = picture or (None if table else Picture.CHART)
    if picture:
        _draw(context, picture, drawn, dark)
    else:
        context.emit(points(drawn))
    context.note(*drawn.notes)


def _draw(context: Context, picture: Picture, drawn: "Chart", dark: bool) -> None:
    options = context.options
    match picture:
        case Picture.CHART:
            from miit_cli.output.chart import terminal

            context.write(terminal.render(drawn, options.lang, options.width, options.color), arranged=True)
        case Picture.SVG:
            from miit_cli.output.chart import svg

            context.write([svg.render(drawn, options.lang, dark=dark)])
        case Picture.PNG:
            from miit_cli.output import sink
            from miit_cli.output.chart import png

            if options.output is None:
                raise UsageError("--output: png is not written to standard output; name a file")
            painted, unseen = png.render(drawn, options.lang, dark=dark)
            sink.write_file([painted], options.output)
            if unseen:
                context.note(f"no font here has {unseen}: install one, such as Noto Sans CJK")
        case _:
            assert_never(picture)
