"""Every lesson of the practice ward can be solved by the acts it asks for; a wrong step is told
with its rule.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from cchc_desk import i18n
from cchc_desk.actions.courtesy import courtesy
from cchc_desk.actions.data import opening
from cchc_desk.actions.dossiers import steps
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.actions.intake import intake, paper_receipts
from cchc_desk.actions.intake.intake import Intake
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.lists import taking
from cchc_desk.actions.people import accounts
from cchc_desk.actions.training import lessons, practice
from cchc_desk.actions.training.certificate import certificate
from cchc_desk.domain.courtesy import Moment
from cchc_desk.domain.dossiers.dossier import Dossier, How
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind
from cchc_desk.domain.training import CHECKS, Lesson
from cchc_desk.errors import Refused
from cchc_desk.paths import EXPORTS
from cchc_desk.session import Desk
from cchc_desk.store.engine.tables import metadata
from tests.actions.conftest import MONDAY, TableClock, become, keep_settings
from tests.engines import by_hand, copy_desk, new_place
from tests.papers.forms.test_read_back import pages, squeezed

MARRIAGE, COPY_FROM_BOOK = "1.004873", "2.000908"


def refused(desk: Desk, act: Callable[[], object]) -> str:
    """The act as a door of the program sees it: the refusal is noted for the lesson."""
    with pytest.raises(Refused) as no:
        act()
    lessons.note_refusal(desk, no.value.code)
    return no.value.code


def lesson(desk: Desk) -> Lesson:
    look = lessons.look_at(desk)
    assert look is not None
    return look.lesson


def code_of(desk: Desk) -> str:
    found = re.search(r"H13\.999-\d{6}-\d{4}", lesson(desk).story)
    assert found is not None
    return found[0]


def take_in(
    desk: Desk, procedure: str, limit: str | None = None, card: int = -1, **other: object
) -> Dossier:
    """Takes in who stands on the lesson's card."""
    read = intake.read_card(desk, lesson(desk).cards[card]).card
    person = Applicant(
        ApplicantKind.PERSON, read.name, read.id_number, read.born, read.sex, read.address
    )
    settings = {"papers": intake.all_papers(desk, procedure), "limit": limit} | other
    return intake.accept_dossier(desk, Intake(procedure, person, **settings))  # type: ignore[arg-type]


def tasks_done(desk: Desk) -> list[bool]:
    look = lessons.look_at(desk)
    assert look is not None
    return list(look.judgement.done)


def wrong_steps(desk: Desk) -> list[tuple[str, str]]:
    look = lessons.look_at(desk)
    assert look is not None
    return [(mistake.said, mistake.rule.source) for mistake in look.judgement.mistakes]


# --- how each is solved ---------------------------------------------------------------------------


def birth_by_card(desk: Desk) -> Iterator[None]:
    take_in(desk, "1.001193", "trong ngày")
    yield
    yield
    courtesy.record_visit(desk, ["greet", "smile"], moment=Moment.GREETING)
    yield


def will_be_late(desk: Desk) -> Iterator[None]:
    code = code_of(desk)
    letters.notify(desk, code, How.PHONE)
    yield
    letter = letters.draft_apology(desk, code, "verification", letters.propose_new_due(desk, code))
    yield
    become(desk, "chi")
    letters.sign_letter(desk, letter.id)
    yield
    become(desk, "an")
    letters.deliver_letter(desk, letter.id, How.PHONE)
    yield


def angry_visitor(desk: Desk) -> Iterator[None]:
    code = code_of(desk)
    courtesy.record_visit(desk, ["apologise", "listen"], code=code, moment=Moment.LATE)
    yield
    steps.return_result(desk, code, Return("Lê Thị Hường"))
    yield
    letter = letters.draft_apology(desk, code, "volume", None)
    yield
    become(desk, "chi")
    letters.sign_letter(desk, letter.id)
    yield
    become(desk, "an")
    letters.deliver_letter(desk, letter.id, How.COUNTER)
    yield


def wrong_qr(desk: Desk) -> Iterator[None]:
    assert refused(desk, lambda: intake.read_card(desk, lesson(desk).cards[0])).startswith("card-")
    yield
    take_in(desk, MARRIAGE, "3 ngày làm việc")
    yield


def power_cut(desk: Desk) -> Iterator[None]:
    intake.save_draft(desk, {"name": "Đỗ Quốc Vinh"})
    lessons.note_reopened(desk)
    yield
    take_in(desk, COPY_FROM_BOOK)
    yield


