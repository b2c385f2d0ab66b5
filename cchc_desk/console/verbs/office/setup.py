"""Verbs about the desk itself: practice ward, set-up, catalogue, cards, and checks."""

from contextlib import closing

from cchc_desk import paths
from cchc_desk.console.runtime import (
    Answer,
    NewVerb,
    Options,
    Usage,
    clock,
    count,
    folder_of,
    moment,
    opened,
    read,
    real_clock_only,
    typed,
)
from cchc_desk.vietnam_time import vietnam_now


def add(verb: NewVerb) -> None:
    """Add these verbs to the command line."""
    practice = verb("practice", _practice, "dựng phường tập huấn")
    practice.add_argument("--dossiers", type=count, default=60)
    practice.add_argument("--seed", type=int, default=1)
    practice.add_argument("--encrypt", action="store_true", help="mã hóa tệp dữ liệu")
    verb("setup", _setup, "thiết lập quầy từ tệp", file={})
    deadline = verb("deadline", _deadline, "tính hạn trả")
    deadline.add_argument("--accepted", type=moment, required=True)
    deadline.add_argument("--limit", required=True)
    verb("card", _card, "đọc mã QR của thẻ căn cước", text={})
    verb("procedures", _procedures, "tìm thủ tục", query={"nargs": "?", "default": ""})
    process = verb("process", _process, "quy trình nội bộ của thủ tục", procedure={})
    process.add_argument("--file", help="tệp các bước mới")
    verify = verb("verify", _verify, "kiểm tra sổ cái và dữ kiện")
    verify.add_argument(
        "--head", default="", help="đầu sổ cái in trên phiếu buổi sáng, trên giấy hẹn"
    )
    how = verify.add_mutually_exclusive_group()
    how.add_argument(
        "--full", action="store_true", help="mọi mục, mọi dấu niêm (không ghi cũng vậy)"
    )
    how.add_argument(
        "--recent", action="store_true", help="kiểm tra hằng ngày: từ lần kiểm tra toàn bộ gần nhất"
    )
    state = verb("state", _state, "dữ liệu có khớp với dấu giữ ngoài tệp không")
    state.add_argument("--confirm", metavar="LÝ DO", help="đã xem: làm tiếp với dữ liệu đang có")
    machine = verb("machine", _machine, "quầy chuyển sang máy này, hay máy này là quầy mới")
    choice = machine.add_mutually_exclusive_group()
    choice.add_argument("--moved", action="store_true", help="quầy đã chuyển sang máy này")
    choice.add_argument("--own", action="store_true", help="máy này là một quầy mới")
    machine.add_argument("--block", nargs=2, type=count, metavar="SỐ", help="dải số hồ sơ")
    machine.add_argument("--letters", nargs=2, type=count, metavar="SỐ", help="dải số thư xin lỗi")
    verb("anonymise", _anonymise, "ẩn danh hồ sơ đã hết thời hạn lưu", code={}).add_argument(
        "--reason", required=True
    )
    verb("renew-copies", _renew_copies, "thay các bản sao còn giữ người đã ẩn danh", code={})
    verb("check", _check, "kiểm tra tệp dữ liệu")
    of_clock = verb("clock", _clock, "giờ của quầy: xem, xác nhận, chỉnh")
    looked_at = of_clock.add_mutually_exclusive_group()
    looked_at.add_argument("--set", dest="to", type=clock, help="giờ đúng bây giờ")
    looked_at.add_argument("--confirm", action="store_true", help="giờ đang đúng")


def _practice(options: Options) -> Answer:
    from cchc_desk.actions.people import accounts
    from cchc_desk.actions.training import practice

    now = options.now or vietnam_now()
    folder = options.data or paths.practice_folder()
    desk = practice.make_practice_ward(
        folder, options.dossiers, options.seed, lambda: now, encrypt=options.encrypt
    )
    with closing(desk):
        officials = accounts.list_officials(desk)
        return {
            "unit": desk.settings["unit_code"],
            "officials": [
                {"id": official.id, "name": official.name, "role": official.role.value}
                for official in officials
            ],
            "dossiers": options.dossiers,
        }


def _setup(options: Options) -> Answer:
    from cchc_desk.actions.data import new_desk
    from cchc_desk.console import json_files

    real_clock_only(options)
    with closing(
        new_desk.set_up(folder_of(options), json_files.setup_plan(read(options.file)))
    ) as desk:
        return {"unit": desk.settings["unit_code"]}


def _deadline(options: Options) -> Answer:
    from cchc_desk.actions.catalogue import catalogue
    from cchc_desk.actions.data import opening
    from cchc_desk.console import shapes

    if opening.desk_exists(folder_of(options)):
        with opened(options) as desk:
            due = catalogue.deadline(desk, options.accepted, options.limit)
    else:
        real_clock_only(options)
        due = catalogue.shipped_deadline(options.accepted, options.limit)
    return {"due": due.moment, "provisional": due.provisional, "walk": shapes.walk(due.walk)}


