"""`places`: what many places spend, and a head: as each published it, or today by their own stores or backups."""

import argparse
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from budget_model.count.places import Places, SideBySide, Standing, side_by_side
from budget_model.money import decimal_text, exact_pounds
from budget_model.problem import Refusal
from budget_model.store.national import National, PlaceSpending, national
from budget_model.store.published_places import files_of_others, published_places
from budget_model.store.store import Store


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument(
        "stores",
        nargs="*",
        type=Path,
        metavar="STORE",
        help="a store's file or a backup, one for each place; without any, what every place published",
    )
    parser.add_argument(
        "--year",
        default="",
        help="'2016-17'; else the latest that every place has, or that most have published",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Print the places, the most spent on a resident first."""
    if not options.stores:
        return _published_by_each(options)
    found = national(options.stores, options.year)
    if options.json:
        print(json.dumps(_document(found), ensure_ascii=False))
        return 0
    print(f"{found.year}, by who commissions it, in pounds")
    for place in found.places:
        print(
            f"{place.place:<28} {_pounds(place.total):>22} {_a_resident(place.per_head):>18}  {_published(place)}"
        )
    print(f"{_counted(found):<28} {exact_pounds(found.total):>22} {_pounds(found.per_head):>18}")
    return 0


def _published_by_each(options: argparse.Namespace) -> int:
    """Print what every place that the store knows of published, as the page shows it."""
    with Store.existing() as store:
        known = published_places(store, files_of_others())
    if options.year and options.year not in known.years:
        there = ", ".join(sorted(known.years)) or "none"
        raise Refusal(f"No place has published {options.year}. The years that are published are {there}.")
    places = side_by_side(known, options.year)
    if options.json:
        print(json.dumps(_published_document(known, places), ensure_ascii=False))
        return 0
    if places.published:
        print(f"{places.year}, by who pays, in pounds, as each place published it last")
    for standing in places.published:
        print(
            f"{standing.place.name:<28} {exact_pounds(standing.of.total):>22} {_a_resident(standing.of.per_head):>18}  "
            f"{standing.map.title} of {standing.map.published}"
        )
    for other in places.apart:
        print(f"{other.place.name:<28} {other.reason}")
    print(
        f"{f'{len(places.published)} of {len(known.known)} places':<28} {exact_pounds(places.total):>22} "
        f"{_a_resident(places.per_head):>18}"
    )
    for sentence in known.not_read:
        print(sentence)
    return 0


def _published_document(known: Places, places: SideBySide) -> dict[str, Any]:
    return {
        "year": places.year,
        "total": decimal_text(places.total),
        "per_head": _text(places.per_head),
        "places_with_the_year": len(places.published),
        "places": [_standing(standing) for standing in places.published],
        "not_compared": [{"place": apart.place.name, "reason": apart.reason} for apart in places.apart],
        "not_read": list(known.not_read),
    }


def _standing(standing: Standing) -> dict[str, Any]:
    return {
        "place": standing.place.name,
        "id": standing.place.id,
        "total": decimal_text(standing.of.total),
        "organisations": standing.of.bodies,
        "residents": None if standing.of.residents is None else str(standing.of.residents),
        "residents_of": standing.of.counted_in,
        "per_head": _text(standing.of.per_head),
        "version": standing.map.number,
        "version_name": standing.map.name,
        "published_at": standing.map.made_at.isoformat(),
        "versions": [
            {
                "number": each.number,
                "name": each.name,
                "published_at": each.made_at.isoformat(),
                "program": each.program,
            }
            for each in standing.place.maps
        ],
    }


def _counted(found: National) -> str:
    return f"{len(found.counted)} of {len(found.places)} places"


def _pounds(amount: Any) -> str:
    return "not known" if amount is None else exact_pounds(amount)


def _a_resident(amount: Decimal | None) -> str:
    return "not known" if amount is None else f"{exact_pounds(amount)} a head"


def _published(place: PlaceSpending) -> str:
    if place.version is None:
        return "no map published"
    return f"{place.version.title} of {place.version.published}: {_pounds(place.published_total)}"


def _document(found: National) -> dict[str, Any]:
    return {
        "year": found.year,
        "total": decimal_text(found.total),
        "per_head": _text(found.per_head),
        "places_with_the_year": len(found.counted),
        "places": [
            {
                "place": place.place,
                "total": _text(place.total),
                "organisations": place.organisations,
                "residents": _text(place.residents),
                "per_head": _text(place.per_head),
                "version": place.version.number if place.version else None,
                "version_name": place.version.name if place.version else None,
                "published_total": _text(place.published_total),
            }
            for place in found.places
        ],
    }


def _text(amount: Any) -> str | None:
    return None if amount is None else decimal_text(amount)