def supplement_once(desk: Desk) -> Iterator[None]:
    code = code_of(desk)
    steps.request_supplement(
        desk, code, "Thiếu giấy tờ", ["Thẻ căn cước bản chính", "Văn bản ủy quyền"]
    )
    yield
    steps.tell_supplement(desk, code, How.PHONE)
    yield
    steps.supplement_brought(desk, code)
    yield
    steps.mark_ready(desk, code)
    yield


def notice_before(desk: Desk) -> Iterator[None]:
    code = code_of(desk)
    letters.notify(desk, code, How.PHONE)
    yield
    steps.hand_over(desk, [code], "binh")
    yield
    steps.mark_ready(desk, code)
    yield


def second_date(desk: Desk) -> Iterator[None]:
    code = code_of(desk)
    steps.hand_over(desk, [code], "chi")
    yield
    steps.mark_ready(desk, code)
    yield
    steps.return_result(desk, code, Return("Bùi Thành Giang"))
    yield


def province_list(desk: Desk) -> Iterator[None]:
    story = lesson(desk).story
    found = re.search(r"tệp (\S+)\. Trong đó hồ sơ (\S+)", story)
    assert found is not None
    taking.take_list(desk, desk.folder / EXPORTS / found[1])
    yield
    code = found[2]
    letter = letters.draft_apology(desk, code, "volume", letters.propose_new_due(desk, code))
    yield
    become(desk, "chi")
    letters.sign_letter(desk, letter.id)
    yield
    become(desk, "an")
    letters.deliver_letter(desk, letter.id, How.COUNTER)
    yield


def late_entry(desk: Desk) -> Iterator[None]:
    (receipt,) = set(re.findall(r"GT-\d{6}-\d{4}", lesson(desk).story))
    hour, minute, day, month, year = re.findall(
        r"(\d\d):(\d\d) ngày (\d\d)/(\d\d)/(\d{4})", lesson(desk).story
    )[0]
    received = datetime(int(year), int(month), int(day), int(hour), int(minute))
    take_in(desk, COPY_FROM_BOOK, received=received, paper_receipt=receipt)
    yield
    yield


SOLVED = {
    "birth-by-card": birth_by_card,
    "will-be-late": will_be_late,
    "angry-visitor": angry_visitor,
    "wrong-qr": wrong_qr,
    "power-cut": power_cut,
    "supplement-once": supplement_once,
    "notice-before": notice_before,
    "second-date": second_date,
    "late-entry": late_entry,
    "province-list": province_list,
}
NUMBER = {key: number for number, key in enumerate(SOLVED, 1)}


@pytest.mark.parametrize("key", SOLVED)
def test_a_lesson_is_solved_task_by_task(desk: Desk, clock: TableClock, key: str) -> None:
    look = lessons.begin_lesson(desk, NUMBER[key], "Trần Học Viên")
    assert look.lesson.key == key
    assert "…" not in look.lesson.story + "".join(
        task.text + task.hint for task in look.lesson.tasks
    )
    assert look.judgement.done == (False,) * len(look.lesson.tasks)
    for number, _done in enumerate(SOLVED[key](desk), 1):
        assert tasks_done(desk)[:number] == [True] * number
    assert wrong_steps(desk) == []
    become(desk, "an")
    clock.now += timedelta(minutes=4, seconds=10)
    result = lessons.finish(desk)
    assert (result.passed, result.score, result.minutes, result.trainee) == (
        True,
        10,
        5,
        "Trần Học Viên",
    )
    assert lessons.look_at(desk) is None


def test_every_lesson_stands_in_the_list_and_uses_checks_that_there_are(desk: Desk) -> None:
    listed = [one.lesson for one in lessons.list_lessons(desk)]
    assert [one.key for one in listed] == list(SOLVED)
    for one in listed:
        assert one.minutes > 0
        assert all(
            task.hint and task.rule.source and task.check.name in CHECKS for task in one.tasks
        )
        assert all(wrong.rule.source and (wrong.codes or wrong.check) for wrong in one.wrong)


# --- wrong steps ----------------------------------------------------------------------------------


def test_a_wrong_procedure_and_a_lacking_paper_are_told_with_the_rule(desk: Desk) -> None:
    lessons.begin_lesson(desk, NUMBER["birth-by-card"])
    take_in(desk, "1.000656", "trong ngày")
    take_in(desk, "1.001193", "trong ngày", papers=intake.all_papers(desk, "1.001193")[:1])
    said, sources = zip(*wrong_steps(desk), strict=True)
    assert said == (
        "Hồ sơ của chị Đào vào nhầm thủ tục.",
        "Hồ sơ được tiếp nhận mà chưa ghi đủ giấy tờ bắt buộc.",
    )
    assert all(sources)
    assert tasks_done(desk) == [True, False, False]
    take_in(
        desk, "1.001193", "trong ngày"
    )  # put right: the task is done, the wrong step stays told
    assert tasks_done(desk) == [True, True, False]
    assert len(wrong_steps(desk)) == 2


