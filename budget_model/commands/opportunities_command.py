"""`opportunities`: what organisations could join up, how far, from when, and why not further."""

import argparse
import json
from datetime import date

from budget_model.commands.asked import year_of
from budget_model.money import pounds
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store import joint
from budget_model.store.places import place_of
from budget_model.store.store import Store
from budget_model.together import telling, titles
from budget_model.together.opportunities import Opportunity, OpportunityList, in_the_list
from budget_model.vocabulary import View


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument("--year", default="", help="financial year, such as 2016-17; else the place’s own")
    parser.add_argument("--view", choices=[str(view) for view in View], default="commissioner")
    parser.add_argument("--on", default="", help="the day that 'now' means, such as 2016-04-01; else today")
    parser.add_argument("--first", type=int, default=0, help="how many to show; else all")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Find, and print what was found by its number: the list, best first, then what the list leaves out."""
    try:
        on = date.fromisoformat(options.on) if options.on else None
    except ValueError as reason:
        raise Refusal(f"{options.on} is no day. Write it as 2016-04-01.") from reason
    with Store.existing() as store:
        place = place_of(store)
        scope = Scope(year=year_of(store, options.year) or place.default_year, view=View(options.view))
        opportunities = joint.opportunities(store, scope, on=on)
    shown = tuple(sorted(opportunities.opportunities, key=lambda opportunity: opportunity.number))[
        : options.first or None
    ]
    if options.json:
        print(json.dumps([as_json(opportunity) for opportunity in shown], ensure_ascii=False))
        return 0
    _print(place.name, scope.year, opportunities, shown)
    return 0


def as_json(opportunity: Opportunity) -> dict[str, object]:
    """One opportunity as the contract has it: amounts in decimal words, shares from 0 to 1."""
    return {
        "id": opportunity.id,
        "rank": opportunity.rank,
        "number": opportunity.number,
        "title": opportunity.title,
        "partners": list(opportunity.organisations),
        "services": list(opportunity.services),
        "themes": list(opportunity.themes),
        "scope": opportunity.scope,
        "joinable": str(opportunity.joinable),
        "low": str(opportunity.low),
        "high": str(opportunity.high),
        "counted": str(opportunity.counted),
        "waiting": str(opportunity.waiting),
        "waits_for": list(opportunity.waits_for),
        "part_of": [{"id": key, "amount": str(amount)} for key, amount in opportunity.part_of],
        "score": float(opportunity.score),
        "parts": {
            part.name: {
                "weight": str(part.weight),
                "value": None if part.value is None else str(part.value),
                "points": None if part.points is None else str(part.points),
                "reason": part.reason,
            }
            for part in opportunity.parts
        },
        "level": opportunity.level,
        "arrangement": opportunity.arrangement,
        "allowed": opportunity.allowed,
        "why_not_higher": opportunity.why_not_higher,
        "one_further": list(opportunity.one_further),
        "power": opportunity.power.name,
        "power_verified": opportunity.power.power.verified if opportunity.power.power else None,
        "today": opportunity.today.sentence,
        "earliest_date": opportunity.earliest_date.isoformat() if opportunity.earliest_date else None,
        "stability": {
            "top3": float(opportunity.stability.top3),
            "top5": float(opportunity.stability.top5),
            "top10": float(opportunity.stability.top10),
        },
        "confidence": opportunity.confidence,
        "amounts": {partner.organisation: str(partner.amount) for partner in opportunity.partners},
        "reasons": list(opportunity.reasons),
        "first_steps": list(opportunity.first_steps),
        "board": opportunity.board or None,
        "offices": [
            {
                "step": each.step,
                "organisation": each.organisation,
                "office": each.office.office,
                "duty": each.office.duty,
                "source": each.office.source,
                "source_seen": each.office.source_seen,
            }
            for each in opportunity.acting
        ],
        "inside": opportunity.inside or None,
    }


def _print(name: str, year: str, opportunities: OpportunityList, shown: tuple[Opportunity, ...]) -> None:
    for problem in opportunities.problems:
        print(problem)
    if opportunities.opportunities:
        _print_whole(name, year, opportunities)
    listed = {each.id for each in in_the_list(opportunities.opportunities)}
    first_left_out = next((each for each in shown if each.id not in listed), None)
    for opportunity in shown:
        if opportunity is first_left_out:
            print("\nLeft out of the list:")
        _print_one(opportunity, opportunities)


def _print_whole(name: str, year: str, opportunities: OpportunityList) -> None:
    """What all opportunities come to, each line counted once."""
    whole = opportunities.portfolio
    share = f", of {telling.how_free(whole)}" if whole.flexible else ""
    print(
        f"{name} {year}: {len(opportunities.opportunities)} opportunities. {titles.headline_of(whole)}{share}, each "
        f"line counted once; known are {pounds(whole.within_board)} within one board and "
        f"{pounds(whole.cross_board)} across boards."
    )
    if besides := titles.of_portfolio(whole):
        print(besides)


def _print_one(opportunity: Opportunity, opportunities: OpportunityList) -> None:
    """One opportunity: its title, when, how much, why its grade is no higher, and its first steps."""
    earliest = opportunity.earliest_date
    when = f" from {earliest:%B %Y}" if earliest else ", contract dates unknown"
    sure = f"{titles.amount_of(opportunity)} ({pounds(opportunity.low)} to {pounds(opportunity.high)})"
    print(f"\n{opportunity.number}. {opportunity.title}")
    print(
        f"   {opportunity.arrangement}{when}, score {opportunity.score}, {opportunity.scope}; {titles.what_for(opportunity)} {sure}"
    )
    print(f"   {opportunity.why_not_higher}")
    for number, step in enumerate(opportunity.first_steps, start=1):
        print(f"   Step {number}: {step}")
    if opportunity.part_of:
        print(
            f"   {titles.part_of_others(opportunity, {each.id: each for each in opportunities.opportunities})}"
        )
