"""The place in the store: its organisations, services, themes and all else that its folder says."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from budget_model.place.columns import columns_of
from budget_model.place.loading import WORDS
from budget_model.place.model import Benchmark, Place, Plausibility, Weights
from budget_model.plain_values import from_plain, to_plain
from budget_model.problem import Refusal
from budget_model.store.place_columns import KEPT, from_row, to_row
from budget_model.store.store import Store, Writer

SETTINGS: Mapping[str, type] = {
    "benchmark": Benchmark,
    "plausibility": Plausibility,
    "weights": Weights,
}


def keep_place(writer: Writer, place: Place, only: Collection[str] = ()) -> None:
    """Put a place into the store, in place of what was said of it before; of `only` some parts where they are named."""
    for part, (table, kind) in KEPT.items():
        if only and part not in only:
            continue
        writer.execute(f"delete from {table}")
        rows = [(number, *to_row(value)) for number, value in enumerate(getattr(place, part))]
        writer.add(table, ["place_in_file", *(column.name for column in columns_of(kind))], rows)
    if not only or not set(only) <= KEPT.keys():
        _keep_settings(writer, place)


def _keep_settings(writer: Writer, place: Place) -> None:
    writer.execute("delete from setting")
    settings: dict[str, object] = {word: getattr(place, word) for word in WORDS}
    settings |= {name: to_plain(getattr(place, name)) for name in SETTINGS}
    for name, value in settings.items():
        writer.execute(
            "insert into setting values ($name, $value)", {"name": name, "value": json.dumps(value)}
        )


def has_place(store: Store) -> bool:
    """Whether the store knows a place yet."""
    return bool(store.select("select count(*) from setting")[0][0])


def place_of(store: Store) -> Place:
    """The place that the store is about, read once until this process writes; raises `Refusal` where it has none."""
    return store.once("place", lambda: _read_place(store))


def _read_place(store: Store) -> Place:
    settings = {name: json.loads(value) for name, value in store.select("select name, value from setting")}
    if not settings:
        raise Refusal("The store is empty. Load the worked example with `python -m budget_model seed`.")
    parts: dict[str, Any] = {word: settings[word] for word in WORDS}
    for name, kind in SETTINGS.items():
        parts[name] = from_plain(kind, settings[name])
    for part, (table, kind) in KEPT.items():
        named = ", ".join(f'"{column.name}"' for column in columns_of(kind))
        rows = store.select(f"select {named} from {table} order by place_in_file")
        parts[part] = tuple(from_row(kind, row) for row in rows)
    return Place(**parts, submissions=(), mappings=())