def test_a_second_date_is_refused_and_counted(desk: Desk) -> None:
    lessons.begin_lesson(desk, NUMBER["second-date"])
    code, later = code_of(desk), MONDAY + timedelta(days=7)
    assert (
        refused(desk, lambda: letters.draft_apology(desk, code, "volume", later))
        == "second-reappointment"
    )
    ((said, source),) = wrong_steps(desk)
    assert said == "Lại hẹn thêm một ngày nữa."
    assert source == "Công văn 2307/UBND-NC ngày 03/8/2020"
    for _done in second_date(desk):
        pass
    assert lessons.finish(desk).score == 9


def test_asking_for_one_thing_and_then_for_another_breaks_the_once_only_rule(desk: Desk) -> None:
    lessons.begin_lesson(desk, NUMBER["supplement-once"])
    code = code_of(desk)
    steps.request_supplement(desk, code, "Thiếu", ["Thẻ căn cước bản chính"])
    steps.supplement_brought(desk, code)
    assert (
        refused(desk, lambda: steps.request_supplement(desk, code, "Thiếu", ["Ủy quyền"]))
        == "supplement-once"
    )
    assert [said for said, _source in wrong_steps(desk)] == [
        "Phiếu mới ghi một thứ, anh Phước sẽ phải đi lại thêm lần nữa.",
        "Lại yêu cầu bổ sung lần nữa.",
    ]


def test_a_date_in_a_letter_for_a_ready_result_is_told(desk: Desk) -> None:
    lessons.begin_lesson(desk, NUMBER["angry-visitor"])
    code, later = code_of(desk), MONDAY + timedelta(days=7)
    assert (
        refused(desk, lambda: letters.draft_apology(desk, code, "volume", later)) == "already-ready"
    )
    assert wrong_steps(desk)[0][0] == "Kết quả đã có mà thư lại hẹn thêm một ngày."


def test_a_reason_that_is_not_the_true_one_and_a_signature_by_the_wrong_hand(desk: Desk) -> None:
    lessons.begin_lesson(desk, NUMBER["will-be-late"])
    code = code_of(desk)
    letter = letters.draft_apology(desk, code, "volume", letters.propose_new_due(desk, code))
    assert refused(desk, lambda: letters.sign_letter(desk, letter.id)) == "role"
    become(desk, "chi")
    letters.sign_letter(desk, letter.id)
    assert [said for said, _source in wrong_steps(desk)] == [
        "Lý do ghi trong thư không phải lý do thật của hồ sơ này: hồ sơ đang chờ xác minh.",
        "Việc này không phải của vai đang đăng nhập.",
    ]


def test_a_number_guessed_from_a_bad_scan_is_told(desk: Desk) -> None:
    lessons.begin_lesson(desk, NUMBER["wrong-qr"])
    person = Applicant(
        ApplicantKind.PERSON, "Phan Thị Kim Ngan", "092195003570", address="45 Hòa Bình"
    )
    intake.accept_dossier(desk, Intake(MARRIAGE, person, limit="3 ngày làm việc"))
    assert wrong_steps(desk)[0][0] == "Hồ sơ được tiếp nhận với số định danh khác số trên thẻ."


def test_an_hour_that_is_not_the_real_one_is_told(desk: Desk) -> None:
    lessons.begin_lesson(desk, NUMBER["late-entry"])
    refused(desk, lambda: take_in(desk, COPY_FROM_BOOK, paper_receipt="GT-000000-0001"))
    take_in(desk, COPY_FROM_BOOK, received=MONDAY - timedelta(minutes=30))
    assert [said for said, _source in wrong_steps(desk)] == [
        "Hồ sơ bị ghi theo giờ gõ, không theo giờ nhận thật.",
        "Số giấy hẹn in sẵn không đúng, hoặc đã dùng.",
    ]


def test_a_refusal_that_a_lesson_does_not_care_for_is_no_mistake(desk: Desk) -> None:
    lessons.begin_lesson(desk, NUMBER["birth-by-card"])
    lessons.note_refusal(desk, "limit-unreadable")
    assert wrong_steps(desk) == []


