"""Of generated books with a trap in each none is silently wrong, few plain ones ask, most best guesses are right."""

import pytest

from tests.intake.trap_books import judged, trap_book
from tests.sampled import sampled

FAST, SLOW = range(30), 2000


@pytest.mark.parametrize("seed", FAST)
def test_a_book_with_a_trap_is_never_silently_wrong(seed: int) -> None:
    book = trap_book(seed)
    assert not judged(book).silent, book.kind


@pytest.mark.slow
def test_of_many_books_none_is_silently_wrong_and_few_ask_or_guess_in_vain() -> None:
    books = [(book, judged(book)) for book in map(trap_book, sampled(range(SLOW), every=7))]
    plain = [found for book, found in books if book.plain]
    others = [found for book, found in books if not book.plain]
    assert [book.kind for book, found in books if found.silent] == []
    assert sum(found.asks for found in plain) <= 0.03 * len(plain)
    assert sum(not other.right for other in others) <= 0.10 * len(others)
