"""What does one public body spend here, on what, with whom, and from which files do we know?"""

from decimal import Decimal
from functools import partial

import streamlit as st

from budget_model.count import parts_said
from budget_model.count.assurance import ESTIMATED_FROM
from budget_model.count.results import PartOfTotal, SubmissionOnMap
from budget_model.count.saying import counted, number
from budget_model.money import NOTHING, exact_pounds, percent, pounds
from budget_model.place.model import Organisation, Share
from budget_model.scope import Scope
from budget_model.vocabulary import Dimension, OrganisationStatus, ShareBasis, SubmissionStatus
from pages.shared import chart, choice, components, down, kept, marks, scope_picker, tables, words
from pages.shared.components import Card, Range, Stamp, Tile
from pages.shared.parts import any_estimated, draw
from pages.shared.tables import As, Column, Table

BODY = "body"


def show() -> None:
    """All bodies at a glance, or one of them whole where the link names it."""
    scope = scope_picker.chosen()
    bodies = {body.id: body for body in kept.place().organisations}
    spent = {part.key: part for part in kept.by(scope.switched(organisations=()), Dimension.ORGANISATION)}
    order = sorted(bodies, key=lambda key: (key not in spent, -_amount(spent.get(key)), bodies[key].name))
    asked = choice.asked(BODY, order, "")
    if not asked:
        st.title("Organisations")
    with st.container(horizontal=True, key="controls_organisations"):
        choice.one(
            "Organisation", ("", *order), BODY, "",
            lambda key: bodies[key].name if key else "All organisations",
        )  # fmt: skip
    if asked:
        _one(scope, bodies[asked], spent.get(asked))
    else:
        _all(scope, list(bodies.values()), spent)


def _all(scope: Scope, bodies: list[Organisation], spent: dict[str, PartOfTotal]) -> None:
    whole = scope.switched(organisations=())
    shown, total, relied = chart.shown_as(scope), kept.total(whole), kept.relied_on(whole)
    cells = kept.pivot(whole, (Dimension.ORGANISATION, Dimension.GRADE))
    states = _states(scope)
    wanted = [body for body in bodies if body.status is not OrganisationStatus.NOT_APPLICABLE]
    rows = [
        (
            body.name, str(body.type), str(body.status) if body.id in spent else _not_here(body),
            shown.of(spent[body.id].amount) if body.id in spent else None,
            marks.share_of(spent[body.id].amount, total.total) if body.id in spent else None,
            states.get(body.id, ""),
        )
        for body in sorted(wanted, key=lambda one: (one.id not in spent, -_amount(spent.get(one.id))))
    ]  # fmt: skip
    rows.append(("Total", "", "", shown.of(total.total), marks.share_of(total.total, total.total), ""))
    missing = sum(1 for body in wanted if body.id not in spent)
    parts = tuple(spent[body.id] for body in wanted if body.id in spent)
    parts = tuple(sorted(parts, key=lambda part: -part.amount))
    finding = f"{counted(len(spent), 'body is', 'bodies are').capitalize()} on the map"
    if missing:
        finding += f", {counted(missing, 'is', 'are')} not"
    columns = (
        Column("Organisation"), Column("Type"), Column("Status"), Column("Amount", As.MONEY),
        Column("Share", As.SHARE), Column("Reconciliation"),
    )  # fmt: skip
    table = Table("Organisations of the place", columns, tuple(rows), has_total=True)
    if not parts:
        components.empty(
            "No body has a line in this choice.", "Widen it above, or choose a body to see what is known."
        )
        return
    chart.draw(
        draw(
            parts,
            cells,
            kept.colours(),
            lambda amount: pounds(shown.of(amount)),
            doubtful=relied.doubtful,
            most=24,
        ),
        key="bodies",
        finding=chart.said(whole, "who") or finding,
        shows=("who", ""),
        notes=(finding,),
        scope=whole,
        table=table,
        ways=[chart.Way(part.name, ((Dimension.ORGANISATION, part.key),)) for part in parts],
        patterns=marks.doubt_key(estimated=any_estimated(cells), not_agreed=bool(relied.doubtful)),
        level=2,
    )


