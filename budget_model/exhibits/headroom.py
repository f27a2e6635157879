"""What capping grants at another year's level would free to commission with."""

from collections.abc import Mapping

from budget_model.answers import Answers
from budget_model.count.findings import Finding
from budget_model.count.saying import counted, opened
from budget_model.exhibits.colours import NAVY, OTHERS_COLOUR, UNMAPPED_COLOUR
from budget_model.exhibits.exhibit import Gone, Shown
from budget_model.exhibits.figures import Bars, Mark, Series
from budget_model.exhibits.parts import exhibit_of, share_of
from budget_model.exhibits.tables import Column, Kind, Table, Value
from budget_model.financial_year import year_before
from budget_model.money import NOTHING, pounds
from budget_model.place.strings import StringOn
from budget_model.together.could_move import CouldMove, Hold
from budget_model.together.could_move import sentence as of_move
from budget_model.together.headroom import Headroom, HeadroomAsked, from_link
from budget_model.vocabulary import Dimension

CAP, GROWTH = "At the level of the cap", "Freed"


def headroom(answers: Answers, chosen: str) -> Shown:
    """The grants that grew, with what capping each would free."""
    asked = from_link(chosen)
    found = answers.headroom(asked)
    against = year_of(answers, asked)
    if not found.grants:
        return Gone(
            f"No grant of any body is stated for {answers.scope.year}.",
            "Add them to the place’s funding.csv.",
        )
    freed = [each for each in found.grants if each.amount]
    if not freed:
        return Gone(sentence(found, answers.scope.year, against), "Choose another year to cap them at.")
    short, streams = answers.short_names(Dimension.ORGANISATION), answers.short_names(Dimension.FUNDING)
    marks = tuple(
        Mark(
            each.grant.id,
            f"{short.get(each.grant.organisation, each.grant.organisation)}: "
            f"{streams.get(each.grant.stream, each.grant.stream)}",
        )
        for each in freed
    )
    caps = tuple(each.grant.this_year - each.amount for each in freed)
    figure = Bars(
        "Grant",
        marks,
        (Series(CAP, OTHERS_COLOUR, caps), Series(GROWTH, NAVY, tuple(each.amount for each in freed))),
        gathers=False,
    )
    finding = Finding(sentence(found, answers.scope.year, against), found.amount, why=unknown(found, against))
    table = _table(found, answers.scope.year, against)
    return exhibit_of(answers, finding, figure, table, about=f"grants capped at their level of {against}")


def year_of(answers: Answers, asked: HeadroomAsked) -> str:
    """The year at whose level grants are capped."""
    return asked.against or year_before(answers.scope.year)


def sentence(found: Headroom, year: str, against: str) -> str:
    """What capping frees, in one sentence."""
    known = len(found.grants) - found.unstated
    if not known:
        return f"No grant of {year} has a figure for {against}, so what a cap would free is unknown."
    if not found.amount:
        return f"No grant grew from {against} to {year}, so a cap frees nothing."
    return f"Capping grants at their level of {against} would free {pounds(found.amount)} in {year}."


def freed(found: Headroom) -> str:
    """What a cap would free, as a tile shows it: not known where no grant has a figure to be capped at."""
    return pounds(found.amount) if found.unstated < len(found.grants) else "Not known"


def unknown(found: Headroom, against: str) -> str:
    """How many grants have no level to be capped at."""
    if not found.unstated:
        return ""
    how_many = opened(counted(found.unstated, "grant has", "grants have"))
    return f"{how_many} no figure for {against}, so what a cap would free there is unknown."


def holds(answers: Answers, _: str) -> Shown:
    """The money by what holds it where it is: law, strings, contracts, nothing known, and the unknown."""
    could_move = answers.could_move()
    shown = [(hold, amount) for hold, amount in could_move.by_hold if amount > 0]
    if not shown:
        return Gone("No money is in this choice.")
    marks = tuple(Mark(hold, opened(hold.value), HOLD_COLOURS.get(hold, OTHERS_COLOUR)) for hold, _ in shown)
    figure = Bars(
        "What holds it", marks, (Series("Amount", NAVY, tuple(amount for _, amount in shown)),), gathers=False
    )
    finding = Finding(of_move(could_move, answers.scope.year), could_move.free, why=to_ask(could_move))
    return exhibit_of(
        answers,
        finding,
        figure,
        _holds_table(could_move),
        notes=(
            "each pound is counted once, under the first reason that applies",
            "where a line does not say, the usual conditions of its service are taken",
        ),
    )


