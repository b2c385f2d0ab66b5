"""Verbs of the calendar: show a year, enter one from a table, preview its moves, confirm it."""

from pathlib import Path

from cchc_desk.console.runtime import Answer, NewVerb, Options, opened, year


def add(verb: NewVerb) -> None:
    """Add these verbs to the command line."""
    shown = verb("calendar", _calendar, "lịch làm việc của một năm")
    shown.add_argument("--year", type=year)
    entered = verb("calendar-enter", _enter, "nhập lịch một năm từ bảng CSV", file={"type": Path})
    entered.add_argument("--year", type=year, required=True)
    entered.add_argument("--document", required=True, help="văn bản quy định")
    verb("calendar-moves", _moves, "lời hẹn sẽ đổi nếu xác nhận lịch", id={})
    confirmed = verb("calendar-confirm", _confirm, "người thứ hai xác nhận lịch", id={})
    confirmed.add_argument(
        "--keep", action="append", default=[], help="hồ sơ giữ nguyên ngày hẹn (ghi được nhiều lần)"
    )


def _calendar(options: Options) -> Answer:
    from cchc_desk.actions.office import office_calendar
    from cchc_desk.console import shapes

    with opened(options) as desk:
        year = options.year or desk.now().year
        days = office_calendar.year_in_force(desk, year)
        entered = [table for table in office_calendar.entered_years(desk) if table.year == year]
        confirmed = year in desk.calendar.confirmed_years
    return {
        "year": year,
        "confirmed": confirmed,
        "days": [shapes.special_day(day) for day in days],
        "entered": [shapes.calendar_year(table) for table in entered],
    }


def _enter(options: Options) -> Answer:
    from cchc_desk.actions.office import office_calendar
    from cchc_desk.console import shapes

    with opened(options) as desk:
        days = office_calendar.read_csv(office_calendar.text_of(options.file))
        return shapes.calendar_year(
            office_calendar.enter_year(desk, options.year, options.document, days)
        )


def _moves(options: Options) -> Answer:
    from cchc_desk.actions.office import office_calendar
    from cchc_desk.console import shapes

    with opened(options) as desk:
        moves = office_calendar.moves_of(desk, options.id)
    return {"id": options.id, "moves": [shapes.move(move) for move in moves]}


def _confirm(options: Options) -> Answer:
    from cchc_desk.actions.office import office_calendar
    from cchc_desk.console import shapes

    with opened(options) as desk:
        moved = office_calendar.confirm_year(desk, options.id, options.keep)
    return {"id": options.id, "confirmed": True, "moved": [shapes.move(move) for move in moved]}
