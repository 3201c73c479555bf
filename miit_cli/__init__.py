"""Indicators that MIIT reports in its meetings.

>>> import miit_cli
>>> miit_cli.load().get("5g-base-stations", "2022-07").value
Decimal('1968000')

`load` gives a `Corpus`, `read` the records of a text; `miit_cli.interface` says what can be asked of them.
Everything here is imported when it is first used, so that the command line does not pay for it.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as type checkers know it; importing typing takes longer than --version

if TYPE_CHECKING:
    from miit_cli.errors import CheckFailed, InputError, MiitError, NothingToShow, UsageError
    from miit_cli.interface import Corpus, Reading, Rows, Series, load, read
    from miit_cli.models import Comparison, Document, Indicator, Point, Record, Rejection
    from miit_cli.version import VERSION as __version__

__all__ = [
    "CheckFailed",
    "Comparison",
    "Corpus",
    "Document",
    "Indicator",
    "InputError",
    "MiitError",
    "NothingToShow",
    "Point",
    "Reading",
    "Record",
    "Rejection",
    "Rows",
    "Series",
    "UsageError",
    "__version__",
    "load",
    "read",
]


def __getattr__(name: str) -> object:
    """What is offered, imported when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module 'miit_cli' has no attribute {name!r}")
    from miit_cli import errors, interface, models, version

    homes = (interface, models, errors)
    return next((getattr(home, name) for home in homes if hasattr(home, name)), version.VERSION)


def __dir__() -> list[str]:
    """What can be asked for, whether it was imported or not."""
    return sorted({*globals(), *__all__})
