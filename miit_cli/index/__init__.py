"""The embedded store of what was read: built once, refreshed by document, thrown away at any time.

    with open_store(["reports/"], vocabulary) as store:
        store.observations(["5g-base-stations"])

``open_store`` answers right whether there is an index or not: the index only saves reading again.
"""

from miit_cli.index.opening import open_store
from miit_cli.index.store import Hit, Store

__all__ = ["Hit", "Store", "open_store"]
