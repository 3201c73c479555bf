"""The text of a document on a terminal: its figures in colours, its lines wrapped."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from miit_cli.output.cells import visible
from miit_cli.output.fit import wrapped
from miit_cli.output.terminal import console_of
from miit_cli.types import NO_INDICATOR, RECORDED, UNATTRIBUTED, UNCATALOGUED, UNCERTAIN, UNEXPLAINED

STYLES = {
    RECORDED: "bold green",
    UNCATALOGUED: "bold yellow",
    UNCERTAIN: "bold cyan",
    UNATTRIBUTED: "bold magenta",
    NO_INDICATOR: "dim",
    UNEXPLAINED: "bold red",
}


def render(pieces: Iterable[tuple[str, str]], color: bool, width: int) -> str:
    """Pieces of text with the class of each ("" for none), as the terminal shows them."""
    passage = Text()
    for piece, kind in pieces:
        passage.append(
            visible(piece.replace("\r\n", "\n").replace("\t", " "), keep="\n"), STYLES.get(kind, "")
        )
    console = console_of(width, color)
    with console.capture() as capture:
        console.print(_broken(passage, width))
    return capture.get().strip("\n") + "\n"


def _broken(passage: Text, width: int) -> Text:
    """The passage with line ends where it is to break; its styles stay on their words."""
    lines: list[Text] = []
    for paragraph in passage.split("\n", allow_blank=True):
        rest = paragraph
        for line in wrapped(paragraph.plain, width).split("\n"):
            at = rest.plain.index(line)
            lines.append(rest[at : at + len(line)])
            rest = rest[at + len(line) :]
    return Text("\n").join(lines)
