"""`places`: what many places spend, and a head, each from its own store or backup, with the map it published last."""

import argparse
import json
from pathlib import Path
from typing import Any

from budget_model.money import decimal_text, exact_pounds
from budget_model.store.national import National, PlaceSpending, national


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument(
        "stores", nargs="+", type=Path, metavar="STORE", help="a store's file or a backup, one for each place"
    )
    parser.add_argument("--year", default="", help="'2016-17'; else the latest year that every place has")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Print the places, the most spent on a resident first."""
    found = national(options.stores, options.year)
    if options.json:
        print(json.dumps(_document(found), ensure_ascii=False))
        return 0
    print(f"{found.year}, by who commissions it, in pounds")
    for place in found.places:
        print(f"{place.place:<28} {_pounds(place.total):>22} {_a_head(place):>18}  {_published(place)}")
    print(f"{_counted(found):<28} {exact_pounds(found.total):>22} {_pounds(found.per_head):>18}")
    return 0


def _counted(found: National) -> str:
    return f"{len(found.counted)} of {len(found.places)} places"


def _pounds(amount: Any) -> str:
    return "not known" if amount is None else exact_pounds(amount)


def _a_head(place: PlaceSpending) -> str:
    return "not known" if place.per_head is None else f"{exact_pounds(place.per_head)} a head"


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
