"""A chart as PNG: the SVG with all text as outlines, painted by resvg."""

from __future__ import annotations

from miit_cli.chart import Chart
from miit_cli.errors import UsageError
from miit_cli.output.chart import svg

ZOOM = 2  # pixels a unit: sharp in print and on fine screens
REQUIRED = "png needs resvg: pip install 'miit[png]'; or write to a file that ends in .svg"


def render(chart: Chart, lang: str) -> bytes:
    """The picture. UsageError where what paints it is not installed."""
    try:
        import resvg_py
    except ImportError as error:
        raise UsageError(REQUIRED) from error
    return bytes(resvg_py.svg_to_bytes(svg_string=svg.render(chart, lang, outlined=True), zoom=ZOOM))
