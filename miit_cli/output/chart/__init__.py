"""A chart to a picture: in the terminal, as SVG, as PNG; each a pure function."""

from __future__ import annotations
