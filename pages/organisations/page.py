"""What does one public body spend here, on what, with whom, and from which files do we know?"""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

import streamlit as st

from budget_model.count import parts_said
from budget_model.count.results import PartOfTotal, SubmissionOnMap
from budget_model.count.saying import counted, listed
from budget_model.dates import day
from budget_model.exhibits import memoranda, trends
from budget_model.exhibits.one_part import not_here
from budget_model.money import NOTHING, percent, pounds
from budget_model.place.model import Organisation, Share
from budget_model.scope import Scope
from budget_model.store.submissions import sees_original
from budget_model.vocabulary import Dimension, ShareBasis, SubmissionStatus
from pages.shared import (
    chart,
    choice,
    components,
    down,
    empty_states,
    kept,
    scope_picker,
    sent_card,
    subject,
    words,
)
from pages.shared.components import Range, Tile, as_typed
from pages.shared.drawn import Room
from pages.shared.empty_states import Way

BODY = "body"
EVERY_PART = Room(most=20)
# What stands behind no figure of the map.
BESIDE = (SubmissionStatus.SUPERSEDED, SubmissionStatus.MEMORANDUM)


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
            "Organisation",
            ("", *order),
            BODY,
            "",
            lambda key: bodies[key].name if key else "All organisations",
        )
    if asked:
        _one(scope, bodies[asked], spent.get(asked))
    else:
        _all(scope)


def _all(scope: Scope) -> None:
    chart.show(scope, "bodies", room=Room(most=24), level=2)


def _one(scope: Scope, body: Organisation, part: PartOfTotal | None) -> None:
    alone, whole = scope.switched(organisations=(body.id,)), scope.switched(organisations=())
    shown, total = chart.shown_as(scope), kept.total(whole)
    above = f"{words.name(Dimension.ORGANISATION_TYPE, str(body.type))} · serves {body.footprint}"
    subject.name(body.name, "Organisations")
    if part is None:
        components.headline(f"The figures of {body.name} are not included yet", eyebrow=above)
        empty_states.show(
            not_here(kept.answers(scope), body).capitalize() + ".",
            body.note or "Ask it for its figures.",
            Way("submissions", "Open the letter that asks for them", "asking"),
            Way("upload", "Upload them"),
        )
        _partners(scope, body)
        _submissions(scope, body)
        return
    components.headline(parts_said.headline_of_body(part, total.total, shown), eyebrow=above)
    components.tiles(_tiles(alone, body, part), "four")
    for note in (body.note, _days(body), *dict.fromkeys(share.note for share in _shares(alone, body))):
        if note:
            components.note(note)
    left, right = st.columns(2, gap="large")
    with left:
        chart.show(alone, "organisation", body.id, key=f"services_{body.id}", level=2)
    with right:
        chart.show(alone, "body-themes", body.id, key=f"boards_{body.id}", level=2)
    _made_of(alone, body)
    with components.folded_on_phones("Partners, and the submissions behind these figures", "behind_body"):
        _partners(scope, body)
        _submissions(scope, body)
    st.page_link(
        "pages/lines/page.py",
        label=as_typed(f"Open the lines of {body.name}"),
        icon=":material/arrow_forward:",
        query_params=down.query(scope.switched(organisations=()), ((Dimension.ORGANISATION, body.id),)),
    )


def _tiles(alone: Scope, body: Organisation, part: PartOfTotal) -> list[Tile]:
    shown, total = chart.shown_as(alone), kept.total(alone)
    moved = shown.of(part.eliminated)
    tiles = [
        Tile(
            "Included",
            pounds(shown.of(part.amount)),
            f"between {pounds(shown.of(part.low))} and {pounds(shown.of(part.high))}",
            Range(part.low, part.amount, part.high),
        ),
        Tile(
            "Its budget before removing double counting",
            pounds(shown.of(part.gross)),
            f"{pounds(moved)} counts with another body in this view" if moved else "all of it counts here",
        ),
    ]
    shares = _shares(alone, body)
    if shares:
        first = shares[0]
        more = f" (and {len(shares) - 1} more)" if len(shares) > 1 else ""
        below = (
            "it serves the place alone, so all of it counts"
            if first.value == 1
            else f"{first.numerator:,} {first.numerator_is} of {first.denominator:,} {first.denominator_is}{more}"
        )
        tiles.append(
            Tile(
                "The place’s share" if first.basis is ShareBasis.DIRECT else f"Share, by {first.basis}",
                f"{first.value * 100:.2f}%".replace("100.00%", "100%"),
                below,
            )
        )
    estimated = kept.relied_on(alone).estimated
    tiles.append(
        Tile(
            "Estimated",
            percent(estimated, abs(part.amount)) if part.amount else "–",
            f"{counted(total.lines, 'line', 'lines')} included",
        )
    )
    return tiles


