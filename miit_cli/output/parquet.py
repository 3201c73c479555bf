"""A Parquet file of the records: decimals as decimals, days as dates, words as dictionaries.

The schema is the same for every corpus, so that the files of many runs are read as one, unless a value
has more than SCALE decimal places or does not fit: then the scale is what it needs.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from miit_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from miit_cli.table import Table

PRECISION = 38  # the most that DuckDB and Spark read
SCALE = 6
DAYS = frozenset({"start", "end", "published"})
REQUIRED = "parquet needs pyarrow: pip install 'miit[parquet]'"


def write(table: Table, path: str, descriptions: Mapping[str, str]) -> None:
    """Write the records; ``descriptions`` of the columns go with them. Raises OSError, UsageError."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise UsageError(REQUIRED) from error
    schema = pa.schema(
        [
            pa.field(
                name,
                _type(name, table),
                nullable=name == "start",
                metadata={"description": descriptions.get(name, "")},
            )
            for name in table.columns
        ]
    )
    columns = [
        pa.array([_cell(name, cell) for cell in table.column(name)], schema.field(name).type)
        for name in table.columns
    ]
    parquet.write_table(pa.Table.from_arrays(columns, schema=schema), path, compression="zstd")


def _type(name: str, table: Table) -> pa.DataType:
    import pyarrow as pa

    if name == "value":
        return _decimal([value for value in table.column(name) if isinstance(value, Decimal)])
    if name == "confidence":
        return pa.float64()
    if name == "sentence":
        return pa.int32()
    return pa.date32() if name in DAYS else pa.string()


def _decimal(values: list[Decimal]) -> pa.DataType:
    """The type that holds the values: with SCALE decimal places, or with what one of them needs."""
    import pyarrow as pa

    places = max([0, *(-int(value.as_tuple().exponent) for value in values)])
    whole = max([1, *(value.adjusted() + 1 for value in values)])
    if whole + places > PRECISION:
        return pa.decimal256(2 * PRECISION, places)
    return pa.decimal128(PRECISION, min(max(SCALE, places), PRECISION - whole))


def _cell(name: str, cell: Any) -> Any:
    return date.fromisoformat(cell) if name in DAYS and cell is not None else cell