def test_the_window_opened_again_without_a_draft_saved_nothing(desk: Desk) -> None:
    lessons.begin_lesson(desk, NUMBER["power-cut"])
    lessons.note_reopened(desk)
    assert tasks_done(desk) == [False, False]


# --- beginning and ending -------------------------------------------------------------------------


def test_lessons_are_refused_at_a_real_desk(desk: Desk) -> None:
    keep_settings(desk, {"practice": False})
    for act in (
        lessons.look_at,
        lessons.list_lessons,
        lessons.finish,
        certificate,
        lessons.results,
    ):
        with pytest.raises(Refused) as no:
            act(desk)
        assert no.value.code == "practice-only"
    with pytest.raises(Refused) as no:
        lessons.begin_lesson(desk, 1)
    assert no.value.code == "practice-only"


def test_what_cannot_be_begun_or_ended_says_so(desk: Desk) -> None:
    for act, code in (
        (lambda: lessons.begin_lesson(desk, 99), "unknown-lesson"),
        (lambda: lessons.begin_lesson(desk, 1, "A" * 101), "trainee-name"),
        (lambda: lessons.finish(desk), "no-lesson"),
        (lambda: certificate(desk), "no-lesson-done"),
    ):
        with pytest.raises(Refused) as no:
            act()
        assert no.value.code == code


def test_another_lesson_ends_the_one_that_runs_as_it_stands(desk: Desk) -> None:
    lessons.begin_lesson(desk, NUMBER["birth-by-card"])
    take_in(desk, "1.001193", "trong ngày")
    lessons.begin_lesson(desk, NUMBER["wrong-qr"])
    (result,) = lessons.results(desk)
    assert (result.lesson.key, result.passed, result.done, result.score) == (
        "birth-by-card",
        False,
        2,
        6,
    )
    assert [one.is_running for one in lessons.list_lessons(desk)].index(True) == NUMBER[
        "wrong-qr"
    ] - 1


def test_what_was_done_before_a_lesson_began_does_not_count(desk: Desk) -> None:
    lessons.begin_lesson(desk, NUMBER["birth-by-card"])
    take_in(desk, "1.001193", "trong ngày")
    lessons.begin_lesson(desk, NUMBER["birth-by-card"])
    assert tasks_done(desk) == [False, False, False]


def test_the_window_may_count_the_seconds_itself(desk: Desk) -> None:
    lessons.begin_lesson(desk, 1)
    assert lessons.finish(desk, seconds=125).minutes == 3


def test_a_lesson_prepares_the_same_in_the_same_ward(
    ward: Path, tmp_path: Path, clock: TableClock
) -> None:
    stories = []
    for name in ("a", "b"):
        copy_desk(ward, tmp_path / name)
        one = opening.open_desk(tmp_path / name, clock)
        become(one, "an")
        stories.append(
            [lessons.begin_lesson(one, number).lesson.story for number in NUMBER.values()]
        )
        one.close()
    assert stories[0] == stories[1]


def test_a_receipt_printed_before_the_day_without_power_is_used_first(
    desk: Desk, clock: TableClock
) -> None:
    clock.now = MONDAY - timedelta(days=10)
    (number,), _pdf = paper_receipts.print_blank(desk, 1)
    clock.now = MONDAY
    story = lessons.begin_lesson(desk, NUMBER["late-entry"]).lesson.story
    assert number in story
    assert "15:20 ngày 20/11/2026" in story


def test_the_certificate_names_the_trainee_the_lessons_the_time_and_the_mistakes(
    desk: Desk,
) -> None:
    lessons.begin_lesson(desk, NUMBER["wrong-qr"], "Trần Học Viên")
    for _done in wrong_qr(desk):
        pass
    lessons.finish(desk, seconds=200)
    lessons.begin_lesson(desk, NUMBER["second-date"], "Trần Học Viên")
    lessons.note_refusal(desk, "second-reappointment")
    for _done in second_date(desk):
        pass
    lessons.finish(desk, seconds=60)
    lessons.begin_lesson(
        desk, NUMBER["birth-by-card"], "Trần Học Viên"
    )  # not finished: not certified
    lessons.finish(desk)
    (text,) = pages(certificate(desk, "Trần Học Viên"))
    said = squeezed(text)
    for words in (
        "GIẤY CHỨNG NHẬN TẬP HUẤN",
        "Trần Học Viên",
        "2 trong 10 bài tập",
        "Mã QR đọc sai",
        "Tổng cộng 5 phút (dự kiến 13 phút), 1 bước sai.",
        "KHÔNG CÓ GIÁ TRỊ",
    ):
        assert squeezed(words) in said
    assert squeezed("Tiếp nhận đăng ký khai sinh") not in said


