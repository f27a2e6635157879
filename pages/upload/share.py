"""What part of a body is the place's, where nobody has said yet: asked for during its first upload."""

from typing import Final

import streamlit as st

from budget_model.contribute.about import About
from budget_model.place.editing import Edit, plain_text
from budget_model.place.lists import LISTS
from budget_model.problem import Refusal
from budget_model.store import settings
from budget_model.vocabulary import ShareBasis
from pages.shared import asking, components, kept, signing
from pages.shared.components import as_typed

LONGEST: Final = 300
GRADES: Final = {
    "2": "2: the body’s own figure for the place",
    "3": "3: measured, for another year or a like group",
    "4": "4: by residents or a formula",
    "5": "5: judged",
}
WHOLE: Final = ("1", "all of it", "1", "all of it")


def is_missing(about: About) -> bool:
    """Whether the place has no share of the body yet, so that nothing of it could be counted."""
    return all(share.organisation != about.organisation for share in kept.place().shares)


def ask(about: About) -> None:
    """A form for the body's first share, with the two numbers that it stands on; nothing where one is known."""
    if not is_missing(about):
        return
    place = kept.place()
    body = next(organisation for organisation in place.organisations if organisation.id == about.organisation)
    components.ask(
        f"What part of {body.name} is {place.name}’s?",
        "Nobody has said yet. Give the part and the whole in one unit, such as patients from here and all patients; "
        "every line of the file is counted by it. It is kept under Settings, City shares, and can be changed there.",
    )
    if not settings.may_set(asking.asker(), _share(about, {})):
        components.note("An officer of this body or the director gives it.")
        return
    with st.form(f"share_{body.id}"):
        said = _typed(body.footprint)
        given = st.form_submit_button("Keep the share", type="primary", icon=":material/check:")
    if given:
        _keep(about, body.footprint, said)


def _typed(footprint: str) -> dict[str, str]:
    """What is typed into the form, by the columns of the share; the area served beside them."""
    served = st.text_input("The area that it serves", footprint, max_chars=LONGEST, key="share_footprint")
    whole = st.checkbox("All of its money is the place’s", key="share_whole")
    left, right = st.columns(2)
    with left:
        part = st.text_input("The place’s part, a number", key="share_numerator", max_chars=40)
        part_is = st.text_input("What that number counts", key="share_numerator_is", max_chars=LONGEST)
    with right:
        all_of_it = st.text_input("The whole, a number", key="share_denominator", max_chars=40)
        all_is = st.text_input("What the whole counts", key="share_denominator_is", max_chars=LONGEST)
    basis = st.selectbox(
        "How it is known",
        [str(share_basis) for share_basis in ShareBasis],
        key="share_basis",
        format_func=str.capitalize,
    )
    grade = st.selectbox("How sure it is", list(GRADES), key="share_grade", format_func=GRADES.__getitem__)
    source = st.text_input("Where it is stated", key="share_source", max_chars=LONGEST)
    numbers = WHOLE if whole else (part, part_is, all_of_it, all_is)
    named = zip(("numerator", "numerator_is", "denominator", "denominator_is"), numbers, strict=True)
    return {
        "footprint": served,
        **dict(named),
        "basis": str(ShareBasis.DIRECT if whole else basis),
        "grade": str(grade),
        "source": source,
    }


def _share(about: About, said: dict[str, str]) -> Edit:
    cells = {
        "id": f"{about.organisation}-{about.year}",
        "organisation": about.organisation,
        "year": about.year,
        **{column: plain_text(text) for column, text in said.items()},
    }
    return Edit("shares", None, LISTS["shares"].from_plain(cells))


def _keep(about: About, footprint: str, said: dict[str, str]) -> None:
    store, served = kept.store(), plain_text(said["footprint"])
    edits = [_share(about, said)]
    if served != footprint:
        edits.append(_serves(about.organisation, served))
    try:
        settings.keep(store, edits, by=signing.officer(), reason=f"The first upload for {about.year}")
    except Refusal as refusal:
        components.error("The share cannot be kept yet.")
        components.bullets(str(problem) for problem in settings.faults(store, edits) or (refusal.sentence,))
        return
    st.toast(as_typed("The share is kept: the file can be read now."))
    st.rerun()


def _serves(organisation: str, served: str) -> Edit:
    """The body with the area that it serves."""
    one = LISTS["organisations"]
    before = next(row for row in settings.rows(kept.store())[one.part] if row[0] == organisation)
    return Edit(one.part, before, one.from_plain({**one.to_plain(before), "footprint": served}))
