"""A whole place put into the store in one transaction: its lists, its submissions and its mappings."""

import json

from budget_model.access import Act
from budget_model.contribute.certificate import as_kept
from budget_model.contribute.load_place import ReadPlace
from budget_model.problem import Location, Problem, Refusal, Severity
from budget_model.store.contributions import keep_reading
from budget_model.store.mapped import map_everything
from budget_model.store.places import has_place, keep_place
from budget_model.store.settings import overwritten
from budget_model.store.store import Store, now
from budget_model.store.submissions import keep_in_place, write_audit
from budget_model.vocabulary import SubmissionStatus

MEMORY_COLUMNS = (
    "organisation",
    "code",
    "description",
    "headings",
    "services",
    "made_by",
    "made_at",
    "taken_back",
)


def keep_read_place(store: Store, read: ReadPlace, *, by: str, over_settings: bool = False) -> None:
    """Keep a place that was read, superseding what was in force of its organisations, and map it.

    Raises `Refusal` where it would put back what was changed on the screen, unless `over_settings`.
    """
    if not over_settings and has_place(store):
        _refuse_to_overwrite(store, read)
    with store.writing(Act.SET_UP) as writer:
        keep_place(writer, read.place)
        for sent in read.submissions:
            kept = keep_in_place(
                writer, sent.submission, sent.original, by=by, status=SubmissionStatus.APPROVED
            )
            keep_reading(writer, kept.submission, as_kept(sent.kept))
        writer.add(
            "mapping_memory",
            MEMORY_COLUMNS,
            [
                (
                    confirmed_mapping.organisation,
                    confirmed_mapping.line_code or None,
                    confirmed_mapping.description,
                    [],
                    json.dumps([[service, format(part, "f")] for service, part in confirmed_mapping.parts]),
                    by,
                    now(),
                    False,
                )
                for confirmed_mapping in read.confirmed
            ],
        )
        map_everything(writer)
        write_audit(writer, by, "place loaded", read.place.id, "", f"{len(read.submissions)} submissions")


def _refuse_to_overwrite(store: Store, read: ReadPlace) -> None:
    """Raise `Refusal` that names each row which was changed on the screen and is otherwise in the folder."""
    apart = overwritten(store, read.place)
    if apart:
        raise Refusal(
            f"{len(apart)} rows of {read.place.name}'s lists were changed on the screen, and the folder says something "
            "else. Nothing was loaded. Write them into the folder with `export-place`, or load over them with "
            "--over-settings.",
            tuple(
                Problem(
                    Location(edit.of.file),
                    f"{edit.called} is not as the screen has it.",
                    "",
                    Severity.REFUSED,
                )
                for edit in apart
            ),
        )
