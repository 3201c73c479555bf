"""A Parquet file of the records: decimals as decimals, days as dates.

The schema is the same for every corpus, so that the files of many runs are read as one, unless a value
has more than SCALE decimal places or does not fit: then the scale is what it needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from miit_cli.errors import UsageError
from miit_cli.table import Table

PRECISION = 38  # the most that DuckDB and Spark read
SCALE = 6
DAYS = ("start", "end", "published")
REQUIRED = "parquet needs pyarrow: pip install 'miit[parquet]'"


def write(table: Table, path: str, descriptions: Mapping[str, str]) -> None:
    """Write the records; ``descriptions`` of the columns go with them. Raises OSError, UsageError."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise UsageError(REQUIRED) from error
    types = {
        "value": _decimal([value for value in table.column("value") if isinstance(value, Decimal)]),
        "confidence": pa.float64(),
        "sentence": pa.int32(),
        **dict.fromkeys(DAYS, pa.date32()),
    }
    fields, columns = [], []
    for name in table.columns:
        cells: list[Any] = table.column(name)
        if name in DAYS:
            cells = [None if cell is None else date.fromisoformat(cell) for cell in cells]
        told = {"description": descriptions.get(name, "")}
        fields.append(pa.field(name, types.get(name, pa.string()), nullable=name == "start", metadata=told))
        columns.append(pa.array(cells, fields[-1].type))
    whole = pa.Table.from_arrays(columns, schema=pa.schema(fields))
    parquet.write_table(whole, path, compression="zstd")


def _decimal(values: list[Decimal]) -> Any:
    """The type that holds the values: with SCALE decimal places, or with what one of them needs."""
    import pyarrow as pa

    places = max([0, *(-int(value.as_tuple().exponent) for value in values)])
    whole = max([1, *(value.adjusted() + 1 for value in values)])
    if whole + places > PRECISION:
        return pa.decimal256(2 * PRECISION, places)
    return pa.decimal128(PRECISION, min(max(SCALE, places), PRECISION - whole))
