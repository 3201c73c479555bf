"""The formats of a whole corpus: files for other programs, beside the formats that every command writes."""

from __future__ import annotations

from enum import StrEnum


class Export(StrEnum):
    """What ``miit export`` writes beside the usual formats."""

    SDMX_CSV = "sdmx-csv"
    SQLITE = "sqlite"
    PARQUET = "parquet"
    DATAPACKAGE = "datapackage"


ENDINGS = {
    **dict.fromkeys(("db", "sqlite3", "sqlite"), Export.SQLITE),
    "parquet": Export.PARQUET,
    "zip": Export.DATAPACKAGE,
}
