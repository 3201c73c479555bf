"""The columns that ``--columns`` takes, by command: for completion and for the documentation."""

from __future__ import annotations

from collections.abc import Container
from importlib import import_module

# command, and a parameter that makes other columns -> where they are named
PLACES = {
    "show": "queries.series:COLUMNS",
    "diff": "queries.comparison:COLUMNS",
    "table": "queries.pivot:COLUMNS",  # and the periods
    "get": "queries.records:RECORD_COLUMNS",
    "list": "queries.listing:COLUMNS",
    "search": "queries.find:COLUMNS",
    "search sentences": "queries.find:SENTENCE_COLUMNS",
    "targets": "queries.targets:COLUMNS",
    "conflicts": "queries.conflicts:COLUMNS",
    "check": "queries.checking:COLUMNS",
    "audit": "queries.audit:TOTALS_COLUMNS",
    "audit every": "queries.audit:COLUMNS",
    "audit explain": "queries.audit:EXPLANATION_COLUMNS",
    "export": "queries.records:RECORD_COLUMNS",
    "plot": "queries.plot:COLUMNS",
    "cite": "output.citation:Reference",
    "docs": "queries.documents:COLUMNS",
    "docs identity": "queries.audit:COLUMNS",
    "suggest": "queries.suggest:COLUMNS",
    "index": "index.manage:IndexInfo",
}


def columns(command: str, given: Container[str] = ()) -> tuple[str, ...]:
    """The columns of a command, where these of its parameters are given; () for one without a table."""
    special = (place for place in PLACES if place.startswith(f"{command} ") and place.split()[1] in given)
    place = PLACES.get(next(special, command))
    if place is None:
        return ()
    module, _, name = place.partition(":")
    named = getattr(import_module(f"miit_cli.{module}"), name)
    found: tuple[str, ...] = getattr(named, "_fields", named)
    return found
