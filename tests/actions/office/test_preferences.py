"""How an official likes the window is theirs alone, and none of the ledger's business."""

import pytest

from cchc_desk.actions.office import office_settings
from cchc_desk.actions.office.preferences import keep_preference, preferences
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from cchc_desk.store.ledger import journal
from tests.actions.conftest import become


def test_each_official_has_preferences_of_their_own(desk: Desk) -> None:
    become(desk, "an")
    keep_preference(desk, "text_size", 150)
    keep_preference(desk, "text_size", 125)
    assert preferences(desk)["text_size"] == 125
    become(desk, "chi")
    assert preferences(desk)["text_size"] == 100


def test_a_preference_leaves_no_entry_in_the_ledger(desk: Desk) -> None:
    become(desk, "an")
    with desk.database.read() as connection:
        before = journal.head(connection)
    keep_preference(desk, "theme", "dark")
    with desk.database.read() as connection:
        assert journal.head(connection) == before


@pytest.mark.parametrize(
    ("key", "value"), [("text_size", 90), ("text_size", "to"), ("unit_name", "x"), ("mau", "x")]
)
def test_what_does_not_fit_is_refused(desk: Desk, key: str, value: object) -> None:
    become(desk, "an")
    with pytest.raises(Refused):
        keep_preference(desk, key, value)


def test_a_preference_is_no_setting_of_the_desk(desk: Desk) -> None:
    become(desk, "chi")
    with pytest.raises(Refused):
        office_settings.change_settings(desk, {"theme": "dark"})
