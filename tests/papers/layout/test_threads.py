"""Papers drawn at once: the worker prints a receipt while a set of reports is made beside it."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from cchc_desk.papers.forms.apology import apology_drawing
from cchc_desk.papers.forms.receipt import receipt_drawing
from tests.papers.forms.test_read_back import a_receipt, an_apology


@pytest.fixture(autouse=True)
def _short_turns() -> Iterator[None]:
    """As in the window (ui/shell/jobs.py), and shorter: the threads change in the midst of all."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


def test_papers_drawn_at_once_are_the_papers_drawn_alone() -> None:
    receipt, letter = receipt_drawing(a_receipt()), apology_drawing(an_apology())
    alone = receipt.pdf(), letter.pdf()
    with ThreadPoolExecutor(2) as pool:
        receipts = pool.submit(lambda: {receipt.pdf() for _paper in range(25)})
        letters = pool.submit(lambda: {letter.pdf() for _paper in range(25)})
        assert (receipts.result(), letters.result()) == ({alone[0]}, {alone[1]})
