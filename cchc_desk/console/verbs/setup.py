"""Verbs about the desk itself: practice ward, set-up, catalogue, cards, checks and backups."""

from contextlib import closing
from datetime import datetime
from pathlib import Path

from cchc_desk import paths
from cchc_desk.console.runtime import (
    Answer,
    NewVerb,
    Options,
    Usage,
    count,
    folder_of,
    moment,
    opened,
    read,
    real_clock_only,
)


def add(verb: NewVerb) -> None:
    """Add these verbs to the command line."""
    practice = verb("practice", _practice, "dựng phường tập huấn")
    practice.add_argument("--dossiers", type=count, default=60)
    practice.add_argument("--seed", type=int, default=1)
    verb("setup", _setup, "thiết lập quầy từ tệp", file={})
    deadline = verb("deadline", _deadline, "tính hạn trả")
    deadline.add_argument("--accepted", type=moment, required=True)
    deadline.add_argument("--limit", required=True)
    verb("card", _card, "đọc mã QR của thẻ căn cước", text={})
    verb("procedures", _procedures, "tìm thủ tục", query={"nargs": "?", "default": ""})
    process = verb("process", _process, "quy trình nội bộ của thủ tục", procedure={})
    process.add_argument("--file", help="tệp các bước mới")
    verify = verb("verify", _verify, "kiểm tra sổ cái và dữ kiện")
    verify.add_argument("--head", default="", help="đầu sổ cái in trên phiếu buổi sáng")
    how = verify.add_mutually_exclusive_group()
    how.add_argument(
        "--full", action="store_true", help="mọi mục, mọi dấu niêm (không ghi cũng vậy)"
    )
    how.add_argument(
        "--recent", action="store_true", help="kiểm tra hằng ngày: từ lần kiểm tra toàn bộ gần nhất"
    )
    verb("anonymise", _anonymise, "ẩn danh hồ sơ đã hết thời hạn lưu", code={}).add_argument(
        "--reason", required=True
    )
    verb("check", _check, "kiểm tra tệp dữ liệu")
    backup = verb("backup", _backup, "sao lưu dữ liệu")
    backup.add_argument("--out", type=Path)


def _practice(options: Options) -> Answer:
    from cchc_desk.actions.office import accounts
    from cchc_desk.actions.training import practice

    now = options.now or datetime.now()
    folder = options.data or paths.practice_folder()
    desk = practice.make_practice_ward(folder, options.dossiers, options.seed, lambda: now)
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
    from cchc_desk.actions.office import accounts
    from cchc_desk.console import shapes

    real_clock_only(options)
    with closing(
        accounts.set_up(folder_of(options), shapes.setup_plan(read(options.file)))
    ) as desk:
        return {"unit": desk.settings["unit_code"]}


def _deadline(options: Options) -> Answer:
    from cchc_desk.actions.office import accounts, catalogue
    from cchc_desk.console import shapes

    if accounts.desk_exists(folder_of(options)):
        with opened(options) as desk:
            due = catalogue.deadline(desk, options.accepted, options.limit)
    else:
        real_clock_only(options)
        due = catalogue.shipped_deadline(options.accepted, options.limit)
    return {"due": due.moment, "provisional": due.provisional, "walk": shapes.walk(due.walk)}


def _card(options: Options) -> Answer:
    from cchc_desk.console import shapes
    from cchc_desk.domain.people.identity_card import read_card

    return shapes.card(read_card(options.text))


def _procedures(options: Options) -> Answer:
    from cchc_desk.actions.office import accounts, catalogue
    from cchc_desk.console import shapes

    if accounts.desk_exists(folder_of(options)):
        with opened(options) as desk:
            versions = catalogue.find_procedures(desk, options.query)
    else:
        real_clock_only(options)
        versions = catalogue.find_in_starter(options.query)
    return {"procedures": [shapes.procedure(version) for version in versions]}


def _verify(options: Options) -> Answer:
    from cchc_desk.actions.office import upkeep
    from cchc_desk.console import progress

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
    }
    if options.recent:
        anchor = answer.anchor
        found["anchor"] = {"entry": anchor.seq, "at": anchor.at} if anchor else None
    return found


def _anonymise(options: Options) -> Answer:
    from cchc_desk.actions.dossiers import anonymise

    with opened(options) as desk:
        dossier = anonymise.anonymise(desk, options.code, options.reason)
    return {"code": dossier.code, "name": dossier.applicant.name}


def _check(options: Options) -> Answer:
    from cchc_desk.actions.office import repair

    with opened(options) as desk:
        health = repair.check_and_rebuild(desk)
    answer: Answer = {
        "ok": not health.problems and not health.damaged,
        "problems": list(health.problems),
    }
    more = {"rebuilt": list(health.rebuilt), "damaged": list(health.damaged)}
    return answer | {key: found for key, found in more.items() if found}


def _backup(options: Options) -> Answer:
    from cchc_desk.actions.office import upkeep

    with opened(options) as desk:
        return {"file": str(upkeep.backup(desk, options.out)), "ok": True, "problems": []}


def _process(options: Options) -> Answer:
    from cchc_desk.actions.office import process
    from cchc_desk.console import shapes

    with opened(options) as desk:
        if options.file:
            steps = process.set_process(
                desk, options.procedure, shapes.process_steps(read(options.file))
            )
        else:
            steps = process.process_of(desk, options.procedure)
    return {"procedure": options.procedure, "steps": [vars(step) for step in steps]}
