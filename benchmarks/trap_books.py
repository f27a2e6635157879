"""How the reader fares with generated books that hold a trap each: silent errors, needless questions, wrong guesses.

    python benchmarks/trap_books.py [--books 2000] [--show KIND]

Prints the three figures with their limits, and each kind of book that is not always right.
"""

import argparse
import importlib
import sys
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SILENT_AT_MOST, PLAIN_ASKING_AT_MOST, WRONG_GUESS_AT_MOST = 0, 0.03, 0.10


def main() -> int:
    """Judge every book and print what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--books", type=int, default=2000)
    parser.add_argument("--show", default="", help="list the books of a kind that are not right")
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    made: Any = importlib.import_module("tests.intake.trap_books")
    count: Counter[str] = Counter()
    by_kind: dict[str, Counter[str]] = {}
    for seed in range(options.books):
        book = made.trap_book(seed)
        judged = made.judged(book)
        own = by_kind.setdefault(book.kind, Counter())
        for counter in (count, own):
            counter["books"] += 1
            counter["silent"] += judged.silent
            counter["wrong"] += not judged.right
            counter["asking"] += judged.asks
        count["plain"] += book.plain
        count["plain asking"] += book.plain and judged.asks
        count["others wrong"] += not book.plain and not judged.right
        if (
            options.show
            and options.show in book.kind
            and not (judged.right and (book.plain <= (not judged.asks)))
        ):
            print(
                f"  seed {seed}: {book.kind}, loads {judged.net}, right {' or '.join(map(str, book.right))}, silent {judged.silent}, asks {judged.asks}"
            )
    for kind, own in sorted(by_kind.items()):
        if own["wrong"] or own["silent"] or (kind.startswith("plain") and own["asking"]):
            print(
                f"  {kind}: {own['books']} books, {own['wrong']} wrong, {own['silent']} silently, {own['asking']} asking"
            )
    return _told(count)


def _told(count: Counter[str]) -> int:
    others = count["books"] - count["plain"]
    asking, guess = count["plain asking"] / max(1, count["plain"]), count["others wrong"] / max(1, others)
    print(f"silent errors: {count['silent']} of {count['books']} books (at most {SILENT_AT_MOST})")
    print(
        f"plain books that ask anything: {asking:.1%} of {count['plain']} (at most {PLAIN_ASKING_AT_MOST:.0%})"
    )
    print(f"others with a wrong best guess: {guess:.1%} of {others} (at most {WRONG_GUESS_AT_MOST:.0%})")
    kept = (
        count["silent"] <= SILENT_AT_MOST and asking <= PLAIN_ASKING_AT_MOST and guess <= WRONG_GUESS_AT_MOST
    )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
