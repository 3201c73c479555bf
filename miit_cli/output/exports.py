"""The formats of a whole corpus: files for other programs, beside the formats that every command writes."""

from __future__ import annotations

from enum import StrEnum

ENDINGS = {
    "db": "sqlite",
    "sqlite3": "sqlite",
    "sqlite": "sqlite",
    "parquet": "parquet",
    "zip": "datapackage",
}


class Export(StrEnum):
    """What ``miit export`` writes beside the usual formats."""

    SDMX_CSV = "sdmx-csv"
    SQLITE = "sqlite"
    PARQUET = "parquet"
    DATAPACKAGE = "datapackage"

    @classmethod
    def of_file(cls, path: str) -> Export | None:
        """The one that the ending of a file name says, None when it says none."""
        word = ENDINGS.get(path.rpartition(".")[2].lower())
        return cls(word) if word else None