def _card(options: Options) -> Answer:
    from cchc_desk.actions.intake.intake import card_of
    from cchc_desk.console import shapes

    return shapes.card(card_of(typed(options.text)))


def _procedures(options: Options) -> Answer:
    from cchc_desk.actions.catalogue import catalogue
    from cchc_desk.actions.data import opening
    from cchc_desk.console import shapes

    if opening.desk_exists(folder_of(options)):
        with opened(options) as desk:
            versions = catalogue.find_procedures(desk, options.query)
    else:
        real_clock_only(options)
        versions = catalogue.find_in_starter(options.query)
    return {"procedures": [shapes.procedure(version) for version in versions]}


def _verify(options: Options) -> Answer:
    from cchc_desk.actions.data import doubts, upkeep
    from cchc_desk.console import progress, shapes

    if options.recent and options.head:
        raise Usage("--head cần kiểm tra toàn bộ: bỏ --recent.")
    with opened(options) as desk, progress.shown("Kiểm tra sổ cái") as work:
        answer = (
            upkeep.verify_recent(desk, work)
            if options.recent
            else upkeep.verify_ledger(desk, options.head, work)
        )
    found: Answer = {
        "ok": answer.ok,
        "problems": list(answer.problems),
        "entries": answer.entries,
        "head": answer.head,
        "compared": [shapes.compared(place) for place in answer.compared],
        "note": doubts.words_of(answer.compared),
    }
    if options.recent:
        anchor = answer.anchor
        found["anchor"] = {"entry": anchor.seq, "at": anchor.at} if anchor else None
    return found


def _state(options: Options) -> Answer:
    from cchc_desk.actions.data import doubts

    with opened(options) as desk:
        if options.confirm is not None:
            doubts.confirm_state(desk, options.confirm)
        doubt = desk.doubt
    return {
        "ok": doubt is None,
        "doubt": doubt.kind.value if doubt else None,
        "message": doubts.doubt_words(doubt) if doubt else "",
    }


def _machine(options: Options) -> Answer:
    from cchc_desk.actions.data import machines

    hold_other_to = None
    with opened(options) as desk:
        if options.moved:
            machines.moved_here(desk)
        elif options.own:
            free = machines.free_blocks(desk)
            block = options.block or (free.first, free.last)
            letters = options.letters or (free.letter_first, free.letter_last)
            hold_other_to = machines.become_own_desk(desk, machines.Blocks(*block, *letters))
        blocks = machines.blocks_of(desk)
        return {
            "ok": desk.doubt is None,
            "desk": desk.id,
            "block": [blocks.first, blocks.last],
            "letters": [blocks.letter_first, blocks.letter_last],
            "hold_other_to": hold_other_to,
        }


def _anonymise(options: Options) -> Answer:
    from cchc_desk.actions.dossiers import anonymise, forgotten_in_copies

    with opened(options) as desk:
        dossier = anonymise.anonymise(desk, options.code, options.reason)
        holding = forgotten_in_copies.copies_holding(desk, dossier.code)
    return {
        "code": dossier.code,
        "name": dossier.applicant.name,
        "copies": [
            {"file": str(copy.file), "made": copy.made, "gone_by": copy.gone_by} for copy in holding
        ],
        "about_copies": forgotten_in_copies.told(holding),
    }


def _renew_copies(options: Options) -> Answer:
    from cchc_desk.actions.dossiers import forgotten_in_copies

    with opened(options) as desk:
        deleted = forgotten_in_copies.renew_copies(desk, options.code)
    return {"deleted": [str(file) for file in deleted]}


def _check(options: Options) -> Answer:
    from cchc_desk.actions.data import repair

    with opened(options) as desk:
        health = repair.check_and_rebuild(desk)
    answer: Answer = {
        "ok": not health.problems and not health.damaged,
        "problems": list(health.problems),
    }
    more = {"rebuilt": list(health.rebuilt), "damaged": list(health.damaged)}
    return answer | {key: found for key, found in more.items() if found}


def _clock(options: Options) -> Answer:
    from cchc_desk.actions.office import clock as office_clock

    with opened(options) as desk:
        if options.to:
            state = office_clock.set_clock(desk, options.to)
        elif options.confirm:
            state = office_clock.confirm(desk)
        else:
            state = office_clock.state(desk)
    doubt = state.doubt
    return {
        "now": state.now,
        "correction_minutes": state.correction,
        "doubt": ("behind" if doubt.is_behind else "ahead") if doubt else None,
        "last": doubt.last if doubt else None,
    }


def _process(options: Options) -> Answer:
    from cchc_desk.actions.catalogue import process
    from cchc_desk.console import json_files

    with opened(options) as desk:
        if options.file:
            steps = process.set_process(
                desk, options.procedure, json_files.process_steps(read(options.file))
            )
        else:
            steps = process.process_of(desk, options.procedure)
    return {"procedure": options.procedure, "steps": [vars(step) for step in steps]}
