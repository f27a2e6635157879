"""The place in the store: its organisations, services, themes and all else that its folder says."""

import json
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from budget_model.place import model
from budget_model.place.model import Benchmark, Place, Plausibility, Weights
from budget_model.problem import Refusal
from budget_model.store.store import Store, Writer

TABLES: Mapping[str, tuple[str, type]] = {
    "organisations": ("organisation", model.Organisation),
    "client_groups": ("client_group", model.ClientGroup),
    "cofog": ("cofog", model.CofogCode),
    "services": ("service", model.Service),
    "themes": ("theme", model.Theme),
    "service_themes": ("service_theme", model.ServiceTheme),
    "funding_streams": ("funding_stream", model.FundingStream),
    "shares": ("share", model.Share),
    "populations": ("population", model.Population),
    "deflators": ("deflator", model.Deflator),
    "areas": ("area", model.Area),
    "transfers": ("transfer", model.Transfer),
    "unknown_transfers": ("unknown_transfer", model.UnknownTransfer),
    "funding": ("funding", model.Funding),
    "targets": ("target", model.Target),
    "target_services": ("target_service", model.TargetService),
    "legal_powers": ("legal_power", model.LegalPower),
    "back_office_rates": ("back_office_rate", model.BackOfficeRate),
    "grades": ("grade", model.Grade),
    "benchmark_parts": ("benchmark_part", model.BenchmarkPart),
    "glossary": ("term", model.Term),
}
"""Each part of a place, the table it is kept in and the value that a row of it is."""

SETTINGS: Mapping[str, type] = {
    "benchmark": Benchmark,
    "plausibility": Plausibility,
    "weights": Weights,
}
WORDS = ("id", "name", "region", "ons_code", "default_year", "currency", "basis")
NOT_KEPT = ("submissions", "mappings", "problems")
"""What a folder says only for loading: the submissions themselves and the mapping memory hold it after."""


def keep_place(writer: Writer, place: Place) -> None:
    """Put a place into the store, in place of what was said of it before."""
    for part, (table, kind) in TABLES.items():
        writer.execute(f"delete from {table}")
        columns = [column.name for column in fields(kind)]
        rows = [
            (number, *(_to_column(getattr(value, column)) for column in columns))
            for number, value in enumerate(getattr(place, part))
        ]
        writer.add(table, ["place_in_file", *columns], rows)
    writer.execute("delete from setting")
    settings: dict[str, object] = {word: getattr(place, word) for word in WORDS}
    settings |= {name: _to_json(getattr(place, name)) for name in SETTINGS}
    for name, value in settings.items():
        writer.execute(
            "insert into setting values ($name, $value)", {"name": name, "value": json.dumps(value)}
        )


def has_place(store: Store) -> bool:
    """Whether the store knows a place yet."""
    return bool(store.select("select count(*) from setting")[0][0])


def place_of(store: Store) -> Place:
    """The place that the store is about; raises `Refusal` where it has none yet."""
    said = {name: json.loads(value) for name, value in store.select("select name, value from setting")}
    if not said:
        raise Refusal("The store is empty. Load the worked example with `python -m budget_model seed`.")
    parts: dict[str, Any] = {word: said[word] for word in WORDS}
    for name, kind in SETTINGS.items():
        parts[name] = _from_json(kind, said[name])
    for part, (table, kind) in TABLES.items():
        columns = [column.name for column in fields(kind)]
        named = ", ".join(f'"{column}"' for column in columns)
        kinds = [_hints(kind)[column] for column in columns]
        parts[part] = tuple(
            kind(*(_from_column(wanted, value) for wanted, value in zip(kinds, row, strict=True)))
            for row in store.select(f"select {named} from {table} order by place_in_file")
        )
    return Place(**parts, submissions=(), mappings=())


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _to_column(value: object) -> object:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, tuple):
        return [_to_column(one) for one in value]
    if isinstance(value, Decimal):
        return value.quantize(model.TEN_PLACES)
    return value


def _from_column(kind: Any, value: Any) -> object:
    if value is None:
        return None
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _from_column(next(one for one in get_args(kind) if one is not type(None)), value)
    if origin is tuple:
        return tuple(_from_column(get_args(kind)[0], one) for one in value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if kind is Decimal:
        return _shortest(Decimal(str(value)))
    return value


def _shortest(number: Decimal) -> Decimal:
    """The same number without the noughts that the column's width added.

    >>> _shortest(Decimal("248.9000000000")), _shortest(Decimal("100.0000000000"))
    (Decimal('248.9'), Decimal('100'))
    """
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()


def _to_json(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {column.name: _to_json(getattr(value, column.name)) for column in fields(value)}
    if isinstance(value, tuple):
        return [_to_json(one) for one in value]
    if isinstance(value, Decimal | date):
        return str(value)
    return value


def _from_json(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin is tuple:
        inner = get_args(kind)
        if len(inner) == 2 and inner[1] is Ellipsis:
            return tuple(_from_json(inner[0], one) for one in value)
        return tuple(_from_json(one, part) for one, part in zip(inner, value, strict=True))
    if kind is Decimal:
        return Decimal(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if isinstance(kind, type) and hasattr(kind, "__dataclass_fields__"):
        hints = _hints(kind)
        return kind(**{name: _from_json(hints[name], value[name]) for name in kind.__dataclass_fields__})
    return value
