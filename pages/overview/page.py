"""What do all public bodies spend in this place, who spends it, on what, and how sure is that?"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import streamlit as st

from budget_model.count import benchmark, ranked, restate
from budget_model.count import findings as found
from budget_model.count.assurance import Assurance, unsettled, why_missing
from budget_model.count.consolidate import Mismatch
from budget_model.count.provenance import not_own
from budget_model.count.results import Total
from budget_model.count.saying import counted, listed, opened
from budget_model.exhibits import catalogue
from budget_model.exhibits.exhibit import Gone
from budget_model.money import percent, pounds
from budget_model.partnership.questions import questions_for
from budget_model.place.model import Organisation, Place, UnknownTransfer
from budget_model.scope import Scope
from budget_model.together.targets import real_of
from budget_model.vocabulary import Dimension, OrganisationStatus
from pages.shared import asking, chart, components, down, kept, scope_picker
from pages.shared.components import Block, Gap, Range, Share, Tile, as_typed
from pages.shared.drawn import Room

OVER_TIME = {
    "what_changed": "What changed, and why",
    "trends": "Trends over all years",
    "plan": "Plan and outturn",
}
MOST, MOST_STEPS, MOST_STOPS = 7, 9, 11
TITLES = ("total", "who", "what", "people", "once")  # what the page and its charts say already


def show() -> None:
    """The page from its headline to what is missing."""
    scope = scope_picker.chosen()
    total = kept.total(scope)
    if not total.lines:
        st.title(as_typed(found.headline(total, kept.place().name)))
        components.empty(
            "No line of any budget is in this choice.",
            "Widen it above: another year, all bodies, all boards, or all kinds of money.",
        )
        return
    relied = kept.relied_on(scope)
    _headline(scope, total, relied)
    left, right = st.columns(2, gap="large")
    with left:
        chart.show(scope, "who", room=Room(most=MOST), level=2)
    with right, components.folded_on_phones("What it is spent on", "what"):
        chart.show(scope, "what", room=Room(most=MOST), level=2)
    _findings(scope)
    _set_apart(scope, total)
    with components.folded_on_phones("Questions that this map answers", "questions"):
        _questions(scope)
    _since_last_year(scope)
    _beside_others(scope)
    with components.folded_on_phones("Who pays, who spends, and on what", "flows"):
        chart.show(scope, "flows", room=Room(most=MOST_STOPS), level=2, quiet=True)
    _benchmark(scope)
    with components.folded_on_phones("What is missing", "missing"):
        _missing(scope, total, relied)


def _since_last_year(scope: Scope) -> None:
    """What changed since the year before, in one sentence that leads to why; nothing where one year is all."""
    shown = catalogue.show(kept.answers(scope), "change")
    if isinstance(shown, Gone):
        return
    with components.folded_on_phones("What changed, and over the years", "over_time"):
        components.section(shown.finding, shown.why)
        for page, label in OVER_TIME.items():
            st.page_link(
                f"pages/{page}/page.py",
                label=as_typed(label),
                icon=":material/arrow_forward:",
                query_params=down.query(scope),
            )


def _beside_others(scope: Scope) -> None:
    """How the council's spending stands beside others', in one sentence; nothing for a place outside England."""
    shown = catalogue.show(kept.answers(scope), "neighbours")
    if isinstance(shown, Gone):
        return
    with components.folded_on_phones("Beside other places", "beside_others"):
        components.section(shown.finding, shown.why)
        st.page_link(
            "pages/neighbours/page.py",
            label="Beside other places, service by service",
            icon=":material/arrow_forward:",
            query_params=down.query(scope),
        )


def _headline(scope: Scope, total: Total, relied: Assurance) -> None:
    shown, place = chart.shown_as(scope), kept.place()
    components.headline(found.headline(total, place.name))
    if shown.note:
        components.info(shown.note)
    components.tiles(
        [
            _total(total, shown),
            _for_each_resident(scope, total),
            _against_the_benchmark(scope),
            _own_figures(total, relied),
            _bodies(relied),
        ]
    )
    chart.say_what_counts(scope)


def _set_apart(scope: Scope, total: Total) -> None:
    """What of the total is paid to people, counted once, or works towards no measure."""
    shown = chart.shown_as(scope)
    said = (_paid_to_people(scope), _counted_once(total, shown), _towards_none(kept.place(), total, shown))
    beneath = " ".join(sentence for sentence in said if sentence)
    if beneath:
        components.note(beneath)


def _total(total: Total, shown: restate.Restating) -> Tile:
    return Tile(
        f"Total{shown.unit.removeprefix('pounds')}",
        pounds(shown.of(total.total)),
        f"between {pounds(shown.of(total.low))} and {pounds(shown.of(total.high))}",
        Range(total.low, total.total, total.high),
    )


def _for_each_resident(scope: Scope, total: Total) -> Tile:
    each = restate.per_head(total.total, kept.place(), scope.year)
    people = restate.population_of(kept.place(), scope.year)
    return Tile(
        "For each resident",
        "–" if each is None else pounds(each),
        f"{people.population:,} residents, mid-{people.year}" if people else "no population known",
    )


def _against_the_benchmark(scope: Scope) -> Tile:
    whole = kept.answers(scope).whole_place().bridge()
    narrowed = scope.organisations or scope.themes
    if not whole.benchmark or whole.year != scope.year or narrowed:
        return Tile("Against the benchmark", "–", "only for the whole place, in the benchmark’s year")
    return Tile(
        "Against the benchmark",
        percent(whole.total, whole.benchmark),
        benchmark.how_independent(whole),
        Share(whole.total, whole.benchmark),
    )


def _own_figures(total: Total, relied: Assurance) -> Tile:
    """How much is bodies' own figures for the place; apart from it, of how much the files were checked."""
    rest = f"{percent(relied.estimated, relied.size)} is estimated; " if relied.estimated else ""
    checked = f"{percent(relied.agreed_own, relied.size)} comes from files checked against a body’s own total"
    return Tile(
        "From bodies’ own figures",
        percent(total.own, total.total) if total.total > 0 else "–",
        rest + (checked if relied.agreed_own else "no file was checked against a body’s own total"),
        Share(total.own, total.total),
    )


