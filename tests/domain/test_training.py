"""A lesson is judged from facts alone: tasks in any order, every wrong step told, ten points less
one for each.
"""

import pytest

from cchc_desk.domain.ledger.facts import Facts as LedgerFacts
from cchc_desk.domain.ledger.facts.dossiers import HandedOver
from cchc_desk.domain.ledger.facts.pauses import Requested, ToldSupplement
from cchc_desk.domain.training import (
    Check,
    Deed,
    Facts,
    Happening,
    Lesson,
    Note,
    Rule,
    Task,
    WrongStep,
    judged,
)

CODE = "H13.999-261123-0001"
RULE = Rule("Chỉ yêu cầu bổ sung một lần.", "Nghị định 118/2025/NĐ-CP", "[I]")
LESSON = Lesson(
    number=1,
    key="supplement",
    title="Bổ sung",
    story="",
    minutes=5,
    tasks=(
        Task("Lập một phiếu đủ", "Y", RULE, Check("requested", {"items": 2})),
        Task("Báo", "Q", RULE, Check("done", {"act": "tell"})),
        Task("Bàn giao cho lãnh đạo", "B", RULE, Check("handed_to", {"role": "leader"})),
    ),
    wrong=(
        WrongStep("Thiếu nội dung.", RULE, (), Check("requested_few", {"items": 2})),
        WrongStep("Lần nữa.", RULE, ("supplement-once", "supplement-twice"), None),
    ),
    cards=(),
)


def deed(facts: LedgerFacts, code: str = CODE) -> Deed:
    return Deed("an", facts.act.value, code, facts)


def handed_to(official: str) -> Deed:
    return deed(HandedOver("binh", official, step="Thụ lý", agency="", note=""))


def asked_for(*items: str) -> Deed:
    return deed(Requested("01/HDHS", "Thiếu giấy tờ", items))


def facts(*deeds: Deed, refused: tuple[str, ...] = ()) -> Facts:
    notes = tuple(Note(Happening.REFUSED, code) for code in refused)
    return Facts(CODE, deeds, {}, notes, {"an": "clerk", "chi": "leader"})


ALL = (handed_to("chi"), deed(ToldSupplement("phone")), asked_for("a", "b"))


@pytest.mark.parametrize(
    ("deeds", "refused", "done", "said", "score"),
    [
        ((), (), (False, False, False), [], 0),
        (ALL, (), (True, True, True), [], 10),
        (ALL[:1], (), (False, False, True), [], 3),
        (
            (deed(ToldSupplement("phone"), "H13.999-261123-0002"),),
            (),
            (False, False, False),
            [],
            0,
        ),  # somebody else's dossier
        ((handed_to("an"),), (), (False, False, False), [], 0),
        ((asked_for("a"), *ALL), (), (True, True, True), ["Thiếu nội dung."], 9),
        (
            ALL,
            ("supplement-once", "limit-unreadable", "supplement-once"),
            (True, True, True),
            ["Lần nữa."] * 2,
            8,
        ),
        ((), ("supplement-once",), (False, False, False), ["Lần nữa."], 0),  # never below nothing
    ],
)
def test_tasks_wrong_steps_and_score(
    deeds: tuple[Deed, ...],
    refused: tuple[str, ...],
    done: tuple[bool, ...],
    said: list[str],
    score: int,
) -> None:
    judgement = judged(LESSON, facts(*deeds, refused=refused))
    assert (judgement.done, [one.said for one in judgement.mistakes], judgement.score) == (
        done,
        said,
        score,
    )
    assert judgement.is_complete is all(done)
    assert all(one.rule is RULE for one in judgement.mistakes)


def test_judging_again_answers_the_same() -> None:
    seen = facts(*ALL, refused=("supplement-once",))
    assert judged(LESSON, seen) == judged(LESSON, seen)
