"""The matrix: every page and every act against every role, made from the code, so that nothing new goes without a rule."""

import ast
import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import MagicMock

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes

from budget_model.__main__ import COMMANDS, main
from budget_model.access import COMMANDS as RUN_BY
from budget_model.access import GIVEN, MAY, NOBODY, OF_BODIES, PAGES, Act, Asker, Grant, Role, local
from budget_model.contribute.about import About
from budget_model.contribute.grant_rows import FileKind, GrantFile
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.sign_in import SESSIONS, Way
from budget_model.store import audit, chain, voluntary
from budget_model.store.contributions import begin, draft_of, drafts, file_of
from budget_model.store.people import make_service
from budget_model.store.quality import sent
from budget_model.store.spending import lines, lines_saying, submissions, total
from budget_model.store.store import Store
from budget_model.store.submissions import change_status, is_open, original_of
from budget_model.store.versions import publish, published
from budget_model.vocabulary import KEPT_BACK, Sensitivity, SubmissionStatus
from pages.shared.asking import COOKIE, PROVIDERS_COOKIE
from pages.shared.navigation import SECTIONS
from pages.shared.serving import settings
from pages.shared.serving.media import Media
from pages.shared.serving.watch import Watch
from tests.towns import YEAR, line, receive, submission

MODEL = Path(__file__).parents[1] / "budget_model"
BY_THE_MACHINE = {
    ("checks", "_map_remade"),
    ("backup", "_note_brought_back"),
    ("backup", "_from_tables"),
    ("backup", "_into_lake"),
    ("versions", "_frozen"),
    ("store", "_run_steps"),
    ("store", "_add_columns_of_the_place"),
    ("store", "_seal_what_is_there"),
}
"""Changes that the machine's own user makes, by module and function: they name no act."""
WORDS = {
    "import": (__file__, "--organisation", "council", "--year", YEAR),
    "suggest": ("care",),
    "publish": ("May",),
    "board-pack": ("--out", "pack.pptx"),
    "desk": ("healthy",),
    "people": ("list",),
    "settings": ("lists",),
    "export-place": ("out",),
    "backup": ("out",),
    "restore": ("out",),
    "places": ("out",),
    "seed": ("--again",),
    "new-place": ("Derby",),
    "reorganise": (),
}
"""What a command needs to be told, where it needs something."""
READS_UNPUBLISHED = frozenset({Role.DIRECTOR, Role.AUDITOR})


def asker(role: Role, body: str = "council", account: str = "") -> Asker:
    return Asker(str(role), account or f"{role}@x.example", (Grant(role, body if role in OF_BODIES else ""),))


