"""A pack in any format, by one call: what the page, the command line and the tests all use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from budget_model.board.pack import Pack, Progress, make_pack
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store.store import Store
from budget_model.store.stories import Story, last_pack, note_pack, stories

FORMATS: Mapping[str, tuple[str, str]] = {
    "pptx": ("PowerPoint", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    "pdf": ("PDF", "application/pdf"),
    "xlsx": ("Excel workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "zip": ("Pictures (PNG)", "application/zip"),
}
"""Each format by its file ending: what it is called, and its media type."""
SHAPES = ("16:9", "4:3")


@dataclass(frozen=True, slots=True)
class Made:
    """A pack that was written: its file's name and bytes, and the pack itself."""

    name: str
    media_type: str
    data: bytes
    pack: Pack


def story_named(store: Store, name: str = "", shipped: tuple[Story, ...] = ()) -> Story:
    """The story of that name or id; the first one where none is named. Raises `Refusal` with the choice.

    `shipped` stories are taken where the store has none of its own yet.
    """
    every = stories(store) or shipped
    if not every:
        raise Refusal("There are no stories yet. Load the worked example with `seed`, or pin some charts.")
    if not name:
        return every[0]
    wanted = name.strip().casefold()
    found = next((story for story in every if wanted in (story.id, story.name.casefold())), None)
    if found is None:
        names = ", ".join(f"“{story.name}”" for story in every)
        raise Refusal(f"There is no story called “{name[:80]}”. There are: {names}.")
    return found


def prepare(
    store: Store,
    story: Story,
    scope: Scope,
    *,
    address: str = "",
    made_on: date | None = None,
    progress: Progress | None = None,
) -> Pack:
    """A story's pack as it stands, with what changed since the last one that was made for this scope."""
    before = last_pack(store, story.id, scope) if story.id else None
    return make_pack(store, story, scope, address=address, made_on=made_on, before=before, progress=progress)


def write(pack: Pack, ending: str, *, shape: str = "16:9", progress: Progress | None = None) -> Made:
    """A pack as one file; raises `Refusal` for a format or a shape that there is none of."""
    if shape not in SHAPES:
        raise Refusal(f"Slides are 16:9 or 4:3, not {shape[:20]}.")
    if ending == "pptx":
        from budget_model.board.slides import write_slides

        data = write_slides(pack, shape, progress)
    elif ending == "pdf":
        from budget_model.board.paper import write_pdf

        data = write_pdf(pack, progress)
    elif ending == "xlsx":
        from budget_model.board.workbook import write_workbook

        data = write_workbook(pack, progress)
    elif ending == "zip":
        from budget_model.board.paper import write_pictures

        data = write_pictures(pack, progress)
    else:
        raise Refusal(f"A pack is written as .pptx, .pdf, .xlsx or .zip, not as .{ending[:20]}.")
    return Made(file_name(pack, ending), FORMATS[ending][1], data, pack)


def keep_figures(store: Store, story: Story, scope: Scope, pack: Pack, *, by: str) -> None:
    """Remember what a pack said, so that the next one can say what changed. Once for each pack given out."""
    note_pack(store, story.id, scope, pack.figures, by=by)


def file_name(pack: Pack, ending: str) -> str:
    """What the file is called: words that any system takes.

    >>> from datetime import date
    >>> file_name(Pack("Derby", "Eight screens", "", "2016-17", date(2026, 5, 3), (), "", {}), "pptx")
    'derby-2016-17-eight-screens-2026-05-03.pptx'
    """
    import unicodedata

    said = unicodedata.normalize("NFKD", f"{pack.place} {pack.year} {pack.name}")
    plain = "".join(one if one.isalnum() and one.isascii() else " " for one in said.casefold())
    words = "-".join(plain.split())[:100] or "board-pack"
    return f"{words}-{pack.made_on.isoformat()}.{ending}"
