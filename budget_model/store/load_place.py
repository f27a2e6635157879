"""A whole place put into the store in one transaction: its lists, its submissions and its mappings."""

import json

from budget_model.access import Act
from budget_model.contribute.certificate import as_kept
from budget_model.contribute.load_place import ReadPlace
from budget_model.store.contributions import keep_reading
from budget_model.store.mapped import map_everything
from budget_model.store.places import keep_place
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


def keep_read_place(store: Store, read: ReadPlace, *, by: str) -> None:
    """Keep a place that was read, superseding what was in force of its organisations, and map it."""
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
                    one.organisation,
                    one.line_code or None,
                    one.description,
                    [],
                    json.dumps([[service, format(part, "f")] for service, part in one.parts]),
                    by,
                    now(),
                    False,
                )
                for one in read.confirmed
            ],
        )
        map_everything(writer)
        write_audit(writer, by, "place loaded", read.place.id, "", f"{len(read.submissions)} submissions")
