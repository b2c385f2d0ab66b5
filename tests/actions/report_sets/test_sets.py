"""Sets of reports: kept, changed, called to mind; bundles made, read back, sent."""

import hashlib
import io
from datetime import date, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pypdf
import pytest
from python_calamine import CalamineWorkbook

from cchc_desk.actions.boards import morning, morning_sheet
from cchc_desk.actions.data import upkeep
from cchc_desk.actions.dossiers import steps
from cchc_desk.actions.exports import leaving
from cchc_desk.actions.intake import intake
from cchc_desk.actions.report_sets import bundles, sets, standing
from cchc_desk.actions.report_sets.sets import NewReportSet
from cchc_desk.actions.reports import exports, makers, months, reports
from cchc_desk.domain.reports.report import Asked
from cchc_desk.domain.reports.sets import LAST_DAY, Every, Schedule, State
from cchc_desk.errors import Refused
from cchc_desk.i18n import SOURCE, use
from cchc_desk.long_work import LongWork, Stopped
from cchc_desk.session import Desk
from tests.actions.conftest import WHY, TableClock, become, make_intake
from tests.actions.test_tampering import forge
from tests.papers.forms.test_read_back import squeezed

MONTHLY = Schedule(Every.MONTH, LAST_DAY, 5)
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


def new_set(**change: object) -> NewReportSet:
    given: dict[str, object] = {
        "name": "Báo cáo tháng",
        "receiver": "Sở Nội vụ",
        "reports": ("monthly", "ii-06a"),
        "schedule": MONTHLY,
    }
    return NewReportSet(**(given | change))  # type: ignore[arg-type]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder into which files may go; `tmp_path` is the desk's own."""
    folder = tmp_path / "exports"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def december(desk: Desk, clock: TableClock) -> Desk:
    """The office on Wednesday 2 December, with a set since November and two dossiers of it."""
    become(desk, "chi")
    sets.add(desk, new_set())
    become(desk, "an")
    first = intake.accept_dossier(desk, make_intake(limit="20 ngày làm việc"))
    intake.accept_dossier(desk, make_intake(limit="20 ngày làm việc"))
    steps.mark_ready(desk, first.code)
    clock.now = datetime(2026, 12, 2, 9, 0)
    return desk


def text_of(pdf: bytes) -> str:
    return squeezed(
        "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    )


# --- sets -----------------------------------------------------------------------------------------


def test_a_set_is_kept_in_the_usual_order_changed_and_taken_away(desk: Desk) -> None:
    become(desk, "chi")
    kept = sets.add(desk, new_set(name="  Báo cáo   tháng "))
    assert (kept.name, kept.reports) == ("Báo cáo tháng", ("ii-06a", "monthly"))
    (stands,) = standing.listed(desk)
    assert (stands.report_set, stands.state, stands.due) == (
        kept,
        State.RUNNING,
        date(2026, 12, 5),
    )
    become(desk, "dung")
    changed = sets.change(desk, kept.number, new_set(receiver="Văn phòng UBND thành phố"))
    assert (changed.receiver, changed.since) == ("Văn phòng UBND thành phố", kept.since)
    assert sets.remove(desk, kept.number).name == "Báo cáo tháng"
    assert standing.listed(desk) == ()
    with pytest.raises(Refused) as refused:
        sets.remove(desk, kept.number)
    assert refused.value.code == "unknown-report-set"
    assert upkeep.verify_ledger(desk).problems == ()


def test_other_days_begin_today_so_that_nothing_is_overdue_at_once(
    december: Desk, clock: TableClock
) -> None:
    desk = december
    become(desk, "chi")
    clock.now += timedelta(days=20)
    quarterly = Schedule(Every.QUARTER, LAST_DAY, 10)
    sets.change(desk, 1, new_set(schedule=quarterly))
    (stands,) = standing.listed(desk)
    assert (stands.period.words, stands.state) == ("quý IV/2026", State.RUNNING)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": " "}, "report-set-name"),
        ({"receiver": ""}, "report-set-name"),
        ({"name": "x" * 121}, "text-long"),
        ({"name": "Báo cáo 李"}, "not-printable"),
        ({"reports": ()}, "report-set-reports"),
        ({"reports": ("due",)}, "report-set-reports"),  # of today, whatever period is asked for
        ({"reports": ("ii-06a", "nothing")}, "report-set-reports"),
        ({"schedule": Schedule(Every.MONTH, 0, 5)}, "report-set-day"),
        ({"schedule": Schedule(Every.MONTH, 31, 32)}, "report-set-day"),
        ({"name": "BÁO CÁO THANG"}, "report-set-known"),
    ],
)
def test_a_set_that_cannot_be_is_refused(desk: Desk, change: dict[str, object], code: str) -> None:
    become(desk, "chi")
    sets.add(desk, new_set())
    with pytest.raises(Refused) as refused:
        sets.add(desk, new_set(**change))
    assert refused.value.code == code
    assert len(standing.listed(desk)) == 1


