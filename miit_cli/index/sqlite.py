"""SQLite without the half of the standard module that is about dates, whose import takes 4 ms.

What is left out are adapters that the index does not use; the classes are the same.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
else:
    try:
        import _sqlite3 as sqlite3
    except ImportError:
        import sqlite3

__all__ = ["sqlite3"]