def _one(scope: Scope, body: Organisation, part: PartOfTotal | None) -> None:
    alone, whole = scope.switched(organisations=(body.id,)), scope.switched(organisations=())
    shown, total = chart.shown_as(scope), kept.total(whole)
    amount = part.amount if part else NOTHING
    above = f"{words.name(Dimension.ORGANISATION_TYPE, str(body.type))} · serves {body.footprint}"
    if part is None:
        components.headline(f"{body.name} is not on this map", eyebrow=above)
        components.empty(_not_here(body).capitalize() + ".", body.note or "Ask it for its figures.")
        _partners(scope, body)
        _submissions(scope, body)
        return
    share_of_total = percent(amount, total.total) if total.total > 0 else "no share"
    components.headline(
        f"{body.name} spends {pounds(shown.of(amount))}, {share_of_total} of the total", eyebrow=above
    )
    components.tiles(_tiles(alone, body, part), "four")
    if body.note:
        components.note(body.note)
    left, right = st.columns(2, gap="large")
    with left:
        _services(alone, body, part)
    with right:
        _boards(alone, body, part)
    _partners(scope, body)
    _submissions(scope, body)
    st.page_link(
        "pages/lines/page.py", label=f"Open the lines of {body.name}", icon=":material/arrow_forward:",
        query_params=down.query(scope.switched(organisations=()), ((Dimension.ORGANISATION, body.id),)),
    )  # fmt: skip


def _tiles(alone: Scope, body: Organisation, part: PartOfTotal) -> list[Tile]:
    shown, total = chart.shown_as(alone), kept.total(alone)
    moved = shown.of(part.eliminated)
    tiles = [
        Tile(
            "On the map", pounds(shown.of(part.amount)),
            f"between {pounds(shown.of(part.low))} and {pounds(shown.of(part.high))}",
            Range(part.low, part.amount, part.high),
        ),
        Tile(
            "Its own books, the place’s share", pounds(shown.of(part.gross)),
            f"{pounds(moved)} counts with another body in this view" if moved else "all of it counts here",
        ),
    ]  # fmt: skip
    shares = _shares(alone, body)
    if shares:
        first = shares[0]
        more = f" (and {len(shares) - 1} more)" if len(shares) > 1 else ""
        below = (
            "coterminous: all of it is the place’s" if first.value == 1
            else f"{first.numerator:,} {first.numerator_is} of {first.denominator:,} {first.denominator_is}{more}"
        )  # fmt: skip
        tiles.append(
            Tile(
                "The place’s share" if first.basis is ShareBasis.DIRECT else f"Share, by {first.basis}",
                f"{first.value * 100:.2f}%".replace("100.00%", "100%"),
                below,
            )
        )
    estimated = sum(
        (abs(one.amount) for one in kept.by(alone, Dimension.GRADE) if int(one.key) >= ESTIMATED_FROM),
        NOTHING,
    )
    tiles.append(
        Tile(
            "Estimated (grade 5 or 6)", percent(estimated, abs(part.amount)) if part.amount else "–",
            f"{counted(total.lines, 'line', 'lines')} on the map",
        )
    )  # fmt: skip
    return tiles


def _shares(scope: Scope, body: Organisation) -> list[Share]:
    sent = [
        one for one in kept.all_submissions(scope.year, body.id) if one.status == SubmissionStatus.APPROVED
    ]
    used = {one.share for one in sent}
    shares = [share for share in kept.place().shares if share.id in used]
    return shares or [share for share in kept.place().shares if share.organisation == body.id]


def _services(alone: Scope, body: Organisation, part: PartOfTotal) -> None:
    parts, shown, total = kept.by(alone, Dimension.SERVICE), chart.shown_as(alone), kept.total(alone)
    cells = kept.pivot(alone, (Dimension.SERVICE, Dimension.GRADE))
    chart.draw(
        draw(parts, cells, body.colour, lambda amount: pounds(shown.of(amount))),
        key=f"services_{body.id}",
        finding=parts_said.body_by_service(part, parts, shown).sentence,
        shows=("organisation", body.id),
        scope=alone,
        table=marks.breakdown(f"Services of {body.name}", "Service", parts, shown, total),
        ways=[chart.Way(part.name, ((Dimension.SERVICE, part.key),)) for part in parts],
        patterns=marks.doubt_key(estimated=any_estimated(cells)),
        level=2,
    )  # fmt: skip


def _boards(alone: Scope, body: Organisation, part: PartOfTotal) -> None:
    parts, shown, total = kept.by(alone, Dimension.THEME), chart.shown_as(alone), kept.total(alone)
    cells = kept.pivot(alone, (Dimension.THEME, Dimension.GRADE))
    chart.draw(
        draw(parts, cells, kept.colours(), lambda amount: pounds(shown.of(amount))),
        key=f"boards_{body.id}",
        finding=parts_said.body_by_theme(part, parts, shown).sentence,
        shows=("body-themes", body.id),
        scope=alone,
        table=marks.breakdown(f"Boards of {body.name}", "Delivery board", parts, shown, total),
        ways=[chart.Way(part.name, ((Dimension.THEME, part.key),)) for part in parts],
        patterns=marks.doubt_key(estimated=any_estimated(cells)),
        level=2,
    )