# --- bundles --------------------------------------------------------------------------------------


def test_a_bundle_has_every_report_and_the_draft_of_the_letter(december: Desk, out: Path) -> None:
    desk, target = december, out / "thang-11.zip"
    bundle = bundles.make(desk, 1, target)
    assert (bundle.first, bundle.last) == NOVEMBER
    assert bundle.sha256 == hashlib.sha256(target.read_bytes()).hexdigest()
    with ZipFile(target) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    assert list(files) == [
        *(bundles.LETTER, "01-ii-06a.pdf", "01-ii-06a.xlsx"),
        *("02-monthly.pdf", "02-monthly.xlsx"),
    ]
    made = reports.make(desk, "ii-06a", Asked(*NOVEMBER))
    assert files["01-ii-06a.pdf"] == exports.report_pdf(desk, made)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(files["01-ii-06a.xlsx"]))
    assert sheet.sheet_names[1] == "Hồ sơ"
    assert [one.state for one in standing.listed(desk)] == [State.MADE]
    assert upkeep.verify_ledger(desk).problems == ()


def test_the_letter_says_to_whom_what_and_that_it_is_a_draft(december: Desk, out: Path) -> None:
    bundles.make(december, 1, out / "a.zip")
    with ZipFile(out / "a.zip") as packed:
        said = text_of(packed.read(bundles.LETTER))
    settings = december.settings
    for words in (
        settings["unit_name"].upper(),
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: ……/……",
        f"{settings['place']}, ngày …… tháng …… năm ………",
        "(DỰ THẢO)",
        "Kính gửi: Sở Nội vụ.",
        "V/v báo cáo kết quả giải quyết thủ tục hành chính tháng 11/2026",
        "từ ngày 01/11/2026 đến hết ngày 30/11/2026",
        "1. Biểu số II.06a/VPCP/KSTT: Tình hình, kết quả giải quyết thủ tục hành chính.",
        f"2. {makers.MAKERS['monthly'].title}.",
        "Nơi nhận:",
    ):
        assert squeezed(words) in said, words


def test_into_a_folder_by_its_usual_name_in_vietnamese_whatever_the_window_speaks(
    december: Desk, out: Path
) -> None:
    use("en")
    try:
        bundle = bundles.make(december, 1, out)
    finally:
        use(SOURCE)
    assert bundle.file == "bao-cao-thang-2026-11.zip"
    with ZipFile(out / bundle.file) as packed:
        assert squeezed("tháng 11/2026") in text_of(packed.read(bundles.LETTER))


def test_a_frozen_month_goes_as_it_was_frozen(december: Desk, clock: TableClock, out: Path) -> None:
    desk = december
    become(desk, "chi")
    months.freeze(desk, NOVEMBER[0])
    frozen = exports.report_pdf(desk, reports.make(desk, "ii-06a", Asked(*NOVEMBER)))
    become(desk, "an")
    late = make_intake(limit="20 ngày làm việc", received=datetime(2026, 11, 30, 10, 0))
    intake.accept_dossier(desk, late)
    clock.now += timedelta(days=1)
    bundles.make(desk, 1, out / "a.zip")
    with ZipFile(out / "a.zip") as packed:
        assert packed.read("01-ii-06a.pdf") == frozen
        assert squeezed("(số liệu đã chốt)") in text_of(packed.read(bundles.LETTER))


def test_names_of_citizens_leave_with_a_reason_alone(december: Desk, out: Path) -> None:
    desk = december
    become(desk, "chi")
    sets.add(desk, new_set(name="Có tên", reports=("register", "ii-06a")))
    assert bundles.to_make(desk, 2).needs_reason
    with pytest.raises(Refused) as refused:
        bundles.make(desk, 2, out / "a.zip")
    assert refused.value.code == "reason-missing"
    become(desk, "an")
    with pytest.raises(Refused) as refused:
        bundles.make(desk, 2, out / "a.zip", reason=WHY)
    assert refused.value.code == "role"
    assert not (out / "a.zip").exists()
    become(desk, "chi")
    bundle = bundles.make(desk, 2, out / "a.zip", reason=WHY)
    (line,) = leaving.export_log(desk, bundle.made.date(), bundle.made.date())
    assert (line.file, line.reason, line.sha256) == ("a.zip", WHY, bundle.sha256)
    assert line.lines == 2


def test_the_reports_that_need_a_reason_are_those_with_names_of_citizens(december: Desk) -> None:
    become(december, "chi")
    made = reports.make_together(december, makers.MAKERS, Asked(*NOVEMBER))
    assert {name for name, one in made.items() if one.is_personal} == makers.OF_CITIZENS


def test_a_period_that_runs_on_is_not_made(desk: Desk, out: Path) -> None:
    become(desk, "chi")
    sets.add(desk, new_set())
    for month in (None, date(2026, 11, 1), date(2027, 3, 1)):
        with pytest.raises(Refused) as refused:
            bundles.make(desk, 1, out, month)
        assert refused.value.code == "period-not-over"
    october = bundles.make(desk, 1, out, date(2026, 10, 1))
    assert (october.first, october.last) == (date(2026, 10, 1), date(2026, 10, 31))


