"""`publish`: freeze the map as it stands as a version that never changes."""

import argparse
import json

from budget_model.store.store import Store
from budget_model.store.versions import as_document, publish


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument("name", help="what the version is called, such as 'For the Board of May'")
    parser.add_argument("--note", default="", help="what it is published for")
    parser.add_argument("--by", default="", help="who publishes it; else the user of this machine")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Publish, and print what was published."""
    with Store.existing() as store:
        made = publish(store, options.name, options.note, by=store.asker.signs(options.by))
    if options.json:
        print(json.dumps(as_document(made), ensure_ascii=False))
        return 0
    print(f"Published {made.title} on {made.published}. It never changes.")
    return 0
