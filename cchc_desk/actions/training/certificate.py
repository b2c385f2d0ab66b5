"""The certificate of the practice ward: the lessons one trainee has passed."""

from cchc_desk.actions.training.lessons import (
    best_of,
    how_many,
    only_in_practice,
    results,
    tidy_name,
)
from cchc_desk.domain.permissions import Permission
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, in_vietnamese
from cchc_desk.papers.certificate import Certified, certificate_pdf
from cchc_desk.papers.layout.blocks import Agency
from cchc_desk.papers.lists import ListHead
from cchc_desk.session import Desk


def certificate(desk: Desk, trainee: str = "") -> bytes:
    """Draw the certificate of one trainee, of the latest when "": lessons passed, at their best.

    Raises Refused: "practice-only", "no-lesson-done".
    """
    only_in_practice(desk)
    desk.require(Permission.READ)
    with in_vietnamese():
        all_results = results(desk)
    name = tidy_name(trainee) or (all_results[-1].trainee if all_results else "")
    own = [result for result in all_results if result.trainee == name]
    passed = [result for result in best_of(own) if result.passed]
    if not passed:
        raise Refused(
            "no-lesson-done",
            _("Chưa có bài nào làm xong để ghi giấy chứng nhận; hãy làm một bài (F11)."),
        )
    agency = Agency(desk.settings["unit_name"], desk.regime_today().desk_title)
    head = ListHead(agency, desk.settings["place"], desk.now().date(), "", desk.watermark)
    rows = [
        Certified(
            r.lesson.title, r.ended.date(), r.minutes, len(r.mistakes), r.score, r.lesson.minutes
        )
        for r in passed
    ]
    return certificate_pdf(head, name, rows, how_many())
