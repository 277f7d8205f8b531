"""Tables as JSON schema, draft 2020-12: what the API accepts and what a form asks for.

A row is an object, closed to unknown columns. Beside the standard words it carries `x-unit`, the unit in which a column
is written, `x-ref`, the table whose key it names, `formatMinimum` and `formatMaximum` of dates as Ajv reads them, and on
the whole row `x-key`, `x-links` and `x-rules`; whoever checks a row by standard words alone leaves those to Outwork.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from outwork.model.table import FIRST_DAY, FIRST_INSTANT, LARGEST, LAST_DAY, LAST_INSTANT, Column, Kind, Table, written

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
TYPES: Final[dict[Kind, str]] = {
    "text": "string",
    "integer": "integer",
    "number": "number",
    "flag": "boolean",
    "date": "string",
    "instant": "string",
}

Schema = dict[str, Any]


def schema(table: Table) -> Schema:
    """Return the schema of a table as a whole: an array of rows, exactly one where the table is single."""
    return {
        "$schema": DRAFT,
        "title": table.name,
        "type": "array",
        "items": row(table),
        **({"minItems": 1, "maxItems": 1} if table.single else {}),
    }


def row(table: Table) -> Schema:
    """Return the schema of one row."""
    return {
        "type": "object",
        "description": table.doc,
        "properties": {column.name: _column(column) for column in table.columns},
        "required": [column.name for column in table.columns if column.required],
        "additionalProperties": False,
        "x-key": list(table.key),
        "x-links": [{"columns": list(link.own), "table": link.table, "key": list(link.theirs)} for link in table.links],
        "x-rules": [{"sql": rule.sql, "sentence": rule.sentence} for rule in table.rules],
    }


def _column(column: Column) -> Schema:
    kind = TYPES[column.kind]
    default = column.default.isoformat() if isinstance(column.default, date) else column.default
    return {
        "type": [kind, "null"] if column.optional else kind,
        "description": column.doc,
        **_limits(column),
        **({} if column.required else {"default": default}),
        **({"x-unit": column.unit} if column.unit else {}),
        **({"x-ref": column.ref.table} if column.ref else {}),
    }


def _limits(column: Column) -> Schema:
    """Return what a value must fulfil by itself."""
    match column.kind:
        case "number" | "integer":
            low = "exclusiveMinimum" if column.low_open else "minimum"
            high = "exclusiveMaximum" if column.high_open else "maximum"
            return {
                low: -LARGEST if column.low is None else column.low,
                high: LARGEST if column.high is None else column.high,
            }
        case "text" if column.choices:
            return {"enum": [*column.choices, *([None] if column.optional else [])]}
        case "text" if column.default != "":
            return {"minLength": 1}
        case "date":
            return {"format": "date", "formatMinimum": FIRST_DAY.isoformat(), "formatMaximum": LAST_DAY.isoformat()}
        case "instant":
            return {"format": "date-time", "formatMinimum": written(FIRST_INSTANT), "formatMaximum": written(LAST_INSTANT)}
    return {}
