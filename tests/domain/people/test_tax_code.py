"""Tax codes: ten digits with a check digit, a branch with three more, a person's own number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_desk.domain.people.tax_code import TaxCodeWarning, tax_code_warning


@pytest.mark.parametrize(
    ("code", "warning"),
    [
        ("", None),
        ("0100109106", None),
        ("0100109106-001", None),
        ("0100109106001", None),
        (" 010 010 9106 ", None),
        ("092190001234", None),  # a household's owner
        ("0100109107", TaxCodeWarning.CHECK_DIGIT),
        ("0100109107-001", TaxCodeWarning.CHECK_DIGIT),
        ("0100190106", TaxCodeWarning.CHECK_DIGIT),
        ("18012345", TaxCodeWarning.SHAPE),
        ("01001091061", TaxCodeWarning.SHAPE),
        ("GP 12/2020", TaxCodeWarning.SHAPE),
        ("٠١٠٠١٠٩١٠٦", TaxCodeWarning.SHAPE),
    ],
)
def test_what_is_said_of_a_tax_code(code: str, warning: TaxCodeWarning | None) -> None:
    assert tax_code_warning(code) is warning


@given(st.from_regex(r"[0-9]{9}", fullmatch=True), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(nine: str, place: int, more: int) -> None:
    right = next((f"{nine}{d}" for d in range(10) if tax_code_warning(f"{nine}{d}") is None), None)
    if right:
        wrong = (int(right[place]) + more) % 10
        mistyped = f"{right[:place]}{wrong}{right[place + 1 :]}"
        assert tax_code_warning(mistyped) is TaxCodeWarning.CHECK_DIGIT
