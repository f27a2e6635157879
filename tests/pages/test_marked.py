"""The matrix of what is read: whatever is not for everybody bears a mark, and no page, deep link or download of a role
that it is not for holds the mark.

Pages are opened cold, in the name of each role; every word, table and chart that goes to the browser is looked through,
and every file that a button on the page would make. Each run takes every so many of the matrix, `make whole` all of it.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.testing.v1 import AppTest

from budget_model import dates
from budget_model.access import GIVEN, Role
from budget_model.contribute.about import About
from budget_model.partnership.comments import About as Thing
from budget_model.partnership.comments import Subject
from budget_model.partnership.consultations import Consultation, Kind, Member, Question, Sector
from budget_model.partnership.performance import Risk
from budget_model.partnership.state_of_the_city import Words
from budget_model.store import comments, consultations, joint, performance, self_reviews, state_editions
from budget_model.store.contributions import begin
from budget_model.store.people import give
from budget_model.store.store import Store
from budget_model.store.submissions import change_status
from budget_model.together.decisions import Snapshot
from budget_model.vocabulary import Sensitivity, Side, SubmissionStatus
from pages.shared.navigation import SECTIONS
from tests.pages import joined, riverton
from tests.pages.conftest import of
from tests.sampled import sampled
from tests.towns import receive

EVERYBODY, MEMBERS = frozenset(GIVEN), frozenset(GIVEN) - {Role.VISITOR}
OWN: Final = frozenset({Role.OFFICER, Role.APPROVER})
"""In these tests they are so for the council."""
OVERSEE: Final = frozenset({Role.DIRECTOR, Role.AUDITOR})
TOTALS_LINE: Final = "13"
MARKS: Final = {
    "zqpublic": EVERYBODY,
    "zqpartners": MEMBERS,
    "zqtotals": OWN | {Role.AUDITOR},
    "zqdraft": OWN | OVERSEE,
    "zqelsewhere": OVERSEE,
    "zqwithdrawn": OVERSEE,
    "zqcomment": MEMBERS,
    "zqonline": OWN | {Role.AUDITOR},
    "zqmember": frozenset({Role.DIRECTOR}),
    "zqanswer": frozenset({Role.DIRECTOR}),
    "zqreview": OWN | OVERSEE,
    "zqjoint": MEMBERS,
    "zqdecided": MEMBERS,
    "zqrisk": MEMBERS,
    "zqeditor": frozenset({Role.BOARD_MEMBER, Role.THEME_LEAD, Role.DIRECTOR}),
    "zqaccount": frozenset({Role.DIRECTOR, Role.AUDITOR, Role.ADMINISTRATOR}),
}
"""What bears each mark below, and the roles that may read it."""


@pytest.fixture(scope="module")
def riverton_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city in which everything that is not for everybody bears a mark."""
    path = joined.build(tmp_path_factory.mktemp("marked") / "store.duckdb", bodies=("health", "police"))
    name = next(organisation[1] for organisation in riverton.ORGANISATIONS if organisation[0] == "council")
    with Store(path) as store:
        _send(store, name)
        begin(store, About("council", riverton.YEAR), "zqdraft.csv", b"a,b", by="Ann")
        begin(store, About("health", riverton.YEAR), "zqelsewhere.csv", b"a,b", by="Bob")
        line = store.select("select id from line where description = 'zqtotals care'")[0][0]
        officer = store.asked_by(of(Role.OFFICER))
        comments.comment(
            officer, Subject(Thing.LINE, str(line), "A line", bodies=("council",)), "zqonline", by="Ann"
        )
        comments.comment(
            store, Subject(Thing.TARGET, "at-home", "At home", bodies=("council",)), "zqcomment", by="Ann"
        )
        _ask(store)
        for body, reason in (("council", "zqreview"), ("", "zqjoint")):
            self_reviews.answer(store, riverton.YEAR, body, {"leadership": (3, reason)}, by="Ann")
        snapshot = Snapshot(Decimal(5), ())
        joint.enter(store, "care", "zqdecided", ["council", "health"], ["older-people"], snapshot, by="Dee")
        joint.decide(store, "care", by="Dee", comment="zqdecided")
        performance.enter(store, [("at-home", Risk("zqrisk", 5, 5))], by="Ann")
        state_editions.keep_draft(store, Words(introduction="zqeditor"), by="Dee")
        give(store, "zqaccount@x.example", Role.VISITOR, name="zqaccount", by="root")
    return path


def _send(store: Store, name: str) -> None:
    """The council's lines, of which some are kept back, and a body's submission that was withdrawn."""
    care = ("older-people", 10_000, Side.EXPENDITURE, "Adults")
    kinds = {
        "zqpublic care": Sensitivity.PUBLIC,
        "zqpartners care": Sensitivity.PARTNERS,
        "zqtotals care": Sensitivity.TOTALS_ONLY,
    }
    lines = (*joined.LINES["council"], *((words, *care) for words in kinds))
    whole, data = riverton.submission("council", name, lines, 2, "council-direct")
    kept = tuple(
        replace(line, sensitivity=kinds.get(line.description, Sensitivity.PUBLIC)) for line in whole.lines
    )
    receive(store, replace(whole, lines=kept), data, by="Ann")
    gone, data = riverton.submission(
        "police", "Police", (("zqwithdrawn care", *care),), 4, "police-residents"
    )
    number = receive(store, replace(gone, part="capital", file="zqwithdrawn.xlsx"), data, by="Cal")
    change_status(store, number, SubmissionStatus.WITHDRAWN, by="Cal")