def test_what_is_stopped_leaves_no_file_and_no_line(december: Desk, out: Path) -> None:
    work = LongWork()
    work.stop()
    with pytest.raises(Stopped):
        bundles.make(december, 1, out / "a.zip", work=work)
    assert not list(out.glob("*.zip"))
    assert standing.history(december) == ()


def test_no_bundle_onto_data(december: Desk) -> None:
    for target in (december.folder / "a.zip", december.folder / "desk.db", december.folder):
        with pytest.raises(Refused) as refused:
            bundles.make(december, 1, target)
        assert refused.value.code == "output-target"
    assert standing.history(december) == ()


# --- sent -----------------------------------------------------------------------------------------


def test_what_was_sent_when_is_kept_and_the_next_month_is_asked_for(
    december: Desk, clock: TableClock, out: Path
) -> None:
    desk, today = december, date(2026, 12, 2)
    with pytest.raises(Refused) as refused:
        bundles.mark_sent(desk, 1, today, "Trục liên thông")
    assert refused.value.code == "no-bundle"
    bundles.make(desk, 1, out / "a.zip")
    clock.now += timedelta(hours=1)
    bundles.make(desk, 1, out / "b.zip")
    for on, how, code in (
        (today - timedelta(days=1), "Thư", "sent-day"),
        (today + timedelta(days=1), "Thư", "sent-day"),
        (today, " ", "sent-how"),
        (today, "x" * 201, "text-long"),
    ):
        with pytest.raises(Refused) as refused:
            bundles.mark_sent(desk, 1, on, how)
        assert refused.value.code == code
    sent = bundles.mark_sent(desk, 1, today, "Trục liên thông")
    assert (sent.file, sent.sent, sent.how) == ("b.zip", today, "Trục liên thông")
    (stands,) = standing.listed(desk)
    assert (stands.period.words, stands.state) == ("tháng 12/2026", State.RUNNING)
    assert stands.last_sent == sent
    with pytest.raises(Refused) as refused:
        bundles.mark_sent(desk, 1, today, "Thư", NOVEMBER[0])
    assert refused.value.code == "bundle-sent"
    second, first = standing.history(desk)
    an = "Nguyễn Thị Hoài An"
    assert (second.bundle, second.made_by, second.sent_by) == (sent, an, an)
    assert (first.bundle.file, first.bundle.sent, first.sent_by) == ("a.zip", None, "")
    become(desk, "chi")
    sets.remove(desk, 1)
    assert len(standing.history(desk, 1)) == 2
    assert upkeep.verify_ledger(desk).problems == ()


def test_the_day_board_and_the_morning_sheet_call_it_to_mind(
    december: Desk, clock: TableClock, out: Path
) -> None:
    """From three working days before on; not to those who may not send it, and not once it went."""
    desk = december
    clock.now = datetime(2026, 12, 1, 9, 0)  # Tuesday; the fifth is a Saturday
    assert morning.morning(desk).to_send == ""
    clock.now = datetime(2026, 12, 2, 9, 0)
    said = morning.morning(desk).to_send
    assert said == (
        "Báo cáo phải gửi (Ctrl+F8, Alt+G): Báo cáo tháng, tháng 11/2026, trước hết ngày 05/12."
    )
    become(desk, "chi")
    assert squeezed("Gửi định kỳ: Báo cáo phải gửi") in text_of(
        morning_sheet.sheet_drawing(desk).pdf()
    )
    become(desk, "binh")
    assert standing.due_words(desk) == ""
    become(desk, "an")
    clock.now = datetime(2026, 12, 7, 9, 0)
    assert "tháng 11/2026, quá hạn từ 05/12." in standing.due_words(desk)
    bundles.make(desk, 1, out / "a.zip")
    bundles.mark_sent(desk, 1, date(2026, 12, 7), "Bản giấy")
    assert standing.due_words(desk) == ""


def test_many_pressing_sets_take_one_line(desk: Desk, clock: TableClock) -> None:
    become(desk, "chi")
    for number in range(5):
        sets.add(desk, new_set(name=f"Bộ {number}"))
    clock.now = datetime(2026, 12, 4, 9, 0)
    assert standing.due_words(desk).count("tháng 11/2026") == 3
    assert standing.due_words(desk).endswith("; ….")


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE report_sets SET due_day = 30", "bộ báo cáo gửi định kỳ"),
        ("UPDATE report_bundles SET sent = '2026-12-01'", "Sổ bộ báo cáo đã lập"),
        ("DELETE FROM report_bundles", "Sổ bộ báo cáo đã lập"),
    ],
)
def test_what_is_changed_behind_the_ledger_is_seen(
    december: Desk, out: Path, statement: str, words: str
) -> None:
    bundles.make(december, 1, out / "a.zip")
    forge(december, statement)
    assert any(words in problem for problem in upkeep.verify_recent(december).problems)
