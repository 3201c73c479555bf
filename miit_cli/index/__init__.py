"""The embedded store of what was read: built once, refreshed by document, thrown away at any time.

    with open_store(["reports/"], vocabulary) as store:
        store.observations(["5g-base-stations"])

``open_store`` answers right whether there is an index or not: the index only saves reading again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from miit_cli.index.opening import open_store
from miit_cli.index.store import DocumentInfo, Hit, Store, Summary

if TYPE_CHECKING:
    from miit_cli.index.manage import IndexInfo, drop, info, rebuild

__all__ = ["DocumentInfo", "Hit", "IndexInfo", "Store", "Summary", "drop", "info", "open_store", "rebuild"]


def __getattr__(name: str) -> object:
    """What only ``miit index`` asks for is imported when it does."""
    if name not in __all__:
        raise AttributeError(name)
    from miit_cli.index import manage

    return getattr(manage, name)