def _bodies(relied: Assurance) -> Tile:
    awaited = listed([body.short_name for body in relied.awaited], most=2)
    return Tile(
        "Bodies included",
        f"{relied.on_map} of {relied.known}",
        f"still to come: {awaited}" if relied.awaited else "nobody is missing",
        Share(Decimal(relied.on_map), Decimal(relied.known)),
    )


def _counted_once(total: Total, shown: restate.Restating) -> str:
    """What passes between bodies and is counted once; empty where nothing does."""
    if not total.eliminated:
        return ""
    return (
        f"Before removing double counting, the bodies’ budgets add up to {pounds(shown.of(total.gross))}. "
        f"{pounds(shown.of(total.eliminated))} of it passes from one to another and is counted once."
    )


def _towards_none(place: Place, total: Total, shown: restate.Restating) -> str:
    measures = real_of(place.targets)
    made_up = any(target.illustrative for target in measures)
    return ranked.towards_none(total, len(measures), made_up=made_up, shown=shown)


def _paid_to_people(scope: Scope) -> str:
    """How much is paid to people, and how much that leaves for services; empty where nothing is."""
    paid = kept.answers(scope).finding("people")
    return f"{paid.sentence} {paid.why}" if paid else ""


def _findings(scope: Scope) -> None:
    """What has the most pounds at stake, besides what the charts beneath are titled with."""
    every = ranked.ranked(kept.answers(scope).figures(by_service=False))
    most = [finding for finding in every if finding.kind not in TITLES][:3]
    if not most:
        return
    components.numbered_findings(
        [finding.sentence for finding in most], opened(counted(len(most), "finding", "findings"))
    )


def _questions(scope: Scope) -> None:
    """What people ask of this map, each a click from its answer."""
    components.section("Questions that this map answers")
    with st.container(horizontal=True, key="questions", gap="small"):
        for each in questions_for(asking.asker()):
            st.page_link(
                f"pages/{each.page}/page.py",
                label=as_typed(each.words),
                icon=":material/arrow_forward:",
                query_params=down.query(scope),
            )


