"""«4 xin, 4 luôn» at the desk: visits, ratings, whose card is whose, the desk's report, the
observation.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest

from cchc_desk.actions.courtesy import courtesy
from cchc_desk.actions.data import upkeep
from cchc_desk.actions.dossiers import steps
from cchc_desk.actions.dossiers.progress import show_dossier
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.actions.intake.intake import Intake, accept_dossier
from cchc_desk.actions.lateness import letters
from cchc_desk.domain.courtesy import Item, Mark, Moment, Observation, Share, Stage
from cchc_desk.domain.dossiers.dossier import How
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests.actions.conftest import MONDAY, TableClock, become

THIS_WEEK = date(2026, 11, 23)
EIGHT = ["greet", "apologise", "thank", "ask-leave", "smile", "gentle", "listen", "help"]
CALM = {"greet", "thank", "smile", "gentle", "listen", "help"}  # what every visit calls for


@pytest.fixture
def code(desk: Desk, an_intake: Callable[..., Intake]) -> str:
    """A dossier taken in on Monday at 10:00, due on Wednesday at 10:00 (Tuesday is a holiday)."""
    return accept_dossier(desk, an_intake()).code


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as no:
        act()
    return no.value.code


# --- the eight ------------------------------------------------------------------------------------


def test_the_eight_stand_in_the_wording_and_order_of_the_dispatch(desk: Desk) -> None:
    assert [item.text for item in courtesy.items(desk)] == [
        "xin chào", "xin lỗi", "xin cảm ơn", "xin phép",
        "luôn mỉm cười", "luôn nhẹ nhàng", "luôn lắng nghe", "luôn giúp đỡ",
    ]  # fmt: skip
    assert "2307/UBND-NC" in courtesy.source()
    assert courtesy.other_wordings()["help"] == ("luôn sẵn sàng giúp đỡ",)


def test_a_leader_sets_the_order_and_wording_and_can_go_back(desk: Desk) -> None:
    eight = courtesy.items(desk)
    other = (Item("help", "luôn sẵn sàng giúp đỡ"), *(item for item in eight if item.key != "help"))
    assert refused(lambda: courtesy.keep_items(desk, other)) == "role"
    become(desk, "chi")
    courtesy.keep_items(desk, other)
    assert [item.text for item in courtesy.items(desk)][:2] == ["luôn sẵn sàng giúp đỡ", "xin chào"]
    courtesy.keep_items(desk, ())
    assert courtesy.items(desk) == eight


@pytest.mark.parametrize("moment", list(Moment))
def test_every_moment_has_words_to_say_and_words_to_leave_out(desk: Desk, moment: Moment) -> None:
    words = courtesy.words_for(desk, moment)
    assert all(phrase.mark in ("[V]", "[I]", "[G]") for phrase in words.say)
    said = " ".join(phrase.text for phrase in words.say).lower()
    expected = {
        Moment.GREETING: "xin chào",
        Moment.LATE: "xin lỗi",
        Moment.WAIT: "xin phép",
        Moment.THANKS: "cảm ơn",
    }
    assert expected[moment] in said
    assert {"không được", "về đi"} <= {one.avoid for one in words.avoid}


# --- visits and ratings ---------------------------------------------------------------------------


def test_a_visit_is_scored_and_stands_in_the_ledger(desk: Desk, code: str) -> None:
    courtesy.record_visit(desk, CALM, moment=Moment.GREETING)
    courtesy.record_visit(desk, ["greet"], code=code.lower(), moment=Moment.GREETING)
    assert [(visit.code, len(visit.done)) for visit in courtesy.visits_today(desk)] == [
        ("", 6),
        (code, 1),
    ]
    assert show_dossier(desk, code).history[-1].words == "Tự chấm «4 xin, 4 luôn»"
    assert upkeep.verify_ledger(desk).ok


@pytest.mark.parametrize(
    ("done", "code", "why"),
    [(["bow"], "", "courtesy-item"), (["greet"], "H13.999-261123-4444", "unknown-dossier")],
)
def test_a_visit_names_known_items_and_dossiers(
    desk: Desk, done: list[str], code: str, why: str
) -> None:
    assert (
        refused(lambda: courtesy.record_visit(desk, done, code=code, moment=Moment.GREETING)) == why
    )
    assert courtesy.visits_today(desk) == ()


def test_a_citizen_rates_once_at_intake_and_once_after_the_return(
    desk: Desk, clock: TableClock, code: str
) -> None:
    assert courtesy.rate(desk, code, 5, typed=False).stage is Stage.INTAKE
    clock.now = MONDAY + timedelta(hours=4)
    assert refused(lambda: courtesy.rate(desk, code, 1)) == "rated"
    steps.mark_ready(desk, code)
    steps.return_result(desk, code, Return("Nguyễn Thị Ánh Đào"))
    assert courtesy.rate(desk, code, 4).stage is Stage.RETURN
    become(desk, "binh")  # who saw nobody
    assert refused(lambda: courtesy.rate(desk, code, 1)) == "role"
    become(desk, "chi")
    report = courtesy.desk_report(desk, MONDAY.date(), MONDAY.date())
    assert (report.tally.citizens.faces, report.typed) == ((0, 0, 0, 1, 1), 1)
    history = show_dossier(desk, code).history
    assert [line.words for line in history if line.act == "rate"] == [
        "Công dân đã đánh giá",
        "Ghi hộ đánh giá của công dân",
    ]  # how is not told
    assert upkeep.verify_ledger(desk).ok


def test_a_slip_of_the_finger_is_put_right_within_two_minutes(
    desk: Desk, clock: TableClock, code: str
) -> None:
    courtesy.rate(desk, code, 1)
    clock.now = MONDAY + timedelta(minutes=2)
    assert courtesy.rate(desk, code, 5).at == MONDAY  # the first press began the two minutes
    clock.now = MONDAY + timedelta(minutes=3)
    assert refused(lambda: courtesy.rate(desk, code, 1)) == "rated"
    assert courtesy.weekly_card(desk, "an", THIS_WEEK).tally.citizens.faces == (0, 0, 0, 0, 1)


def test_a_clock_that_was_put_back_opens_no_new_time_to_correct(
    desk: Desk, clock: TableClock, code: str
) -> None:
    courtesy.rate(desk, code, 1)
    clock.now = MONDAY - timedelta(minutes=1)
    assert refused(lambda: courtesy.rate(desk, code, 5)) == "rated"


@pytest.mark.parametrize("faces", [0, 6, -1])
def test_there_are_five_faces(desk: Desk, code: str, faces: int) -> None:
    assert refused(lambda: courtesy.rate(desk, code, faces)) == "faces"


def test_only_a_late_dossier_asks_whether_the_delay_was_told(
    desk: Desk, clock: TableClock, code: str
) -> None:
    assert not courtesy.asks_told(desk, code)
    assert refused(lambda: courtesy.rate(desk, code, 4, told=True)) == "told-not-late"
    clock.now = datetime(2026, 11, 26, 9, 0)
    assert courtesy.asks_told(desk, code)
    courtesy.rate(desk, code, 2, told=False)
    assert courtesy.weekly_card(desk, "an", THIS_WEEK).tally.citizens.told == Share(0, 1)


def test_an_unknown_code_is_refused(desk: Desk) -> None:
    assert refused(lambda: courtesy.rate(desk, "H13.999-261123-4444", 5)) == "unknown-dossier"
    assert refused(lambda: courtesy.asks_told(desk, "H13.999-261123-4444")) == "unknown-dossier"


def test_nobody_logged_in_nothing_rated(desk: Desk, code: str) -> None:
    desk.official = None
    assert refused(lambda: courtesy.rate(desk, code, 5)) == "log-in"


# --- the card -------------------------------------------------------------------------------------


def test_the_week_s_card_counts_the_clerk_s_own_visits_and_ratings(desk: Desk, code: str) -> None:
    courtesy.record_visit(desk, CALM, moment=Moment.GREETING)
    courtesy.record_visit(desk, ["greet"], moment=Moment.LATE)
    courtesy.rate(desk, code, 4)
    become(desk, "chi")  # the leader stands in at the counter: theirs is not An's
    courtesy.record_visit(desk, EIGHT, moment=Moment.GREETING)
    become(desk, "an")
    card = courtesy.weekly_card(desk, "an", THIS_WEEK + timedelta(days=2))
    assert (card.monday, card.tally.visits, card.tally.score) == (THIS_WEEK, 2, Share(7, 13))
    assert (card.tally.citizens.count, card.tally.citizens.mean) == (1, Fraction(4))
    assert len(card.trend) == 8
    assert card.trend[-2].score.value is None


@pytest.mark.parametrize(
    ("told_at", "in_time"),
    [
        (datetime(2026, 11, 25, 16, 0), 1),  # the day before it is due
        (datetime(2026, 11, 26, 9, 0), 0),  # on the due day: the surprise that the dispatch forbids
        (None, 0),
    ],
)
def test_an_apology_counts_as_in_time_when_it_came_before_the_due_day(
    desk: Desk,
    clock: TableClock,
    an_intake: Callable[..., Intake],
    told_at: datetime | None,
    in_time: int,
) -> None:
    code = accept_dossier(desk, an_intake(limit="2 ngày làm việc")).code
    if told_at:
        clock.now = told_at
        become(desk, "chi")
        letter = letters.draft_and_sign(desk, code, "volume", datetime(2026, 11, 30, 10, 0))
        letters.deliver_letter(desk, letter.id, How.PHONE)
        become(desk, "an")
    assert courtesy.weekly_card(desk, "an", THIS_WEEK).tally.letters == Share(0, 0)  # not late yet
    clock.now = datetime(2026, 11, 27, 8, 0)
    assert courtesy.weekly_card(desk, "an", THIS_WEEK).tally.letters == Share(in_time, 1)


def test_the_clerk_sees_the_card_first_and_nobody_else_but_the_leader_then(
    desk: Desk, clock: TableClock
) -> None:
    courtesy.record_visit(desk, CALM, moment=Moment.GREETING)
    become(desk, "binh")
    assert refused(lambda: courtesy.weekly_card(desk, "an", THIS_WEEK)) == "card-not-yours"
    become(desk, "dung")
    assert refused(lambda: courtesy.weekly_card(desk, "an", THIS_WEEK)) == "role"
    become(desk, "chi")
    assert refused(lambda: courtesy.weekly_card(desk, "an", THIS_WEEK)) == "card-not-seen"
    become(desk, "an")
    courtesy.weekly_card(desk, "an", THIS_WEEK)
    become(desk, "chi")
    assert courtesy.weekly_card(desk, "an", THIS_WEEK).tally.visits == 1


def test_the_leader_sees_no_more_of_a_week_than_its_clerk_has_seen(
    desk: Desk, clock: TableClock
) -> None:
    courtesy.record_visit(desk, CALM, moment=Moment.GREETING)
    courtesy.weekly_card(desk, "an", THIS_WEEK)
    clock.now = MONDAY + timedelta(days=1)
    courtesy.record_visit(desk, [], moment=Moment.GREETING)
    become(desk, "chi")
    assert courtesy.weekly_card(desk, "an", THIS_WEEK).tally.visits == 1
    become(desk, "an")
    courtesy.weekly_card(desk, "an", THIS_WEEK)
    become(desk, "chi")
    assert courtesy.weekly_card(desk, "an", THIS_WEEK).tally.visits == 2
    assert (
        refused(lambda: courtesy.weekly_card(desk, "an", THIS_WEEK - timedelta(days=7)))
        == "card-not-seen"
    )


def test_looking_again_at_the_same_card_adds_nothing_to_the_ledger(
    desk: Desk, clock: TableClock
) -> None:
    courtesy.weekly_card(desk, "an", THIS_WEEK)
    entries = upkeep.verify_ledger(desk).entries
    clock.now = MONDAY + timedelta(hours=1)
    courtesy.weekly_card(desk, "an", THIS_WEEK)
    assert upkeep.verify_ledger(desk).entries == entries


def test_a_week_to_come_has_no_card(desk: Desk) -> None:
    assert (
        refused(lambda: courtesy.weekly_card(desk, "an", THIS_WEEK + timedelta(days=7))) == "week"
    )


# --- the desk -------------------------------------------------------------------------------------


def test_the_desk_s_report_is_the_leader_s_and_names_nobody(desk: Desk, code: str) -> None:
    courtesy.record_visit(desk, CALM, moment=Moment.GREETING)
    courtesy.rate(desk, code, 5)
    assert refused(lambda: courtesy.desk_report(desk, THIS_WEEK, THIS_WEEK)) == "role"
    become(desk, "chi")
    courtesy.record_visit(desk, [], moment=Moment.GREETING)
    report = courtesy.desk_report(desk, THIS_WEEK, THIS_WEEK)
    assert (report.tally.visits, report.tally.score) == (2, Share(6, 12))
    assert report.tally.citizens.count == 1
    assert "an" not in repr(report).split("'")
    assert (
        refused(lambda: courtesy.desk_report(desk, THIS_WEEK, THIS_WEEK - timedelta(days=1)))
        == "period"
    )


# --- the observation ------------------------------------------------------------------------------


def sheet(official: str = "an", at: datetime = MONDAY, marks: int = 8) -> Observation:
    seen = tuple((key, Mark.DONE) for key in EIGHT[:marks])
    return Observation(official, at, seen, "Chào trước khi được chào.", "Nhìn người dân khi nói.")


def test_a_leader_observes_and_the_clerk_reads_it_on_the_card(desk: Desk) -> None:
    assert refused(lambda: courtesy.observe(desk, sheet())) == "role"
    become(desk, "chi")
    kept = courtesy.observe(desk, sheet())
    assert courtesy.observations(desk) == (kept,)
    become(desk, "binh")
    assert courtesy.observations(desk) == ()
    become(desk, "an")
    assert courtesy.weekly_card(desk, "an", THIS_WEEK).observations == (kept,)
    assert upkeep.verify_ledger(desk).ok


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (sheet(marks=7), "observation-marks"),
        (sheet(at=MONDAY + timedelta(minutes=1)), "observed-future"),
        (sheet("chi"), "observed-self"),
        (sheet("nobody"), "unknown-official"),
    ],
)
def test_an_observation_that_cannot_be(desk: Desk, bad: Observation, why: str) -> None:
    become(desk, "chi")
    assert refused(lambda: courtesy.observe(desk, bad)) == why
    assert courtesy.observations(desk) == ()
