"""Log-in names proposed from the names of people."""

import pytest

from cchc_desk.domain.people.officials import login_of


@pytest.mark.parametrize(
    ("name", "taken", "login"),
    [
        ("Nguyễn Thị Ánh Đào", (), "dao"),
        ("Lê Đào", ("dao",), "dao2"),
        ("Lê Đào", ("dao", "dao2"), "dao3"),
        ("ĐỨC", (), "duc"),
        ("  ", (), ""),
        ("", ("dao",), ""),
    ],
)
def test_a_name_proposes_its_log_in(name: str, taken: tuple[str, ...], login: str) -> None:
    assert login_of(name, taken) == login