def _benchmark(scope: Scope) -> None:
    bridge = kept.answers(scope).whole_place().bridge()
    if not bridge.benchmark or bridge.year != scope.year:
        return
    with components.folded_on_phones("The total beside an estimate from published spending", "benchmark"):
        chart.show(scope, "benchmark", room=Room(most=MOST_STEPS), level=2)
        with st.expander(
            "How the total and the benchmark differ, and where both come from", key="benchmark_explained"
        ):
            components.note(benchmark.explained(bridge, kept.place().name))


def _unmapped(amount: Decimal) -> Block:
    gap = Gap(pounds(amount), "It is in the total, under “Not mapped yet” in every chart.")
    return Block("Money with no service yet", (gap,) if amount else (), "Every line is mapped to a service.")


def _missing(scope: Scope, total: Total, relied: Assurance) -> None:
    place, names = kept.place(), kept.short_names()
    outside, disputed = unsettled(place, scope.year), kept.mismatches(scope.year)
    unknown = [gap for gap in outside if gap.amount_in(scope.year) is None]
    blocks = [
        Block(
            "Bodies still to come",
            tuple(Gap(body.name, _gap(body, scope.year)) for body in relied.awaited),
            "Every body that this place knows of is included.",
        ),
        Block(
            "Transfers whose amount nobody knows",
            tuple(Gap(f"{_between(gap, names)}: {gap.what}", gap.why) for gap in unknown),
            "No transfer is known to be missing.",
        ),
        *_outside_the_totals(outside, scope.year, names),
        Block(
            "Transfers with two figures that differ",
            tuple(Gap(_between(mismatch, names), mismatch.sentence) for mismatch in disputed),
            "No transfer has two figures that differ.",
        ),
        Block(
            "Figures that are unlikely",
            tuple(Gap("Look again", sentence) for sentence in kept.answers(scope).unlikely()),
            "The total and what it is for are within what is likely.",
        ),
        _unmapped(total.unmapped),
        _not_own(scope),
    ]
    gaps = sum(len(block.gaps) for block in blocks)
    components.section(
        f"What is missing: {counted(gaps, 'known gap', 'known gaps')}"
        if gaps
        else "Nothing is known to be missing",
        "What would change the total if it were known",
    )
    components.blocks(blocks)
    if total.unmapped:
        st.page_link(
            "pages/lines/page.py",
            label="Open the lines with no service",
            icon=":material/arrow_forward:",
            query_params=down.query(scope, ((Dimension.SERVICE, "unmapped"),)),
        )


def _not_own(scope: Scope) -> Block:
    """What is no body's own figure for the place, and what each would have to send: what keeps the own share down."""
    answers, bodies = kept.answers(scope), {body.id: body for body in kept.place().organisations}
    amounts = not_own(answers.pivot(Dimension.ORGANISATION, Dimension.PROVENANCE))
    gaps = tuple(
        Gap(
            f"{bodies[key].name}: {pounds(answers.of(amount))}",
            bodies[key].note or "Ask for its own figure for the place.",
        )
        for key, amount in amounts
        if key in bodies
    )
    return Block(
        "Money that is no body’s own figure for the place", gaps, "All of it is bodies’ own figures."
    )


def _outside_the_totals(
    outside: Sequence[UnknownTransfer], year: str, names: Mapping[str, str]
) -> list[Block]:
    """Transfers of the year whose amount is published and counts in no total, where there are any."""
    known = [(gap, amount) for gap in outside if (amount := gap.amount_in(year)) is not None]
    gaps = tuple(
        Gap(f"{_between(gap, names)}: {gap.what}, {pounds(amount)} in {gap.amount_year}", gap.why)
        for gap, amount in known
    )
    return [Block("Known transfers that are in no total", gaps, "")] if gaps else []


def _gap(body: Organisation, year: str) -> str:
    """Why a body is missing, and what to ask it for."""
    why = f"{opened(why_missing(body, year))}."
    return (
        body.note if body.status is OrganisationStatus.AWAITED and body.note else f"{why} {body.note}".strip()
    )


def _between(transfer: UnknownTransfer | Mismatch, names: Mapping[str, str]) -> str:
    """Who pays whom."""
    return f"{names.get(transfer.payer, transfer.payer)} → {names.get(transfer.payee, transfer.payee)}"


show()
