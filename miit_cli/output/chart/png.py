"""A chart as PNG: the SVG with all text as outlines, painted by resvg."""

from __future__ import annotations

from xml.sax.saxutils import escape

from miit_cli.chart import Chart
from miit_cli.errors import UsageError
from miit_cli.output.chart import svg
from miit_cli.output.chart.draw import FONTS, NAMESPACE
from miit_cli.output.chart.glyphs import missing

ZOOM = 2  # pixels a unit: sharp in print and on fine screens
NOBODYS = "\U000ffffd"  # a character that no font has
REQUIRED = "png needs resvg: pip install 'miit[png]'; or write to a file that ends in .svg"


def render(chart: Chart, lang: str, *, dark: bool) -> tuple[bytes, str]:
    """The picture, and the characters in it that there was no outline and no font for.

    UsageError where what paints it is not installed.
    """
    try:
        import resvg_py
    except ImportError as error:
        raise UsageError(REQUIRED) from error

    def alone(character: str) -> bytes:
        text = f'<text x="5" y="30" font-size="24" font-family="{FONTS}">{escape(character)}</text>'
        picture = f'<svg xmlns="{NAMESPACE}" width="40" height="40">{text}</svg>'
        return bytes(resvg_py.svg_to_bytes(svg_string=picture))

    labels = "".join(part for panel in chart.panels for part in (panel.unit, *(x.label for x in panel.lines)))
    unseen = "".join(each for each in missing(labels) if alone(each) in (alone(NOBODYS), alone(" ")))
    drawn = svg.render(chart, lang, outlined=True, dark=dark)
    return bytes(resvg_py.svg_to_bytes(svg_string=drawn, zoom=ZOOM)), unseen
