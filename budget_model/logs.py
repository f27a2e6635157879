"""One line of JSON for each thing that happens, with no name, address, query or figure of anybody in it."""

import json
import logging
import sys
from datetime import UTC, datetime


class AsJson(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Write down when, how grave, where from and what; a fault with all that led to it."""
        said = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "what": record.getMessage(),
            **getattr(record, "told", {}),
        }
        if record.exc_info:
            said["fault"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)


def begin() -> None:
    """Write every log of this program as JSON, to the standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(AsJson())
    ours = logging.getLogger("budget_model")
    ours.handlers = [handler]
    ours.setLevel(logging.INFO)
    ours.propagate = False
