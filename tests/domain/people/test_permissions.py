"""Who may do what, in words; that every act asks for it is tested with the acts."""

from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.domain.permissions import Permission, why_not


def test_a_key_is_dim_with_its_reason_only_for_somebody_who_is_logged_in() -> None:
    clerk, leader = Official("an", "An", Role.CLERK), Official("chi", "Chi", Role.LEADER)
    said = why_not(clerk, Permission.SIGN_LETTER)
    assert said.startswith("Việc này dành cho")
    assert "lãnh đạo" in said
    assert why_not(leader, Permission.SIGN_LETTER) == why_not(None, Permission.SIGN_LETTER) == ""
