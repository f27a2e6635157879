"""What a page is made of, in a designer's words. Pages hand over words and frozen values, never markup."""

from pages.shared.components.grids import (
    Cell,
    Difference,
    Differences,
    Head,
    Link,
    SheetRow,
    before_and_after,
    certificate,
    figures_table,
    piece_of_sheet,
)
from pages.shared.components.listing import (
    Block,
    Card,
    CellLine,
    Check,
    Gap,
    Reading,
    Rung,
    Side,
    blocks,
    bullets,
    cards,
    checklist,
    draft_bar,
    draft_card,
    facts,
    history,
    ladder,
    lines_behind,
    numbered_findings,
    ranked,
    readings,
    sides,
    steps,
)
from pages.shared.components.message import as_typed, caution, done, empty, error, fault, info, loading
from pages.shared.components.render import brand, dress
from pages.shared.components.tile import Key, Range, Share, Tile, key, tiles
from pages.shared.components.words import (
    STAMPS,
    Badge,
    Run,
    Stamp,
    Text,
    aside,
    ask,
    badges,
    callout,
    constant,
    finding,
    foot,
    headline,
    note,
    question,
    say,
    section,
    small,
    standfirst,
    strong,
)

__all__ = [
    "STAMPS", "Badge", "Block", "Card", "Cell", "CellLine", "Check", "Difference", "Differences", "Gap", "Head", "Key",
    "Link", "Range", "Reading", "Run", "Rung", "Share", "SheetRow", "Side", "Stamp", "Text", "Tile", "as_typed", "aside",
    "ask", "badges", "before_and_after", "blocks", "brand", "bullets", "callout", "cards", "caution", "certificate", "checklist",
    "constant", "done", "draft_bar", "draft_card", "dress", "empty", "error", "facts", "fault", "figures_table",
    "finding", "foot", "headline", "history", "info", "key", "ladder", "lines_behind", "loading", "note",
    "numbered_findings", "piece_of_sheet", "question", "ranked", "readings", "say", "section", "sides", "small",
    "standfirst", "steps", "strong", "tiles",
]  # fmt: skip
