"""What were forum members asked, what did they answer, sector by sector, and which decision is it kept with?"""

import streamlit as st

from budget_model.access import Act
from budget_model.board.meeting_packs import consultation_story
from budget_model.dates import day
from budget_model.exhibits.consultations import whole_table
from budget_model.partnership.consultations import (
    SMALLEST_GROUP,
    Consultation,
    Kind,
    Result,
    Stage,
    examples,
)
from budget_model.store import consultations as register
from budget_model.store import joint
from pages.board_pack import files
from pages.consultations import asked, writing
from pages.opportunities import links
from pages.shared import asking, chart, choice, components, kept, scope_picker, signing, told
from pages.shared.components import Tile, as_typed

ASKED = "consultation"
ABOUT = (
    "Questions put to members of the forum by a link of their own: no account, one answer each. Results are shown by "
    f"sector once it has closed; no group of fewer than {SMALLEST_GROUP} people is shown alone."
)


def show() -> None:
    """One consultation with its result, what is to be done for it, and the way to a new one."""
    components.headline("Consultations", standfirst=ABOUT)
    if message := st.session_state.pop(writing.HELD, ""):
        components.done(message)
    register.forget(asking.store())
    every = {each.id: each for each in register.consultations(kept.live())}
    may = asking.asker().may(Act.CONSULT)
    if every:
        with st.container(horizontal=True, key="controls_consultations"):
            identity = choice.one(
                "Consultation", tuple(every), ASKED, next(iter(every)), lambda key: every[key].name
            )
        _one(every[identity], may=may)
    else:
        components.empty(
            "No consultation has been held yet.",
            "Write one below." if may else "A director writes them; results stand here once one has closed.",
        )
    if may:
        writing.new(first=not every)
    _examples(may=may)


def _one(consultation: Consultation, *, may: bool) -> None:
    """One consultation: how far it is, what was answered, and for a director who is asked and what waits."""
    done = register.result_of(kept.live(), consultation.id)
    components.section(as_typed(consultation.name), consultation.about)
    _tiles(done)
    _decision(consultation)
    _results(done)
    if may:
        asked.people(done)
        asked.comments(consultation)
        writing.change(consultation)
    with st.expander("The questions as members see them", key="consultation_questions"):
        questions(consultation)


def _tiles(done: Result) -> None:
    one = done.consultation
    until = {Stage.NOT_YET: f"opens {day(one.opens)}", Stage.OPEN: f"until {day(one.closes)}"}
    components.tiles(
        [
            Tile("Stage", str(done.stage).capitalize(), until.get(done.stage, f"on {day(one.closes)}")),
            Tile(
                "Members asked",
                "Not held" if done.asked is None else str(done.asked),
                "who was asked has been deleted" if done.asked is None else "a link of their own each",
            ),
            Tile("Answers", str(done.answers), "one for each link that was used"),
            Tile("Comments to read", str(done.waiting), "nobody else sees them before"),
        ],
        "four",
    )


def _decision(consultation: Consultation) -> None:
    """The way to the decision that the result is kept with."""
    if not consultation.decision:
        return
    entry = next(
        (each for each in joint.decisions(kept.live()) if each.opportunity == consultation.decision), None
    )
    if entry:
        st.page_link(
            "pages/opportunities/page.py",
            label=as_typed(f"Kept with the decision: {entry.title} ({entry.state})"),
            icon=":material/arrow_forward:",
            query_params=links.query(entry.opportunity),
        )


def _results(done: Result) -> None:
    """Every question with its answers, the comments that may be shown, and the files."""
    if not done.is_shown:
        components.info(done.why_not)
        return
    scope = scope_picker.chosen()
    for question in done.questions:
        chart.show(
            scope,
            "consultation",
            f"{done.consultation.id}/{question.place}",
            key=f"consultation_{question.place}",
            level=3,
        )
    if done.comments:
        components.section(
            "Comments", "Read by a moderator, and shown with the group of whoever wrote them.", 3
        )
        components.history([(group, words) for group, _, words in done.comments])
    chart.files(whole_table(done), "consultation_all")
    if not done.questions:
        return
    if st.button("Put the slides together", icon=":material/co_present:", key="consultation_pack"):
        st.session_state["consultation_pack_of"] = done.consultation.id
    if st.session_state.get("consultation_pack_of") == done.consultation.id:
        by = signing.name("consultation_pack_by")
        story = consultation_story(done, scope)
        with components.loading("Putting the screens together"):
            pack = told.prepared_now(story, scope, told.address())
        files.draw(story, pack, by)


def questions(consultation: Consultation) -> None:
    """Every question with what may be answered."""
    components.steps(
        [
            f"{question.text} ({', '.join(map(question.called, question.answers)) or Kind.TEXT})"
            for question in consultation.questions
        ]
    )


def _examples(*, may: bool) -> None:
    """The consultations that come with the product, marked as examples."""
    for example in examples():
        with st.expander(as_typed(f"Example: {example.name}"), key=f"example_{example.id}"):
            components.badges("example")
            components.say(example.about)
            components.note(
                f"Nobody has been asked or has answered here: it is shown to begin from. Source: {example.source}."
            )
            questions(example)
            if may and st.button("Begin with it", key=f"begin_{example.id}"):
                writing.begin(example)
                st.rerun()


show()