def _ask(store: Store) -> None:
    on = dates.today()
    asked = consultations.keep(
        store,
        Consultation("", "Pooling", "", (Question("Why?", Kind.TEXT),), on - timedelta(days=3), on),
        by="Dee",
    )
    member = Member("zqmember", "zqmember@x.example", Sector.PUBLIC)
    (secret,) = consultations.make_links(store, asked.id, [member], by="Dee").values()
    consultations.answer(store, secret, {0: "zqanswer"})
    consultations.keep(store, replace(asked, closes=on - timedelta(days=1)), by="Dee")


LINKS: Final[tuple[tuple[str, dict[str, str]], ...]] = (
    ("search", {"q": "zq"}),
    ("lines", {"search": "zq"}),
    ("lines", {"of": "service:older-people"}),
    ("lines", {"line": TOTALS_LINE}),
    ("submissions", {"show": "versions"}),
    ("submissions", {"show": "take"}),
    ("submissions", {"show": "quality"}),
    ("upload", {"draft": "1"}),
    ("upload", {"draft": "2"}),
    ("organisations", {"body": "council"}),
    ("self_review", {"body": "council"}),
)
"""Deep links to what bears a mark."""
PAGES: Final = {entry.path: entry.address for entries in SECTIONS.values() for entry in entries}
MATRIX: Final = [
    (role, page, query)
    for page, query in (*((page, {}) for page in PAGES), *LINKS)
    for role in GIVEN
    if of(role).may_open(PAGES[page])
]


@pytest.mark.slow
@pytest.mark.parametrize(("role", "page", "query"), sampled(MATRIX, every=23))
def test_nobody_is_shown_or_given_what_is_not_for_their_role(
    visit_as: Callable[..., AppTest],
    files: list[Callable[[], Any]],
    role: Role,
    page: str,
    query: dict[str, str],
) -> None:
    wrong = {mark for mark in marks_of(visit_as(role, page, **query), files) if role not in MARKS[mark]}
    assert wrong == set()


SEEN: Final = {
    "zqpublic": (Role.VISITOR, "lines", {}),
    "zqpartners": (Role.BOARD_MEMBER, "lines", {}),
    "zqtotals": (Role.OFFICER, "lines", {}),
    "zqdraft": (Role.APPROVER, "submissions", {"show": "versions"}),
    "zqelsewhere": (Role.AUDITOR, "submissions", {"show": "versions"}),
    "zqwithdrawn": (Role.AUDITOR, "submissions", {"show": "versions"}),
    "zqcomment": (Role.OFFICER, "my_body", {}),
    "zqonline": (Role.OFFICER, "my_body", {}),
    "zqmember": (Role.DIRECTOR, "consultations", {}),
    "zqanswer": (Role.DIRECTOR, "consultations", {}),
    "zqreview": (Role.OFFICER, "self_review", {"body": "council"}),
    "zqjoint": (Role.THEME_LEAD, "self_review", {}),
    "zqdecided": (Role.OFFICER, "opportunities", {"show": "register"}),
    "zqrisk": (Role.BOARD_MEMBER, "performance", {}),
    "zqeditor": (Role.DIRECTOR, "state_of_the_city", {}),
    "zqaccount": (Role.ADMINISTRATOR, "people", {}),
}
"""Where each mark is read by a role that it is for: a mark that nobody sees anywhere would prove nothing."""


@pytest.mark.slow
@pytest.mark.parametrize("mark", sampled(MARKS, every=5))
def test_what_is_for_a_role_is_there_for_it(
    visit_as: Callable[..., AppTest], files: list[Callable[[], Any]], mark: str
) -> None:
    role, page, query = SEEN[mark]
    assert mark in marks_of(visit_as(role, page, **query), files)


def marks_of(app: AppTest, files: list[Callable[[], Any]]) -> set[str]:
    """Every mark that a page shows, or that is in a file that it offers."""
    words = b"".join((*sent(app._tree), *(plain(make()) for make in files)))
    return {mark for mark in MARKS if mark.encode() in words}


def sent(node: Any) -> Iterator[bytes]:
    """Everything of a page that goes to the browser."""
    proto = getattr(node, "proto", None)
    if proto is not None:
        yield proto.SerializeToString()
    for child in getattr(node, "children", {}).values():
        yield from sent(child)


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], Any]]:
    """What makes each file that a page offers, ready-made files included."""
    made: list[Callable[[], Any]] = []
    add, defer = MediaFileManager.add, MediaFileManager.add_deferred

    def added(manager: Any, data: Any, *args: Any, **named: Any) -> str:
        made.append(lambda: data)
        return add(manager, data, *args, **named)

    def deferred(manager: Any, make: Any, *args: Any, **named: Any) -> str:
        made.append(make)
        return defer(manager, make, *args, **named)

    monkeypatch.setattr(MediaFileManager, "add", added)
    monkeypatch.setattr(MediaFileManager, "add_deferred", deferred)
    return made


def plain(data: bytes | str) -> bytes:
    """A file as it can be searched: a packed one unpacked."""
    if isinstance(data, str):
        return data.encode()
    if data[:2] != b"PK":
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return b"".join(plain(packed.read(name)) for name in packed.namelist())