def _shares(scope: Scope, body: Organisation) -> list[Share]:
    sent = [
        submission
        for submission in kept.all_submissions(scope.year, body.id)
        if submission.status == SubmissionStatus.APPROVED
    ]
    used = {one.share for one in sent}
    shares = [share for share in kept.place().shares if share.id in used]
    return shares or [share for share in kept.place().shares if share.organisation == body.id]


def _made_of(scope: Scope, body: Organisation) -> None:
    """What the body's own published returns say some of its spending is made of; other years' when they are opened."""
    splits = memoranda.splits_of(kept.answers(scope), body.id)
    if splits:
        with components.folded_on_phones("What some of its spending is made of", f"made_of_{body.id}"):
            _of_each_year(scope, body, splits)


def _of_each_year(scope: Scope, body: Organisation, splits: Sequence[str]) -> None:
    years = {split: memoranda.year_of(split) for split in splits}
    _splits(scope, body, [split for split in splits if years[split] == scope.year])
    others = [split for split in splits if years[split] != scope.year]
    if not others:
        return
    said = counted(len(others), "more breakdown", "more breakdowns")
    with components.unfolding(
        f"{said.capitalize()}, of {listed(sorted({years[split] for split in others}))}",
        f"made_of_{body.id}_others",
    ) as opened:
        if opened:
            _splits(scope, body, others)


def _splits(scope: Scope, body: Organisation, splits: Sequence[str]) -> None:
    columns = st.columns(2, gap="large") if splits else []
    for number, split in enumerate(splits):
        memorandum = memoranda.memorandum_in(kept.answers(scope), split)
        with columns[number % 2]:
            key = f"made_of_{body.id}_{memorandum}"
            chart.show(scope, "made-of", split, key=key, level=2, room=EVERY_PART)
            st.page_link(
                "pages/trends/page.py",
                label="The same over the years",
                icon=":material/arrow_forward:",
                query_params=down.query(scope, of_what=f"{trends.MEMORANDUM}:{memorandum}"),
            )


def _partners(scope: Scope, body: Organisation) -> None:
    chart.show_table(scope, "transfers", body.id, key=f"partners_{body.id}", level=2, quiet=True)


def _submissions(scope: Scope, body: Organisation) -> None:
    sent = kept.all_submissions(scope.year, body.id)
    if not sent:
        return
    now = [one for one in sent if one.status not in BESIDE]
    components.finding(
        f"{counted(len(now), 'submission is', 'submissions are').capitalize()} behind these figures{_beside(sent)}",
        f"{scope.year} · whole amounts as sent, before the place’s share · expenditure and income of each part"
        f"{_of_memoranda(sent)}",
        2,
    )
    components.cards([sent_card.card(one) for one in sorted(sent, key=lambda one: one.status in BESIDE)])
    files = {one.sha256: one for one in now if sees_original(kept.store(), one.submission)}
    if not files:
        return
    with st.container(horizontal=True, gap="small"):
        for file in list(files.values())[:8]:
            st.download_button(
                as_typed(f"Original: {file.file}"),
                partial(_original, file.submission),
                file.file,
                "application/octet-stream",
                key=f"original_{file.submission}",
                icon=":material/download:",
                on_click="ignore",
            )


def _beside(sent: Sequence[SubmissionOnMap]) -> str:
    """How many more are listed that stand behind no figure, by what they are; empty where there are none."""
    memoranda_sent = sum(one.status == SubmissionStatus.MEMORANDUM for one in sent)
    replaced = sum(one.status == SubmissionStatus.SUPERSEDED for one in sent)
    more = [
        counted(memoranda_sent, "memorandum", "memoranda") if memoranda_sent else "",
        f"{counted(replaced, 'submission', 'submissions')} since replaced" if replaced else "",
    ]
    return f"; beside them {listed([words for words in more if words])}" if any(more) else ""


def _of_memoranda(sent: Sequence[SubmissionOnMap]) -> str:
    """What those of them are that are in no figure, where there are any."""
    if not any(one.status == SubmissionStatus.MEMORANDUM for one in sent):
        return ""
    return " · a memorandum says what some of the spending is made of, and is in no total"


def _original(submission: int) -> bytes:
    return kept.original_of(kept.store(), submission)[1]


def _days(body: Organisation) -> str:
    """When it began and ended, and whether anybody has seen where that is stated; empty where nothing is known."""
    days = [
        f"{word} {day(when)}"
        for word, when in (("began on", body.opened), ("ended on", body.closed))
        if when is not None
    ]
    if not days:
        return ""
    doubt = "" if body.dates_seen else " Unverified: nobody has seen the source of these dates."
    return f"It {listed(days)}.{doubt} {body.dates_source}".strip()


def _amount(part: PartOfTotal | None) -> Decimal:
    return part.amount if part else NOTHING


show()
