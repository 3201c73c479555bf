"""The few strokes that a chart is made of, as elements of SVG."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.etree import ElementTree as xml

from miit_cli.output.cells import visible
from miit_cli.output.chart.glyphs import EM, glyphs, missing, width

NAMESPACE = "http://www.w3.org/2000/svg"
FONTS = (
    "'Noto Sans','Noto Sans SC','Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',"
    "'Helvetica Neue',Arial,'DejaVu Sans',sans-serif"
)
LATIN = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x250), *range(0x2010, 0x2027))))


class Position(NamedTuple):
    """A place on the canvas, from its top left."""

    x: float
    y: float


class Canvas:
    """A picture under way.

    Text that every viewer has a font for stays text, which can be searched and edited; Chinese text
    becomes outlines, and with ``outlined`` all text does. What there is no outline for stays text.
    """

    def __init__(
        self, width: float, paper: str, lang: str, outlined: bool, colors: Mapping[str, str]
    ) -> None:
        """Begin an empty one; ``colors`` are what others are drawn as."""
        self._colors = colors
        self._outlined = outlined
        self._width = width
        self._root = xml.Element(
            "svg", {"xmlns": NAMESPACE, "role": "img", "font-family": FONTS, "lang": lang}
        )
        self._inside = self._root
        self._paper = self._add("rect", x=0, y=0, width=width, fill=paper)
        self._symbols: dict[str, str] = {}

    def finished(self, height: float, title: str, description: str) -> str:
        """The whole picture, of that height."""
        _style(self._paper, height=height)
        _style(self._root, width=self._width, height=height)
        self._root.set("viewBox", f"0 0 {_round(self._width)} {_round(height)}")
        for place, (tag, text) in enumerate((("title", title), ("desc", description))):
            element = xml.Element(tag)
            element.text = _writable(text)
            self._root.insert(place, element)
        self._root.insert(2, self._definitions())
        self._recolor()
        xml.indent(self._root)
        return xml.tostring(self._root, encoding="unicode", xml_declaration=False) + "\n"

    def _recolor(self) -> None:
        for element in self._root.iter():
            for name in ("fill", "stroke"):
                if (color := element.get(name)) in self._colors:
                    element.set(name, self._colors[str(color)])

    def drawable(self, text: str, otherwise: str) -> str:
        """The text if it can be drawn wherever the picture goes, else the other."""
        return otherwise if self._outlined and missing(text) else text

    @contextlib.contextmanager
    def group(self, told: str) -> Iterator[None]:
        """What is drawn inside belongs together, and ``told`` is shown to who points at it."""
        outside = self._inside
        self._inside = self._add("g")
        if told:
            xml.SubElement(self._inside, "title").text = _writable(told)
        try:
            yield
        finally:
            self._inside = outside

    # strokes

    def line(self, start: Position, end: Position, color: str, weight: float, *, faint: bool = False) -> None:
        """A straight line."""
        element = self._add("line", x1=start.x, y1=start.y, x2=end.x, y2=end.y)
        _style(element, stroke=color, stroke_width=weight, stroke_opacity="0.28" if faint else "")

    def path(self, points: Sequence[Position], color: str, weight: float, dashes: str = "") -> None:
        """A line through points, dashed or not; nothing for fewer than two."""
        if len(points) < 2:
            return
        element = self._add("polyline", points=_places(points), fill="none", stroke=color)
        _style(element, stroke_width=weight, stroke_linejoin="round", stroke_dasharray=dashes)

    def polygon(
        self, at: Position, corners: Sequence[tuple[float, float]], size: float, filling: str, color: str
    ) -> None:
        """A form around a place."""
        places = _places([Position(at.x + x * size, at.y + y * size) for x, y in corners])
        element = self._add("polygon", points=places, fill=filling, stroke=color)
        _style(element, stroke_width=1.6, stroke_linejoin="round")

    def circle(self, at: Position, radius: float, filling: str, color: str, weight: float) -> None:
        """A circle around a place."""
        element = self._add("circle", cx=at.x, cy=at.y, r=radius)
        _style(element, fill=filling, stroke=color, stroke_width=weight)

    # text

    def text(
        self,
        at: Position,
        text: str,
        size: float,
        color: str,
        anchor: str = "start",
        *,
        bold: bool = False,
        halo: str = "",
    ) -> None:
        """A line of text with its baseline at a place; what a picture cannot hold is shown escaped."""
        text = _writable(text)
        if not missing(text) and (self._outlined or not LATIN.issuperset(text)):
            self._outlines(at, text, size, color, anchor, bold)
            return
        element = self._add("text", x=at.x, y=at.y, fill=color)
        _style(element, font_size=size, text_anchor="" if anchor == "start" else anchor)
        _style(element, font_weight="600" if bold else "")
        if halo:
            _style(element, paint_order="stroke", stroke=halo, stroke_width=3)
        element.text = text

    def _outlines(self, at: Position, text: str, size: float, color: str, anchor: str, bold: bool) -> None:
        left = at.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * width(text, size)
        scale = size / EM
        group = self._add("g", fill=color, role="text")
        group.set("aria-label", text)
        group.set("transform", f"translate({_round(left)} {_round(at.y)}) scale({scale:.5f} {-scale:.5f})")
        if bold:
            _style(group, stroke=color, stroke_width=34)
        along = 0
        for character in text:
            glyph = glyphs()[character]
            if glyph.path:
                name = self._symbols.setdefault(character, f"u{ord(character):x}")
                xml.SubElement(group, "use", {"href": f"#{name}", "x": str(along)})
            along += glyph.advance

    def _definitions(self) -> xml.Element:
        """The outlines that are used, each once."""
        definitions = xml.Element("defs")
        for character, name in self._symbols.items():
            xml.SubElement(definitions, "path", {"id": name, "d": glyphs()[character].path})
        return definitions

    def _add(self, tag: str, **attributes: str | float) -> xml.Element:
        element = xml.SubElement(self._inside, tag)
        _style(element, **attributes)
        return element


def _style(element: xml.Element, **attributes: str | float) -> None:
    """Set attributes, ``stroke_width`` as ``stroke-width``; "" is left out."""
    for name, value in attributes.items():
        if value != "":
            element.set(name.replace("_", "-"), value if isinstance(value, str) else _round(value))


def _places(points: Sequence[Position]) -> str:
    return " ".join(f"{_round(point.x)},{_round(point.y)}" for point in points)


def _writable(text: str) -> str:
    """Text that XML can hold."""
    return visible(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


def _round(number: float) -> str:
    """A coordinate: a hundredth of a pixel is enough.

    >>> _round(2.0), _round(1.005)
    ('2', '1')
    """
    return f"{number:.2f}".rstrip("0").rstrip(".")
