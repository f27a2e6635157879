"""Small parts of the upload page: who else is here, the sheet as a picture, the certificate, what was sent."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

import streamlit as st

from budget_model.contribute import certificate as certificates
from budget_model.contribute.certificate import Certificate, page_of, text_of
from budget_model.contribute.compare import Change, Comparison
from budget_model.contribute.draft import Draft
from budget_model.contribute.understood import LeftOut
from budget_model.dates import day
from budget_model.money import exact_pounds
from budget_model.store.contributions import Present
from pages.shared import components, desk, kept
from pages.shared.components import Difference, Differences, Link, Stamp, as_typed
from pages.shared.tables import file_name


def when(moment: datetime) -> str:
    """How long ago something was, as one says it.

    >>> from datetime import timedelta
    >>> when(datetime.now(UTC) - timedelta(minutes=5))
    '5 minutes ago'
    """
    minutes = int((datetime.now(UTC) - moment).total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} minute{'' if minutes == 1 else 's'} ago"
    if minutes < 60 * 24:
        hours = minutes // 60
        return f"{hours} hour{'' if hours == 1 else 's'} ago"
    return f"on {day(moment)}"


def others(found: Sequence[Present]) -> None:
    """Tell an officer who else is at the same organisation's figures."""
    if found:
        said = "; ".join(f"{one.person} ({one.doing}, {when(one.seen_at)})" for one in found[:4])
        components.caution(f"You are not alone at these figures: {said}.", icon=":material/group:")


def certificate(one: Certificate, key: str) -> None:
    """The reconciliation certificate: its stamp, its chain, and the same to keep or print."""
    components.certificate(
        Stamp(str(one.state)),
        one.sentence,
        [Link(link.name, link.says, _sums(link), not link.agrees) for link in one.links],
    )
    if one.kept and one.kept.left_out:
        with st.expander(as_typed(f"What was left out of the file, and why ({len(one.kept.left_out)})")):
            components.bullets(_left_out(out) for out in one.kept.left_out)
    disagreeing = [
        sentence for table in (one.kept.sheets if one.kept else ()) for sentence in table.disagreeing
    ]
    if disagreeing:
        with st.expander(as_typed(f"Printed totals that their lines do not make ({len(disagreeing)})")):
            components.bullets(disagreeing[:60])
    name = f"certificate {one.subject.organisation} {one.subject.year}"
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "Certificate to print",
            lambda: page_of(one).encode("utf-8"),
            file_name(name, "html"),
            "text/html",
            icon=":material/print:",
            on_click="ignore",
            key=f"{key}_page",
        )
        st.download_button(
            "As text",
            lambda: text_of(one).encode("utf-8"),
            file_name(name, "txt"),
            "text/plain",
            icon=":material/download:",
            on_click="ignore",
            key=f"{key}_text",
        )


def _sums(link: certificates.Link) -> tuple[str, str, str]:
    """What a step comes to, what that is held against, and the difference; dashes where it is held against nothing."""
    if link.against is None:
        return exact_pounds(link.amount), "–", "–"
    return exact_pounds(link.amount), exact_pounds(link.against), exact_pounds(link.difference)


def _left_out(out: LeftOut) -> str:
    """What was left out, where, how much money that is, and why."""
    where = f" on {out.sheet}" if out.sheet else ""
    money = f", {exact_pounds(out.amount)}" if out.amount is not None else ""
    return f"{out.how_many:,} {out.what}{where}{money}: {out.reason}"


def comparison(compared: Comparison, title: str, *, most: int = 12) -> None:
    """Before and after, by service and by board, the largest differences first."""
    boards = [board for board in compared.themes if board.difference]
    components.before_and_after(
        _differences(title, compared.changed, compared, most),
        _differences("By delivery board", boards, compared, most),
    )


def _differences(title: str, changes: Sequence[Change], whole: Comparison, most: int) -> Differences:
    rows = tuple(
        Difference(
            change.name,
            _pounds(change.before),
            _pounds(change.after),
            _pounds(change.difference),
            "new" if change.part is None else f"{change.part * 100:+.0f}%",
        )
        for change in changes[:most]
    )
    total = Difference("All", _pounds(whole.before), _pounds(whole.after), _pounds(whole.moved), "")
    return Differences(title, rows, len(changes) - most, total)


def _pounds(amount: Decimal) -> str:
    """Whole pounds: the pennies of a comparison tell nobody anything."""
    return exact_pounds(amount.quantize(Decimal(1))).replace(".00", "")


def sent(draft: Draft, name: str) -> None:
    """What became of a draft that was sent."""
    number = draft.submission
    submission_on_map = next(
        (submission for submission in kept.all_submissions() if submission.submission == number), None
    )
    state = submission_on_map.status if submission_on_map else "sent"
    says = {
        "approved": "It is counted in the place’s total.",
        "memorandum": "It says what spending on the map is made of, and is in no total.",
        "submitted": "It counts as soon as it is approved, on Submissions and data quality.",
        "superseded": "A later submission has taken its place.",
        "withdrawn": "It was withdrawn.",
    }.get(state, "")
    st.title(components.as_typed(f"{name}’s figures are sent"))
    about = draft.about
    components.standfirst(
        f"Submission {number}: {about.year}, {about.phase}, {about.part}, from {draft.file}. {says}"
    )
    if number is not None:
        certificate(desk.certificate_of(number), "sent")
