"""All that is published of one English place, put together as a map that its officers then correct."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import cycle

from budget_model.contribute.first_map.awaited import awaited_bodies
from budget_model.contribute.first_map.benchmark import benchmark_of, benchmark_parts
from budget_model.contribute.first_map.centre import central_bodies, share_of_region
from budget_model.contribute.first_map.health import commissioning_bodies
from budget_model.contribute.first_map.learning import learning_bodies
from budget_model.contribute.first_map.passing import transfers_of, unknown_of
from budget_model.contribute.first_map.returns import bodies_of
from budget_model.contribute.first_map.sent import CENSUS, COLOURS, Body, id_of
from budget_model.place.england import Authority, England, RegionLine, ReturnLine
from budget_model.place.model import (
    Area,
    Benchmark,
    BenchmarkPart,
    Organisation,
    Population,
    Share,
    Transfer,
    UnknownTransfer,
)


@dataclass(frozen=True, slots=True)
class FirstMap:
    """A place as its national figures show it, before any of its bodies has sent its own."""

    council: Authority
    bodies: tuple[Body, ...]
    """Those whose money is on the map."""
    awaited: tuple[Organisation, ...]
    place_share: Share
    benchmark: Benchmark
    benchmark_parts: tuple[BenchmarkPart, ...]
    transfers: tuple[Transfer, ...]
    unknown_transfers: tuple[UnknownTransfer, ...]
    areas: tuple[Area, ...]
    populations: tuple[Population, ...]

    @property
    def id(self) -> str:
        """The place's id, which is also its folder's name."""
        return id_of(self.council.name)


def first_map(
    council: Authority, lists: England, returned: Sequence[ReturnLine], region: Sequence[RegionLine]
) -> FirstMap:
    """The first map of a council's area, of the returns of the bodies that serve it and its region's analysis."""
    bodies = coloured(
        (
            *bodies_of(council, lists, returned),
            *commissioning_bodies(council, lists),
            *learning_bodies(council, lists),
            *central_bodies(council, lists, region),
        )
    )
    return FirstMap(
        council,
        bodies,
        awaited_bodies(council.name),
        share_of_region("", council, lists),
        benchmark_of(council.region, region),
        benchmark_parts(region, bodies),
        transfers_of(bodies),
        unknown_of(bodies),
        areas_of(council, lists),
        populations_of(council, lists),
    )


def asked_of(council: Authority, lists: England) -> tuple[str, ...]:
    """The e-codes of all bodies whose returns the place's first map stands on."""
    bodies = (council, *lists.within(council.ecode), *lists.serving(council.ecode))
    return tuple(body.ecode for body in bodies)


def coloured(bodies: Sequence[Body]) -> tuple[Body, ...]:
    """The bodies, each that has no colour of its own with the next of the list."""
    colours = cycle(COLOURS)
    return tuple(
        body
        if body.organisation.colour
        else replace(body, organisation=replace(body.organisation, colour=next(colours)))
        for body in bodies
    )


def areas_of(council: Authority, lists: England) -> tuple[Area, ...]:
    """The place, and the districts of a county."""
    source = "Office for National Statistics"
    place = id_of(council.name)
    whole = Area(place, council.name, "place", council.ons_code, "", source)
    districts = (
        Area(f"{id_of(body.name)}-district", body.name, "district", body.ons_code, place, source)
        for body in lists.within(council.ecode)
    )
    return whole, *districts


def populations_of(council: Authority, lists: England) -> tuple[Population, ...]:
    """Residents of the place, its districts and its region."""
    wanted = {body.ecode: body for body in (council, *lists.within(council.ecode))}
    made: list[Population] = []
    for row in lists.people:
        if row.ecode in wanted:
            body = wanted[row.ecode]
            census = ((2011, row.census_2011, "census"), (2021, row.census_2021, "census"))
            for year, people, basis in (*census, (2016, row.mid_2016, row.basis)):
                made.append(Population(body.ons_code, body.name, year, people, basis, CENSUS))
    region = Population(
        id_of(council.region),
        council.region,
        2016,
        lists.region_residents(council.region),
        "the sum of its councils’ residents, between the two censuses",
        CENSUS,
    )
    return *made, region
