"""Law is data with dates: the regime of a day, and the shipped table of regimes and causes of
lateness.
"""

import json
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest

import resources
from cchc_desk.domain.law.regime import FormSet, Regime, regime_on, regimes_from_json
from cchc_desk.errors import Refused

REGIMES = regimes_from_json(resources.read_text("law/regimes.json"))


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2018, 6, 21), "2018"),  # the decree's first day
        (date(2020, 8, 3), "2018"),  # the city's dispatch
        (date(2025, 6, 30), "2018"),
        (date(2025, 7, 1), "2025"),
        (date(2026, 8, 5), "2025"),  # an amendment is not a new regime
        (date(2040, 1, 1), "2025"),
    ],
)
def test_the_regime_of_a_day(day: date, key: str) -> None:
    assert regime_on(REGIMES, day).key == key


def test_a_day_before_the_first_regime_is_refused() -> None:
    with pytest.raises(Refused) as no:
        regime_on(REGIMES, date(2018, 6, 20))
    assert (no.value.code, no.value.field) == ("no-regime", "received")
    assert "20/06/2018" in no.value.message


def test_regimes_follow_each_other_without_a_gap() -> None:
    for earlier, later in pairwise(REGIMES):
        assert earlier.valid_to is not None
        assert later.valid_from == earlier.valid_to + timedelta(days=1)
    assert REGIMES[-1].valid_to is None


def test_each_regime_prints_its_own_papers() -> None:
    old, new = regime_on(REGIMES, date(2025, 6, 30)), regime_on(REGIMES, date(2025, 7, 1))
    assert (old.decree, new.decree) == ("Nghị định 61/2018/NĐ-CP", "Nghị định 118/2025/NĐ-CP")
    assert old.desk_title == "Bộ phận Tiếp nhận và Trả kết quả"
    assert new.desk_title == "Trung tâm Phục vụ hành chính công"


@pytest.mark.parametrize(
    ("accepted", "form_set", "circular"),
    [
        (date(2025, 6, 30), FormSet.FORMS_2018, "Thông tư 01/2018/TT-VPCP"),
        (date(2025, 7, 1), FormSet.FORMS_2018, "Thông tư 01/2018/TT-VPCP"),
        (date(2025, 9, 14), FormSet.FORMS_2018, "Thông tư 01/2018/TT-VPCP"),
        (date(2025, 9, 15), FormSet.FORMS_2025, "Thông tư 03/2025/TT-VPCP"),
        (date(2026, 11, 23), FormSet.FORMS_2025, "Thông tư 03/2025/TT-VPCP"),
    ],
)
def test_a_dossiers_forms_are_those_of_the_circular_in_force_when_it_was_accepted(
    accepted: date, form_set: FormSet, circular: str
) -> None:
    forms = regime_on(REGIMES, accepted).forms_on(accepted)
    assert (forms.form_set, forms.circular) == (form_set, circular)


def test_a_regime_kept_by_an_earlier_version_has_its_one_set_of_forms() -> None:
    row = json.loads(resources.read_text("law/regimes.json"))[1]
    del row["forms"]
    row |= {"form_set": "2025", "circular": "Thông tư 03/2025/TT-VPCP"}
    (regime,) = regimes_from_json(json.dumps([row]))
    assert regime.forms_on(date(2026, 1, 1)).form_set is FormSet.FORMS_2025


@pytest.mark.parametrize("regime", REGIMES, ids=lambda regime: regime.key)
def test_the_dispatchs_thresholds_hold_in_every_regime(regime: Regime) -> None:
    assert regime.late_share == Fraction(1, 20)
    assert (regime.strikes_warn, regime.strikes_review, regime.reappointments) == (2, 3, 1)


@pytest.mark.parametrize("regime", REGIMES, ids=lambda regime: regime.key)
def test_every_instrument_has_its_date_and_mark(regime: Regime) -> None:
    names = [basis.name for basis in regime.basis]
    assert {regime.decree, *(forms.circular for forms in regime.forms)} <= set(names)
    assert len(names) == len(set(names))
    assert [basis.valid_from for basis in regime.basis] == sorted(
        basis.valid_from for basis in regime.basis
    )
    assert all(
        basis.mark.startswith(("[V]", "[I]", "[G]")) and basis.about for basis in regime.basis
    )


def test_the_amendments_of_the_decree_of_2025_are_known() -> None:
    dates = {basis.name: basis.valid_from for basis in regime_on(REGIMES, date(2026, 8, 5)).basis}
    assert dates["Nghị định 309/2026/NĐ-CP"] == date(2026, 8, 5)
    assert "Nghị định 367/2025/NĐ-CP" in dates


@pytest.mark.parametrize(
    "broken",
    [{"late_share": "five"}, {"valid_from": "21/06/2018"}],
)
def test_a_wrong_table_is_an_error(broken: dict[str, str]) -> None:
    row = json.loads(resources.read_text("law/regimes.json"))[0] | broken
    with pytest.raises(ValueError, match=next(iter(broken.values()))):
        regimes_from_json(json.dumps([row]))


def test_a_regime_without_a_decree_is_an_error() -> None:
    row = json.loads(resources.read_text("law/regimes.json"))[0]
    del row["decree"]
    with pytest.raises(KeyError, match="decree"):
        regimes_from_json(json.dumps([row]))