def to_ask(could_move: CouldMove) -> str:
    """What the law still asks for of the money that nothing ties, what switches, ends or needs match, and what to ask."""
    duty, free = could_move.of(Hold.DUTY), could_move.of(Hold.FREE)
    said = []
    if duty > 0:
        said.append(
            f"{pounds(duty)} without a ring-fence or grant condition pays for services that the law asks for: they can change, "
            "not stop."
        )
    if free > 0:
        said.append(f"Bodies choose whether to spend the other {pounds(free)}." if said else "")
    facts = (
        (could_move.of(Hold.SWITCH), "{} is the part of tied grants that their terms let move."),
        (could_move.ends_by_then, "{} of what could move ends with the year: it could move once."),
        (
            could_move.match_beside,
            "Beside money that needs match others must put {}: if it moves, that may go.",
        ),
    )
    said += [words.format(pounds(amount)) for amount, words in facts if amount]
    if could_move.contract_unsaid:
        said.append("Ask when the contracts end before relying on any of it.")
    return " ".join(filter(None, said))


def strings_known(could_move: CouldMove) -> Table:
    """For each string on money, for how much of it somebody has said something, and for how much it is unknown."""
    rows = tuple(
        (opened(string.value), amount, could_move.whole - amount, share_of(amount, could_move.whole))
        for string, amount in could_move.known
    )
    columns = (
        Column("String"),
        Column("Stated for", Kind.POUNDS),
        Column("Unknown for", Kind.POUNDS),
        Column("Stated", Kind.SHARE),
    )
    return Table("What is known of the strings on the money", columns, rows)


def strings_by_stream(answers: Answers) -> Table:
    """The strings on each funding stream that lines name; an empty cell is unknown."""
    terms = {each.id: each for each in answers.place.grant_terms}
    rows: list[tuple[Value, ...]] = []
    for stream, strings, amount in answers.strings_by_stream():
        listed = terms.get(stream.terms)
        read = ("yes" if listed.verified else "unverified") if listed else ""
        rows.append((stream.name, amount, *strings.said.values(), read))
    columns = (
        Column("Stream"),
        Column("On lines that name it", Kind.POUNDS),
        *(Column(opened(string.value)) for string in StringOn),
        Column("Terms were read", detail=True),
    )
    notes = ("an empty cell is unknown: neither the stream nor its listed terms say it",)
    return Table("Strings by funding stream", columns, tuple(rows), notes=notes)


HOLD_COLOURS = {Hold.FREE: NAVY, Hold.DUTY: NAVY, Hold.SWITCH: NAVY, Hold.UNKNOWN: UNMAPPED_COLOUR}


def _holds_table(could_move: CouldMove) -> Table:
    rows: list[tuple[Value, ...]] = [
        (opened(hold.value), amount, share_of(amount, could_move.whole))
        for hold, amount in could_move.by_hold
    ]
    rows.append(("Together", could_move.whole, share_of(could_move.whole, could_move.whole)))
    columns = (Column("What holds it"), Column("Amount", Kind.POUNDS), Column("Share", Kind.SHARE))
    return Table("What holds the money where it is", columns, tuple(rows), totals=1)


def free_by_body(could_move: CouldMove, names: Mapping[str, str]) -> Table:
    """What of each body’s money no ring-fence or grant condition is known to tie."""
    rows = tuple((names.get(body, body), amount) for body, amount in could_move.by_organisation)
    columns = (Column("Body"), Column("No ring-fence or grant condition known", Kind.POUNDS))
    return Table(
        "What may be free to move, by body", columns, (*rows, ("Together", could_move.free)), totals=1
    )


def _table(found: Headroom, year: str, against: str) -> Table:
    columns = (
        Column("Grant"),
        Column(against, Kind.POUNDS),
        Column(year, Kind.POUNDS),
        Column("Freed", Kind.POUNDS),
        Column("Why"),
        Column("May move to another purpose", Kind.POUNDS, detail=True),
        Column("Ends", detail=True),
        Column("Terms", detail=True),
    )
    rows: list[tuple[Value, ...]] = []
    for each in found.grants:
        grant, terms = each.grant, each.grant.terms
        ends = grant.strings.said[StringOn.ENDS]
        said = terms.sentence if terms else "No terms are listed."
        rows.append(
            (grant.name, grant.last_year, grant.this_year, each.amount, each.why, grant.may_move, ends, said)
        )
    this = sum((each.grant.this_year for each in found.grants), NOTHING)
    total = ("Together", None, this, found.amount, "", None, "", "")
    return Table("Headroom by grant", columns, (*rows, total), totals=1)


def by_body(found: Headroom, names: Mapping[str, str]) -> Table:
    """What each body would free."""
    rows = tuple((names.get(body, body), amount) for body, amount in found.by_organisation.items())
    columns = (Column("Body"), Column("Freed", Kind.POUNDS))
    return Table("Headroom by body", columns, (*rows, ("Together", found.amount)), totals=1)
