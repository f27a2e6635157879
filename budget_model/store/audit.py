"""The audit as an auditor reads it: every entry, searched, and whether the chain holds."""

from budget_model.access import Act
from budget_model.dates import moment_in_table
from budget_model.store import chain
from budget_model.store.chain import Entry
from budget_model.store.store import Store


def entries(store: Store, text: str = "") -> tuple[Entry, ...]:
    """Every entry that holds the words, whatever the case, the latest first.

    Raises `Refusal` for whoever may not read the audit.
    """
    store.asker.must(Act.READ_AUDIT)
    wanted = text.strip().casefold()
    found = (entry for entry in chain.entries(store.select) if wanted in _words(entry))
    return tuple(sorted(found, key=lambda entry: entry.number, reverse=True))


def troubles(store: Store) -> tuple[str, ...]:
    """A sentence for each entry that was altered, added or taken away; none where the chain holds."""
    store.asker.must(Act.READ_AUDIT)
    return (*chain.broken(store.select), *chain.lost(store.select, store.path))


def _words(entry: Entry) -> str:
    said = (entry.made_by, entry.asked_by, entry.source, entry.what, entry.subject, entry.before, entry.after)
    return " ".join((*said, moment_in_table(entry.made_at), entry.chain)).casefold()
