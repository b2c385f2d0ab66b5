"""The one next step: state by role by clock."""

from dataclasses import replace
from datetime import datetime

import pytest

from cchc_desk.actions.dossiers.allowed import DOSSIER_ACTS
from cchc_desk.actions.dossiers.next_step import BESIDE, next_step
from cchc_desk.domain.dossiers.dossier import (
    Dossier,
    How,
    Letter,
    LetterState,
    Promise,
    Status,
)
from cchc_desk.domain.law.procedure import Channel
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.domain.time.deadlines import LimitUnit, TimeLimit
from cchc_desk.domain.time.pauses import Pause, PauseKind

CLERK = Official("an", "Nguyễn Thị Hoài An", Role.CLERK)
PROCESSOR = Official("binh", "Trần Quốc Bình", Role.PROCESSOR)
LEADER = Official("chi", "Lê Mai Chi", Role.LEADER)
ADMINISTRATOR = Official("quantri", "Đỗ Văn Dũng", Role.ADMINISTRATOR)


def at(text: str) -> datetime:
    return datetime.strptime(f"2026-11-{text}", "%Y-%m-%d %H:%M")


def promise(ordinal: int, made: str, due: str) -> Promise:
    return Promise(ordinal, at(made), at(due), False, "2026")


NEW = Dossier(
    id="1",
    code="H13.999-261123-0004",
    status=Status.RECEIVED,
    procedure_code="1.001193",
    procedure_name="Thủ tục đăng ký khai sinh",
    field="Hộ tịch",
    procedure_version="1",
    regime="766",
    limit=TimeLimit(LimitUnit.WORKING_DAYS, 2),
    channel=Channel.DIRECT,
    sets=1,
    note="",
    accepted=at("23 08:00"),
    entered=at("23 08:00"),
    accepted_by="an",
    holder="an",
    fee="",
    applicant=Applicant(ApplicantKind.PERSON, "Nguyễn Thị Ánh Đào"),
    submitter=None,
    papers=(),
    promises=(promise(1, "23 08:00", "25 10:00"),),
)
SAME_DAY = replace(NEW, limit=TimeLimit(LimitUnit.WITHIN_DAY, 0))
HELD = replace(NEW, status=Status.PROCESSING, holder="binh")
ASKED = replace(
    HELD,
    status=Status.SUPPLEMENT,
    pauses=(Pause(1, PauseKind.SUPPLEMENT, at("24 08:00"), None, "Thiếu", True),),
)
TOLD = replace(ASKED, pauses=(replace(ASKED.pauses[0], told=at("24 09:00"), told_how="phone"),))
OPINION = replace(
    HELD, pauses=(Pause(1, PauseKind.OPINION, at("24 08:00"), None, "Hỏi công an", True),)
)
OBLIGED = replace(
    HELD,
    status=Status.OBLIGATION,
    pauses=(Pause(1, PauseKind.OBLIGATION, at("24 08:00"), None, "Lệ phí", True),),
)
LETTER = Letter(
    "l1", NEW.code, 1, LetterState.DRAFTED, "volume", "Đông", at("27 10:00"), None, None,
    at("26 08:00"), "an",
)  # fmt: skip
DRAFTED = replace(HELD, letters=(LETTER,))
SIGNED = replace(
    HELD,
    letters=(replace(LETTER, state=LetterState.SIGNED, signed=at("26 09:00"), signed_by="chi"),),
    promises=(*HELD.promises, promise(2, "26 09:00", "27 10:00")),
)
DELIVERED = replace(
    SIGNED,
    letters=(replace(SIGNED.letters[0], state=LetterState.DELIVERED, delivered_how=How.COUNTER),),
)
READY = replace(HELD, status=Status.READY, ready=at("24 10:00"))
RETURNED = replace(READY, status=Status.RETURNED, returned=at("24 15:00"))
OWED = replace(RETURNED, ready=at("27 10:00"), returned=at("27 15:00"))
STOPPED = replace(HELD, status=Status.STOPPED, ended=at("24 10:00"))


@pytest.mark.parametrize(
    ("dossier", "who", "now", "first"),
    [
        (NEW, CLERK, "23 08:05", "hand-over"),
        (NEW, PROCESSOR, "23 08:05", "ready"),
        (SAME_DAY, CLERK, "23 08:05", "ready"),
        (HELD, PROCESSOR, "24 08:00", "ready"),
        (HELD, CLERK, "24 08:00", "message"),
        (HELD, ADMINISTRATOR, "24 08:00", "message"),
        (HELD, CLERK, "26 08:00", "apologise"),
        (HELD, PROCESSOR, "26 08:00", "apologise"),
        (ASKED, CLERK, "24 08:30", "tell"),
        (TOLD, CLERK, "24 09:30", "supplement"),
        (TOLD, PROCESSOR, "24 09:30", "supplement"),
        (OPINION, PROCESSOR, "24 09:30", "resume"),
        (OBLIGED, CLERK, "24 09:30", "pay"),
        (DRAFTED, CLERK, "26 09:00", "message"),
        (DRAFTED, PROCESSOR, "26 09:00", "ready"),
        (DRAFTED, LEADER, "26 09:00", "sign"),
        (SIGNED, CLERK, "26 09:30", "deliver"),
        (SIGNED, LEADER, "26 09:30", "deliver"),
        (DELIVERED, PROCESSOR, "26 10:00", "ready"),
        (DELIVERED, CLERK, "28 10:00", "hand-over"),
        (DELIVERED, PROCESSOR, "28 10:00", "hand-over"),
        (DELIVERED, LEADER, "28 10:00", "apologise"),
        (READY, CLERK, "24 11:00", "return"),
        (READY, LEADER, "24 11:00", "return"),
        (READY, PROCESSOR, "24 11:00", "hand-over"),
        (RETURNED, CLERK, "24 16:00", "print-return"),
        (RETURNED, ADMINISTRATOR, "24 16:00", "message"),
        (OWED, CLERK, "27 16:00", "apologise"),
        (STOPPED, CLERK, "24 16:00", "print-history"),
    ],
)
def test_the_next_step_by_state_role_and_clock(
    dossier: Dossier, who: Official, now: str, first: str
) -> None:
    assert next_step(dossier, who, at(now)).first == first


def test_a_notice_that_is_owed_today_comes_before_the_work() -> None:
    assert next_step(HELD, PROCESSOR, at("24 08:00"), must_warn=True).first == "notify"


@pytest.mark.parametrize("who", [CLERK, PROCESSOR, LEADER, ADMINISTRATOR, None])
@pytest.mark.parametrize(
    "dossier",
    [NEW, SAME_DAY, HELD, ASKED, TOLD, OPINION, OBLIGED, DRAFTED, SIGNED, READY, OWED, STOPPED],
)
def test_only_what_is_allowed_now_is_offered_and_nothing_twice(
    dossier: Dossier, who: Official | None
) -> None:
    acts = {act.name: act for act in DOSSIER_ACTS}
    for now in ("24 10:30", "26 10:00", "28 10:00"):
        step = next_step(dossier, who, at(now))
        named = [name for name in (step.first, *step.beside) if name]
        assert len(set(named)) == len(named)
        assert len(step.beside) <= BESIDE
        assert all(acts[name].why_not(who, dossier, at(now)) is None for name in named)