# --- the ward itself ------------------------------------------------------------------------------

_RANDOM = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_HASHED = re.compile(r"[0-9a-f]{64}|\b[0-9a-f]{32}\b|\$argon2\S+")


def rows_of(folder: Path) -> dict[str, list[str]]:
    """Every row of every table; hashes as #, random ids by the order in which they come."""
    seen: dict[str, str] = {}
    # The ledger first: it comes in the order of time, the other tables may be sorted by their
    # random ids.
    names = sorted(metadata.tables, key=lambda name: (name != "journal_details", name))
    found = {}
    with by_hand(folder) as connection:
        for name in names:
            rows = [repr(row) for row in connection.execute(f"SELECT * FROM {name}")]
            known = [
                _RANDOM.sub(
                    lambda m: seen.setdefault(m[0], f"id{len(seen)}"), _HASHED.sub("#", row)
                )
                for row in rows
            ]
            found[name] = sorted(known)
    return found


def test_the_same_seed_size_and_clock_give_the_same_ward(usual_ward: Path, tmp_path: Path) -> None:
    for name, seed in (("again", 1), ("other", 8)):
        (tmp_path / name).mkdir()
        new_place(tmp_path / name)
        practice.make_practice_ward(tmp_path / name, seed=seed, clock=lambda: MONDAY).close()
    first, again, other = map(rows_of, (usual_ward, tmp_path / "again", tmp_path / "other"))
    assert first == again
    assert first["dossiers"] != other["dossiers"]


def test_the_usual_ward_has_one_of_each_kind_for_a_trainee(
    usual_ward: Path, tmp_path: Path
) -> None:
    from cchc_desk.actions.dossiers import progress, supplements
    from cchc_desk.actions.intake import before_acceptance

    copy_desk(usual_ward, tmp_path)
    ward = opening.open_desk(tmp_path, lambda: MONDAY)
    become(ward, "an")
    board, asked = progress.day_board(ward), supplements.supplements(ward)
    kinds = (
        board.due_today,
        board.soon,
        board.late,
        board.letters_owed,
        board.returned_without_letter,
    )
    assert all((*kinds, board.to_sign, board.to_deliver, asked.not_told, asked.told, asked.brought))
    assert all(row.due.date() == date(2026, 11, 23) for row in board.due_today)
    assert before_acceptance.waiting(ward)
    assert paper_receipts.reconcile(ward).out
    assert len(accounts.list_officials(ward)) == 6
    assert len(progress.find_dossiers(ward, limit=100)) == 60
    assert progress.clock_remarks(ward) == ()
    ward.close()


# --- in another language --------------------------------------------------------------------------


def test_a_lesson_is_told_in_the_language_in_use_and_kept_in_vietnamese(desk: Desk) -> None:
    """Whatever the window spoke when a lesson began and ended, it is read in the language of
    now.
    """
    i18n.use("en")
    try:
        look = lessons.begin_lesson(desk, 2, "Trần Văn Học")
        assert look.lesson.title == "A dossier that will be late"
        assert re.search(r" is due \d\d:\d\d on \d\d/\d\d/2026, but", look.lesson.story)
        assert look.lesson.tasks[0].text == "Give Mr Đức notice"
        refused(desk, lambda: letters.sign_letter(desk, "none"))
        result = lessons.finish(desk)
        assert [mistake.said for mistake in result.mistakes] == [
            "This is not for the role that is logged in."
        ]
        assert result.mistakes[0].rule.source == "Dispatch 2307/UBND-NC of 3 August 2020"
    finally:
        i18n.use("vi")
    (again,) = lessons.results(desk)
    assert again.lesson.title == "Một hồ sơ sắp trễ"
    assert " ngày " in again.lesson.story
    assert [mistake.said for mistake in again.mistakes] == [
        "Việc này không phải của vai đang đăng nhập."
    ]


def test_every_sentence_of_a_lesson_has_its_english(desk: Desk) -> None:
    """No Vietnamese sentence is left; names of people, procedures and what is typed stay as they
    are.
    """
    vietnamese = {
        sentence
        for listed in lessons.list_lessons(desk)
        for sentence in (listed.lesson.title, *(task.text for task in listed.lesson.tasks))
    }
    i18n.use("en")
    try:
        english = {
            sentence
            for listed in lessons.list_lessons(desk)
            for sentence in (listed.lesson.title, *(task.text for task in listed.lesson.tasks))
        }
    finally:
        i18n.use("vi")
    assert not vietnamese & english
