"""What one visit and one person may have lying in the server's memory of files that were dropped and not taken yet."""

from types import SimpleNamespace

import pytest
from starlette.exceptions import HTTPException
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from pages.shared import asking
from pages.shared.serving import uploads
from pages.shared.serving.uploads import FULL, WHO, Uploads

SIZE = 20


@pytest.fixture
def manager(monkeypatch: pytest.MonkeyPatch) -> MemoryUploadedFileManager:
    """A visit may hold three files of 20 bytes, a person six."""
    monkeypatch.setattr(uploads, "OF_A_VISIT", 3 * SIZE)
    monkeypatch.setattr(uploads, "OF_A_PERSON", 6 * SIZE)
    monkeypatch.setattr(MemoryUploadedFileManager, "add_file", MemoryUploadedFileManager.add_file)
    uploads.watch(Uploads())
    return MemoryUploadedFileManager("/upload")


def drop(manager: MemoryUploadedFileManager, visit: str, file: str) -> bool:
    """Whether a dropped file was taken."""
    try:
        manager.add_file(visit, UploadedFileRec(file, f"{file}.csv", "text/csv", b"x" * SIZE))
    except HTTPException as refused:
        return (refused.status_code, refused.detail) != (413, FULL)
    return True


def test_a_fourth_large_file_of_one_visit_is_refused_until_one_is_loaded_and_no_file_is_lost(
    manager: MemoryUploadedFileManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [drop(manager, "anns", f"{n}") for n in range(4)] == [True, True, True, False]
    assert [file.file_id for file in manager.get_files("anns", ["0", "1", "2", "3"])] == ["0", "1", "2"]
    assert drop(manager, "bobs", "0")
    monkeypatch.setattr(asking, "visit", lambda: "anns")
    monkeypatch.setattr(runtime, "exists", lambda: True)
    monkeypatch.setattr(runtime, "get_instance", lambda: SimpleNamespace(uploaded_file_mgr=manager))
    uploads.let_go(SimpleNamespace(file_id="1"))
    assert drop(manager, "anns", "3")


def test_a_person_who_opens_many_visits_holds_no_more_than_a_person_may(
    manager: MemoryUploadedFileManager,
) -> None:
    WHO.set("ann@council.example")
    taken = [drop(manager, f"visit {n // 3}", f"{n}") for n in range(9)]
    assert taken == [True] * 6 + [False] * 3
    WHO.set("bob@fire.example")
    assert drop(manager, "bobs", "0")
    WHO.set("ann@council.example")
    manager.remove_session_files("visit 0")
    assert drop(manager, "visit 2", "9")
    WHO.set("")