def _partners(scope: Scope, body: Organisation) -> None:
    names = {one.id: one.name for one in kept.place().organisations}
    shown = chart.shown_as(scope)
    rows: list[tuple[object, ...]] = []
    for one in kept.passing_between(scope):
        if one.payer == body.id:
            rows.append(
                ("Pays", names.get(one.payee, one.payee), one.what, shown.of(one.amount), "counted once")
            )
        elif one.payee == body.id:
            rows.append(
                (
                    "Receives from",
                    names.get(one.payer, one.payer),
                    one.what,
                    shown.of(one.amount),
                    "counted once",
                )
            )
    for gap in kept.place().unknown_transfers:
        if gap.payer == body.id:
            rows.append(("Pays", names.get(gap.payee, gap.payee), gap.what, None, gap.why))
        elif gap.payee == body.id:
            rows.append(("Receives from", names.get(gap.payer, gap.payer), gap.what, None, gap.why))
    if not rows:
        return
    known = sum(1 for row in rows if row[3] is not None)
    said = f"It shares money with partners in {counted(len(rows), 'known way', 'known ways')}"
    components.finding(
        f"{said}; {_known(known, len(rows))}",
        "Transfers between bodies, of the place’s share",
        2,
    )
    table = Table(
        f"Partners of {body.name}",
        (
            Column("Way"),
            Column("Partner"),
            Column("What for"),
            Column("Amount", As.MONEY),
            Column("How it counts"),
        ),
        tuple(rows),
    )
    tables.show(table)
    chart.files(table, f"partners_{body.id}")


def _known(known: int, ways: int) -> str:
    if not known:
        return "no amount is known" if ways == 1 else "none of the amounts is known"
    if known == ways:
        return "its amount is known" if ways == 1 else "every amount is known"
    return f"{number(known)} of the amounts {'is' if known == 1 else 'are'} known"


def _submissions(scope: Scope, body: Organisation) -> None:
    sent = kept.all_submissions(scope.year, body.id)
    if not sent:
        return
    now = [one for one in sent if one.status != SubmissionStatus.SUPERSEDED]
    components.finding(
        f"{counted(len(now), 'submission is', 'submissions are').capitalize()} behind these figures",
        f"{scope.year} · whole amounts as sent, before the place’s share · expenditure and income of each part",
        2,
    )
    components.cards([_card(submission) for submission in sent])
    with st.container(horizontal=True, gap="small"):
        for one in list({one.sha256: one for one in now}.values())[:8]:
            st.download_button(
                f"Original: {one.file}",
                partial(_original, one.submission), one.file,
                "application/octet-stream", key=f"original_{one.submission}", icon=":material/download:",
                on_click="ignore",
            )  # fmt: skip


def _card(sent: SubmissionOnMap) -> Card:
    about = (
        sent.file, str(sent.phase), sent.status, f"grade {sent.grade}", counted(sent.lines, "line", "lines"),
        f"sent by {sent.made_by}, {sent.made_at}", sent.source,
    )  # fmt: skip
    sums = (
        ("Expenditure", _exact(sent.expenditure)),
        ("Income", _exact(sent.income)),
        ("Net, as read", _exact(sent.read_total)),
        ("Its own total", _own(sent.control_total, sent.printed_total)),
    )
    return Card(sent.part.capitalize(), Stamp(sent.reconciliation), " · ".join(about), sums)


def _original(submission: int) -> bytes:
    return kept.original_of(kept.store(), submission)[1]


def _exact(amount: Decimal) -> str:
    return exact_pounds(amount).replace(".00", "")


def _own(control: Decimal | None, printed: Decimal | None) -> str:
    """The total that a submission is held against."""
    own = control if control is not None else printed
    return "none given" if own is None else _exact(own)


def _states(scope: Scope) -> dict[str, str]:
    """The worst state among the submissions in force of each body, in words."""
    order = ["not reconciled", "no control total", "explained", "reconciled"]
    states: dict[str, str] = {}
    for one in kept.all_submissions(scope.year):
        if one.status != SubmissionStatus.SUPERSEDED:
            before = states.get(one.organisation, "reconciled")
            states[one.organisation] = min(before, one.reconciliation, key=order.index)
    return states


def _not_here(body: Organisation) -> str:
    return {
        OrganisationStatus.AWAITED: "its figures are awaited",
        OrganisationStatus.REFUSED: "it has refused to send figures",
        OrganisationStatus.NOT_APPLICABLE: "its figures are not asked for",
    }.get(body.status, "it has no line in this choice")


def _amount(part: PartOfTotal | None) -> Decimal:
    return part.amount if part else NOTHING


show()
