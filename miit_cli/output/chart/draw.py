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
BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}  # how much of a text stands before its anchor


class Position(NamedTuple):
    """A place on the canvas, from its top left."""

    x: float
    y: float


class Canvas:
    """A picture under way.

    Text that every viewer has a font for stays text, which can be searched and edited; Chinese text
    becomes outlines, and with ``outlined`` all text does. What there is no outline for stays text.
    """

    def __init__(self, width: float, paper: str, lang: str, outlined: bool, colors: Mapping[str, str]):
        """Begin an empty one; ``colors`` are what others are drawn as."""
        self._width, self._outlined, self._colors = width, outlined, colors
        self._symbols: dict[str, str] = {}
        about = {"xmlns": NAMESPACE, "role": "img", "font-family": FONTS, "lang": lang}
        self._root = self._inside = xml.Element("svg", about)
        self._paper = self.add("rect", x=0, y=0, width=width, fill=paper)

    def finished(self, height: float, title: str, description: str) -> str:
        """The whole picture, of that height."""
        self._set(self._paper, height=height)
        box = f"0 0 {_round(self._width)} {_round(height)}"
        self._set(self._root, width=self._width, height=height, viewBox=box)
        definitions = xml.Element("defs")
        for character, name in self._symbols.items():
            xml.SubElement(definitions, "path", {"id": name, "d": glyphs()[character].path})
        self._root[:0] = [_words("title", title), _words("desc", description), definitions]
        xml.indent(self._root)
        return xml.tostring(self._root, encoding="unicode", xml_declaration=False) + "\n"

    def drawable(self, text: str, otherwise: str) -> str:
        """The text if it can be drawn wherever the picture goes, else the other."""
        return otherwise if self._outlined and missing(text) else text

    @contextlib.contextmanager
    def group(self, told: str) -> Iterator[None]:
        """What is drawn inside belongs together, and ``told`` is shown to who points at it."""
        outside = self._inside
        self._inside = self.add("g")
        if told:
            self._inside.append(_words("title", told))
        yield
        self._inside = outside

    def add(self, tag: str, **attributes: str | float) -> xml.Element:
        """An element: its attribute ``stroke_width`` is ``stroke-width``, and one that is "" is left out."""
        element = xml.SubElement(self._inside, tag)
        self._set(element, **attributes)
        return element

    def line(self, start: Position, end: Position, color: str, weight: float, *, faint: bool = False) -> None:
        """A straight line."""
        opacity = "0.28" if faint else ""
        ends = {"x1": start.x, "y1": start.y, "x2": end.x, "y2": end.y}
        self.add("line", **ends, stroke=color, stroke_width=weight, stroke_opacity=opacity)

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
        shown = {"text_anchor": "" if anchor == "start" else anchor, "font_weight": "600" if bold else ""}
        around = {"paint_order": "stroke", "stroke": halo, "stroke_width": "3"} if halo else {}
        element = self.add("text", x=at.x, y=at.y, fill=color, font_size=size, **shown, **around)
        element.text = text

    def _outlines(self, at: Position, text: str, size: float, color: str, anchor: str, bold: bool) -> None:
        left, scale = at.x - BEFORE[anchor] * width(text, size), size / EM
        place = f"translate({_round(left)} {_round(at.y)}) scale({scale:.5f} {-scale:.5f})"
        weight = {"stroke": color, "stroke_width": "34"} if bold else {}
        group = self.add("g", fill=color, role="text", aria_label=text, transform=place, **weight)
        along = 0
        for character in text:
            glyph = glyphs()[character]
            if glyph.path:
                name = self._symbols.setdefault(character, f"u{ord(character):x}")
                xml.SubElement(group, "use", {"href": f"#{name}", "x": str(along)})
            along += glyph.advance

    def _set(self, element: xml.Element, **attributes: str | float) -> None:
        for name, value in attributes.items():
            told = value if isinstance(value, str) else _round(value)
            if told:
                told = self._colors.get(told, told) if name in ("fill", "stroke") else told
                element.set(name.replace("_", "-"), told)


def places(points: Sequence[Position]) -> str:
    """Points as the attribute of a line through them."""
    return " ".join(f"{_round(point.x)},{_round(point.y)}" for point in points)


def _words(tag: str, text: str) -> xml.Element:
    element = xml.Element(tag)
    element.text = _writable(text)
    return element


def _writable(text: str) -> str:
    """Text that XML can hold."""
    return visible(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


def _round(number: float) -> str:
    """A coordinate, to a hundredth of a pixel: 2.0 is ``2``."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
