"""Small parts of the upload page: who else is here, the sheet as a picture, the certificate, what was sent."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from html import escape
from pathlib import Path

import streamlit as st

from budget_model.contribute.certificate import Certificate, page_of, text_of
from budget_model.contribute.compare import Change, Comparison
from budget_model.contribute.draft import Draft
from budget_model.money import exact_pounds
from budget_model.store.contributions import Present
from pages.shared import desk, kept, marks
from pages.shared.tables import file_name

CSS = (Path(__file__).parent / "upload.css").read_text(encoding="utf-8")


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
    return f"on {moment:%d %B %Y}"


def others(found: Sequence[Present]) -> None:
    """Tell an officer who else is at the same organisation's figures."""
    if found:
        said = "; ".join(f"{one.person} ({one.doing}, {when(one.seen_at)})" for one in found[:4])
        st.warning(f"You are not alone at these figures: {said}.", icon=":material/group:")


def certificate(one: Certificate, key: str) -> None:
    """The reconciliation certificate: its stamp, its chain, and the same to keep or print."""
    rows = "".join(
        f'<tr class="{"" if link.agrees else "apart"}"><th scope="row">{escape(link.name)}<small>{escape(link.says)}'
        f'</small></th><td class="money">{exact_pounds(link.amount)}</td>'
        f'<td class="money">{"–" if link.against is None else exact_pounds(link.against)}</td>'
        f'<td class="money">{"–" if link.against is None else exact_pounds(link.difference)}</td></tr>'
        for link in one.links
    )
    st.html(
        f'<div class="certificate"><p class="verdict">{marks.stamp(str(one.state))} {escape(one.sentence)}</p>'
        '<div class="table-frame" role="region" tabindex="0" aria-label="Reconciliation, step by step">'
        '<table class="figures"><caption>From the cells to the total, step by step</caption><thead><tr>'
        '<th scope="col">Step</th><th scope="col" class="money">Comes to</th><th scope="col" class="money">Held against'
        f'</th><th scope="col" class="money">Difference</th></tr></thead><tbody>{rows}</tbody></table></div></div>'
    )
    if one.kept and one.kept.left_out:
        items = "".join(
            f"<li>{escape(f'{out.how_many:,} {out.what}')}"
            f"{escape(f' on {out.sheet}') if out.sheet else ''}"
            f"{escape(f', {exact_pounds(out.amount)}') if out.amount is not None else ''}: {escape(out.reason)}</li>"
            for out in one.kept.left_out
        )
        with st.expander(f"What was left out of the file, and why ({len(one.kept.left_out)})"):
            st.html(f'<ul class="plain">{items}</ul>')
    disagreeing = [said for table in (one.kept.sheets if one.kept else ()) for said in table.disagreeing]
    if disagreeing:
        with st.expander(f"Printed totals that their lines do not make ({len(disagreeing)})"):
            st.html(
                f'<ul class="plain">{"".join(f"<li>{escape(said)}</li>" for said in disagreeing[:60])}</ul>'
            )
    name = f"certificate {one.subject.organisation} {one.subject.year}"
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "Certificate to print", lambda: page_of(one).encode("utf-8"), file_name(name, "html"), "text/html",
            icon=":material/print:", on_click="ignore", key=f"{key}_page",
        )  # fmt: skip
        st.download_button(
            "As text", lambda: text_of(one).encode("utf-8"), file_name(name, "txt"), "text/plain",
            icon=":material/download:", on_click="ignore", key=f"{key}_text",
        )  # fmt: skip


def comparison(one: Comparison, title: str, *, most: int = 12) -> str:
    """Before and after, by service and by board, the largest differences first."""
    return f'<div class="two">{_changes(title, one.changed, one, most)}{_changes("By delivery board", [c for c in one.themes if c.difference], one, most)}</div>'


def _changes(title: str, changes: Sequence[Change], whole: Comparison, most: int) -> str:
    if not changes:
        return f'<div class="table-frame"><table class="figures"><caption>{escape(title)}</caption><tbody><tr><td>Nothing changes.</td></tr></tbody></table></div>'
    rows = "".join(
        f'<tr><th scope="row">{escape(one.name)}</th><td class="money">{_pounds(one.before)}</td>'
        f'<td class="money">{_pounds(one.after)}</td><td class="money">{_pounds(one.difference)}</td>'
        f'<td class="share">{"new" if one.part is None else f"{one.part * 100:+.0f}%"}</td></tr>'
        for one in changes[:most]
    )
    rest = len(changes) - most
    note = f'<tr><td colspan="5">and {rest} smaller changes</td></tr>' if rest > 0 else ""
    total = (
        f'<tr class="total"><th scope="row">All</th><td class="money">{_pounds(whole.before)}</td>'
        f'<td class="money">{_pounds(whole.after)}</td><td class="money">{_pounds(whole.after - whole.before)}</td><td></td></tr>'
    )
    return (
        f'<div class="table-frame" role="region" tabindex="0" aria-label="{escape(title, quote=True)}"><table class="figures">'
        f'<caption>{escape(title)}</caption><thead><tr><th scope="col">Name</th><th scope="col" class="money">Before</th>'
        '<th scope="col" class="money">After</th><th scope="col" class="money">Difference</th><th scope="col" class="share">'
        f"Change</th></tr></thead><tbody>{rows}{note}{total}</tbody></table></div>"
    )


def _pounds(amount: Decimal) -> str:
    """Whole pounds: the pennies of a comparison tell nobody anything."""
    return exact_pounds(amount.quantize(Decimal(1))).replace(".00", "")


def sent(draft: Draft, name: str) -> None:
    """What became of a draft that was sent."""
    number = draft.submission
    found = next((one for one in kept.all_submissions() if one.submission == number), None)
    state = found.status if found else "sent"
    says = {
        "approved": "It is on the map.",
        "submitted": "It is on the map as soon as it is approved, on Submissions and data quality.",
        "superseded": "A later submission has taken its place.",
        "withdrawn": "It was withdrawn.",
    }.get(state, "")
    st.title(f"{name}’s figures are sent")
    st.html(
        f'<p class="standfirst">Submission {number}: {escape(draft.about.year)}, {escape(draft.about.phase)}, '
        f"{escape(draft.about.part)}, from {escape(draft.file)}. {escape(says)}</p>"
    )
    if number is not None:
        certificate(desk.certificate_of(number), "sent")
