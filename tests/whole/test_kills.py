"""The campaign in small (docs/reliability.md): kills while typing and in a day's work, torn logs,
flipped bytes; each over plain files and over encrypted ones.
"""

import random
from pathlib import Path

import pytest

from cchc_desk.store.engine import encryption
from tools.campaign.cuts import cut_again_and_again
from tools.campaign.day_kills import kill_days
from tools.campaign.flips import flip_bytes
from tools.campaign.kills import Reports, check_draft, kill_again_and_again
from tools.campaign.ward import Lost, Place, make_place, make_ward


@pytest.fixture(params=["plain", "encrypted"])
def clean(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    encrypted = request.param == "encrypted"
    if encrypted and not encryption.available():
        pytest.skip("no SQLCipher in this installation")
    return make_place(tmp_path / "clean", encrypted=encrypted)


@pytest.mark.sweep
def test_three_kills_lose_no_dossier_no_code_and_at_most_a_second_of_typing(
    tmp_path: Path, qapp: object
) -> None:
    ward = make_ward(tmp_path / "ward")
    assert kill_again_and_again(ward, 3, random.Random(2307)) > 0


@pytest.mark.sweep
def test_kills_in_a_day_lose_nothing_that_was_acknowledged(clean: Place) -> None:
    acts = ("accept", "copy", "restore", "upgrade", "take")
    counts = kill_days(clean, len(acts), random.Random(2307), acts)
    assert counts.hit.total() == len(acts)


@pytest.mark.sweep
def test_what_a_torn_log_or_a_flipped_byte_took_is_told_and_the_work_goes_on(clean: Place) -> None:
    assert cut_again_and_again(clean, 2, random.Random(2307)).total() == 2
    assert flip_bytes(clean, 2, random.Random(2307)).total() == 2


def test_a_lost_draft_would_be_noticed() -> None:
    told = Reports(((10.0, "Nguyễn"), (12.0, "Nguyễn Văn"), (12.1, "Nguyễn Văn A")), (), 12.2)
    check_draft("Nguyễn Văn", told)
    with pytest.raises(Lost, match="typing lost"):
        check_draft("Ngu", told)
