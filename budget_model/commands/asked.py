"""Which money a command is asked about: the options that several commands share."""

import argparse
from collections.abc import Collection, Sequence

from budget_model.place.model import Place
from budget_model.place.reading import nearest
from budget_model.problem import Refusal
from budget_model.scope import SWITCHES, Scope
from budget_model.store.places import place_of
from budget_model.store.spending import years
from budget_model.store.store import Store
from budget_model.store.versions import opened
from budget_model.vocabulary import Basis, Phase, View

MOST_NAMED, LONGEST_SAID = 40, 80
"""Ids that a refusal names in full, and characters that it repeats of what was asked for."""


def scope_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which money may be asked about, and that the answer may be a JSON document."""
    parser.add_argument("--year", default="", help="financial year, such as 2016-17; else the place’s own")
    parser.add_argument("--view", choices=[str(view) for view in View], default="commissioner")
    parser.add_argument("--basis", choices=[str(basis) for basis in Basis], default="net")
    parser.add_argument("--without", choices=list(SWITCHES), action="append", default=[])
    parser.add_argument("--version", type=int, default=0, help="a published map, by its number; else today’s")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def narrowing_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which bodies, boards and phase may be asked about."""
    parser.add_argument("--organisation", action="append", default=[], help="only this body, by its id")
    parser.add_argument("--theme", action="append", default=[], help="only this board, by its id")
    parser.add_argument("--phase", choices=[str(phase) for phase in Phase], default="")


def scope_of(store: Store, options: argparse.Namespace) -> Scope:
    """The scope that the options name; raises `Refusal` for a version, year, body or board that there is none of."""
    shown = opened(store, options.version) if options.version else store
    place = place_of(shown)
    scope = Scope(
        version=options.version,
        year=_year(options.year, place.default_year, years(shown)),
        view=View(options.view),
        basis=Basis(options.basis),
    ).switched(**{SWITCHES[name]: False for name in options.without})
    if not hasattr(options, "organisation"):
        return scope
    return scope.switched(
        phase=Phase(options.phase) if options.phase else None,
        organisations=tuple(body_of(place, one) for one in options.organisation),
        themes=tuple(board_of(place, one) for one in options.theme),
    )


def year_of(store: Store, asked: str) -> str:
    """A year that was asked for, or nothing where none was; raises `Refusal` for one that is not on the map."""
    if asked:
        _year(asked, "", years(store))
    return asked


def _year(asked: str, usual: str, on_map: Sequence[str]) -> str:
    """The year to count: the one asked for, else the place’s own; raises `Refusal` for one that is not on the map."""
    if not on_map:
        raise Refusal(
            "No budget is on the map yet. Load one with `import`, or the worked example with `seed`."
        )
    if asked and asked not in on_map:
        raise Refusal(
            f"Nothing is on the map for “{asked[:LONGEST_SAID]}”. The years on it are: {', '.join(on_map)}."
        )
    return asked or (usual if usual in on_map else on_map[0])


def body_of(place: Place, asked: str) -> str:
    """The id of a body that was asked for, or nothing where none was; raises `Refusal` for one that there is none of."""
    return known(asked, [body.id for body in place.organisations], "body")


def board_of(place: Place, asked: str) -> str:
    """The same for a delivery board or a cross-cutting theme."""
    return known(asked, [theme.id for theme in place.themes], "board")


def known(asked: str, there_are: Collection[str], what: str, how_listed: str = "") -> str:
    """What was asked for, or nothing where nothing was; raises `Refusal` where there is no such thing.

    The refusal names what there is; of many the nearest by spelling, and `how_listed` says where they all are.
    """
    if not asked or asked in there_are:
        return asked
    every, near = list(there_are), nearest(asked, there_are)
    perhaps = f" Did you mean “{near}”?" if near else ""
    if not every:
        listed = "There is none yet."
    elif len(every) <= MOST_NAMED or not how_listed:
        listed = f"There are: {', '.join(every)}."
    else:
        listed = f"There are {len(every):,}: {how_listed}."
    raise Refusal(f"There is no {what} “{asked[:LONGEST_SAID]}”.{perhaps} {listed}")