@pytest.fixture(scope="module")
def made(town_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A council whose three lines are for everybody, for partners and in totals alone, and an unapproved NHS file."""
    path = Path(shutil.copy(town_made, tmp_path_factory.mktemp("access") / "budget.duckdb"))
    with Store(path) as store:
        kept = [
            line("Open care", 100, "care"),
            line("Partners care", 20, "care", sensitivity=Sensitivity.PARTNERS),
            line("Secret care", 3, "care", sensitivity=Sensitivity.TOTALS_ONLY),
        ]
        sha256 = hashlib.sha256(b"council's book").hexdigest()
        receive(store, submission("council", kept, sha256=sha256), b"council's book", by="Ann")
        begin(store, About("nhs", YEAR), "nhs.csv", b"a draft", by="Bob")
    return path


@pytest.fixture(scope="module")
def unwritten(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The same store for all tests that write nothing into it."""
    with Store(Path(shutil.copy(made, tmp_path_factory.mktemp("asked") / "budget.duckdb"))) as opened:
        yield opened


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Iterator[Store]:
    with Store(Path(shutil.copy(made, tmp_path / "budget.duckdb"))) as opened:
        yield opened


def test_every_page_of_the_navigation_says_who_may_open_it_and_no_rule_is_for_a_page_that_is_gone() -> None:
    assert set(PAGES) == {entry.address for entries in SECTIONS.values() for entry in entries}


def test_every_command_says_which_services_may_run_it_and_no_rule_is_for_a_command_that_is_gone() -> None:
    assert set(RUN_BY) == set(COMMANDS)
    for role in GIVEN:
        for command, roles in RUN_BY.items():
            assert asker(role).may_run(command) == (role in roles)
    assert all(local("root").may_run(command) for command in COMMANDS)
    assert not NOBODY.may_run("total")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_service_runs_the_commands_of_its_role_and_no_other(
    made: Path,
    command: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """As the least of those who may not: what is refused is refused before anything is done."""
    refused = next((role for role in GIVEN if role not in RUN_BY[command]), None)
    if (
        command in ("read", "suggest") or refused is None
    ):  # these answer without the store: with nothing of it
        return
    path = Path(shutil.copy(made, tmp_path / "budget.duckdb"))
    with Store(path) as store:
        account, token = make_service(
            store, "robot", refused, "council" if refused in OF_BODIES else "", by="root"
        )
        before = chain.head_of(store.select)
        for name, value in (("STORE", str(path)), ("ACCOUNT", account), ("TOKEN", token)):
            monkeypatch.setenv(f"BUDGET_MODEL_{name}", value)
        assert main([command, *WORDS.get(command, ())]) == 1
        assert "may not run" in capsys.readouterr().err or not RUN_BY[command]
        assert chain.head_of(store.select) == before


def test_every_act_has_a_rule_that_names_given_roles_alone() -> None:
    assert set(MAY) == set(Act)
    assert all(roles <= set(GIVEN) for roles in (*MAY.values(), *PAGES.values()))


def _changes() -> Iterator[tuple[str, str, bool]]:
    """Each place of the model that writes: its module, its function, and whether it names an act."""
    for path in MODEL.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if "writing" not in source:
            continue
        for function in ast.walk(ast.parse(source)):
            if isinstance(function, ast.FunctionDef):
                for call in ast.walk(function):
                    if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "writing":
                        yield path.stem, function.name, bool(call.args)


def test_every_change_of_the_model_names_its_act_but_those_of_the_machine_itself() -> None:
    unnamed = {(module, function) for module, function, names_act in _changes() if not names_act}
    assert unnamed == BY_THE_MACHINE


@pytest.mark.parametrize("role", GIVEN)
@pytest.mark.parametrize("act", Act)
def test_an_act_is_done_by_those_who_may_and_by_nobody_else(unwritten: Store, act: Act, role: Role) -> None:
    for body in ("council", "nhs"):
        allowed = role in MAY[act] and (role not in OF_BODIES or body == "council")
        assert asker(role).may(act, body) == allowed
        if allowed:
            with unwritten.asked_by(asker(role)).writing(act, body):
                pass
        else:
            with pytest.raises(Refusal, match="may not"), unwritten.asked_by(asker(role)).writing(act, body):
                pass


@pytest.mark.parametrize("role", GIVEN)
def test_what_names_no_act_is_done_by_the_machine_itself_alone(unwritten: Store, role: Role) -> None:
    with pytest.raises(Refusal), unwritten.asked_by(asker(role)).writing():
        pass
    assert not NOBODY.may(Act.LOOK)
    assert not any(NOBODY.may_open(page) for page in (*PAGES, "", "a page of tomorrow"))
    assert not asker(role).may_open("a page of tomorrow")


@pytest.mark.parametrize("role", GIVEN)
def test_drafts_files_and_unapproved_submissions_are_for_their_body_the_director_and_the_auditor(
    store: Store, role: Role
) -> None:
    receive(store, submission("nhs", [line("Care", 5, "care")]), b"nhs", by="Bob")
    change_status(store, 2, SubmissionStatus.WITHDRAWN, by="Bob")
    for body, own in (("nhs", True), ("council", False)):
        reader = store.asked_by(asker(role, body))
        sees = role in READS_UNPUBLISHED or (own and role in OF_BODIES)
        assert [draft.number for draft in drafts(reader)] == ([1] if sees else [])
        assert ("withdrawn" in {one.status for one in submissions(reader)}) == sees
        assert ({"withdrawn", "draft"} <= {one.status for one in sent(reader)}) == sees
        for read in (lambda: draft_of(reader, 1), lambda: file_of(reader, 1), lambda: original_of(reader, 2)):  # noqa: B023
            if sees:
                read()
            else:
                with pytest.raises(Refusal):
                    read()


@pytest.mark.parametrize("role", [*GIVEN, Role.LOCAL])
def test_a_line_is_seen_by_whom_its_body_lets_and_is_in_every_total_all_the_same(
    store: Store, role: Role
) -> None:
    scope = Scope(year=YEAR)
    own = store.asked_by(asker(role))
    other = store.asked_by(asker(role, "nhs"))
    for reader, is_own in ((own, role in OF_BODIES), (other, False)):
        seen = {line_on_map.description for line_on_map in lines(reader, scope).lines}
        wanted = {"Open care"}
        wanted |= {"Partners care"} if role is not Role.VISITOR else set()
        wanted |= {"Secret care"} if is_own or role is Role.AUDITOR else set()
        assert seen - {KEPT_BACK} == wanted
        assert lines(reader, scope).city_amount == 123
        assert total(reader, scope).total == 123
        lines_found = lines(reader, scope, text="secret")
        assert lines_found.how_many == ("Secret care" in wanted)
        assert is_open(reader, 1) == (len(wanted) == 3)
        hidden = [line_on_map for line_on_map in lines(reader, scope).lines if line_on_map.kept_back]
        assert all(
            (line_on_map.file, line_on_map.sheet, line_on_map.row, line_on_map.code)
            == (KEPT_BACK, "", 0, None)
            for line_on_map in hidden
        )


def test_a_visitor_learns_no_name_of_whoever_stands_behind_a_figure_a_file_or_a_published_map(
    store: Store,
) -> None:
    publish(store, "May", by="Ann")
    voluntary.keep_file(store, GrantFile("g.json", "0" * 64, FileKind.GRANTS, ()), by="Ann")

    def named(role: Role) -> set[str]:
        reader = store.asked_by(asker(role))
        (version,) = published(reader)
        (file,) = voluntary.files(reader)
        mapped = {
            line_on_map.mapped_by
            for line_on_map in lines(reader, Scope(year=YEAR)).lines
            if not line_on_map.kept_back
        }
        sent_by = {one.made_by for one in submissions(reader)}
        return {*mapped, *sent_by, version.made_by, file.made_by, *version.published_by.split(" by ")[1:]}

    assert named(Role.VISITOR) == {""}
    assert named(Role.BOARD_MEMBER) == {"Ann"}
    assert named(Role.VISITOR) == {""}  # also where a member asked before


@pytest.mark.parametrize("role", [*GIVEN, Role.LOCAL])
def test_a_file_with_lines_that_are_kept_back_is_for_its_body_and_the_auditor_as_sent_and_as_a_draft(
    store: Store, role: Role
) -> None:
    draft = begin(store, About("council", YEAR), "council.csv", b"council's book", by="Ann").draft
    reader = store.asked_by(asker(role))
    if role in OF_BODIES | {Role.AUDITOR, Role.LOCAL}:
        assert original_of(reader, 1)[1] == file_of(reader, draft)[1] == b"council's book"
        return
    with pytest.raises(Refusal):
        original_of(reader, 1)
    with pytest.raises(Refusal):
        file_of(reader, draft)


def test_nobody_approves_what_they_sent_but_the_machine_itself(store: Store) -> None:
    both = Asker("Ann", "ann@x.example", (Grant(Role.OFFICER, "nhs"), Grant(Role.APPROVER, "nhs")))
    other = Asker("Bea", "bea@x.example", (Grant(Role.APPROVER, "nhs"),))
    from budget_model.store.mapped import map_year
    from budget_model.store.submissions import keep_in_place

    with store.asked_by(both).writing(Act.CONTRIBUTE, "nhs") as writer:
        made = submission("nhs", [line("Care", 5, "care")])
        number = keep_in_place(writer, made, b"nhs", by="Ann", status=SubmissionStatus.SUBMITTED).submission
        map_year(writer, YEAR)
    with pytest.raises(Refusal, match="another person has to approve"):
        change_status(store.asked_by(both), number, SubmissionStatus.APPROVED, by="Ann")
    with pytest.raises(Refusal, match="approver here, and may not"):
        change_status(store.asked_by(asker(Role.APPROVER)), number, SubmissionStatus.APPROVED, by="Cal")
    change_status(store.asked_by(other), number, SubmissionStatus.APPROVED, by="Bea")
    assert local("root").may(Act.APPROVE, "nhs")


@pytest.mark.parametrize("role", GIVEN)
def test_the_audit_is_read_by_those_who_may_and_found_by_its_words(store: Store, role: Role) -> None:
    reader = store.asked_by(asker(role))
    if role in MAY[Act.READ_AUDIT]:
        assert [entry.what for entry in audit.entries(reader, " ANN ")] == ["submission approved"]
        assert audit.troubles(reader) == ()
    else:
        with pytest.raises(Refusal, match="may not read the audit"):
            audit.entries(reader)


def test_a_search_finds_only_the_lines_that_whoever_searches_may_see(store: Store) -> None:
    def seen(role: Role, body: str = "council") -> list[str]:
        asked = store.asked_by(asker(role, body))
        return [line_on_map.description for line_on_map in lines_saying(asked, Scope(year=YEAR), ("care",))]

    assert seen(Role.VISITOR) == ["Open care"]
    assert seen(Role.BOARD_MEMBER) == ["Open care", "Partners care"]
    assert seen(Role.OFFICER) == ["Open care", "Partners care", "Secret care"]
    assert seen(Role.OFFICER, "nhs") == ["Open care", "Partners care"]
    assert lines_saying(store, Scope(year=YEAR), ()) == ()


FILE = "/media/0a1b.csv"


@pytest.mark.parametrize("way", [Way.ACCOUNTS, Way.OIDC])
@pytest.mark.parametrize("maker", GIVEN)
def test_the_address_of_a_file_opens_it_in_the_session_that_was_shown_it_and_in_no_other(
    maker: Role, way: Way
) -> None:
    """Every role's file × every role, another session of the same person, one that has ended, and nobody."""
    media, cookie = Media(), COOKIE if way is Way.ACCOUNTS else PROVIDERS_COOKIE
    client = TestClient(Watch(PlainTextResponse("a body's own figures"), way=way, media=media))
    sessions: dict[Role, str] = {role: SESSIONS.begin(f"{role}@x.example") for role in GIVEN}
    again, over = (SESSIONS.begin(f"{maker}@x.example") for _ in range(2))
    for session in (sessions[maker], over):
        media.note("0a1b", session)
    SESSIONS.end(over)

    def opened(session: str) -> int:
        """How the door answers whoever asks for the file in a session."""
        return client.get(FILE, headers={"cookie": f"{cookie}={session}"}).status_code

    assert {role: opened(session) for role, session in sessions.items()} == {
        role: 200 if role is maker else 404 for role in GIVEN
    }
    assert opened(again) == 404
    assert [opened(over), client.get(FILE).status_code] == [401, 401]
    media.note("button", sessions[maker])
    media.pass_on("button", "made")
    assert media.is_for("/media/made.xlsx", sessions[maker])
    assert not media.is_for("/media/made.xlsx", again)


ROUTES = {
    "/_stcore/health": 200,
    "/healthz": 200,
    "/readyz": 200,
    "/metrics": 404,
    "/_stcore/metrics": 404,  # by a token alone
    "/sign-in": 200,
    "/invitation": 200,
    "/answer": 200,
    "/answer.js": 200,
    "/app/static/{path:path}": 200,
    "/sign-out": 303,
    "": 303,
    "/auth/login": 303,
    "/auth/logout": 303,
    "/oauth2callback": 303,
    "/media/{file_id:path}": 401,
    "/_stcore/upload_file/{session_id}/{file_id}": 401,
    "/component/{path:path}": 401,
    "/_stcore/bidi-components/{path:path}": 401,
    "/_stcore/host-config": 401,
    "/_stcore/stream": 401,
    "/_stcore/agent/interact": 404,
    "/_stcore/agent/openapi.json": 404,
    "/_stcore/agent/mcp": 404,
}
"""Every address that the server answers, and how the door answers somebody without a session: 200 lets them through."""


def test_every_address_of_the_server_has_a_rule_for_somebody_without_a_session(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BUDGET_MODEL_SIGN_IN", "accounts")
    every = [*settings.every_route(), *create_streamlit_routes(MagicMock())]
    paths = {str(getattr(route, "path", "")) for route in every}
    door = Watch(PlainTextResponse("let through"), way=Way.ACCOUNTS)
    client = TestClient(door, follow_redirects=False)
    assert {path: client.get(path or "/").status_code for path in paths} == ROUTES
