"""Three kills in the middle of typing and accepting, ten torn logs: the campaign in small
(docs/reliability.md).
"""

import random
from pathlib import Path

import pytest

from tools.campaign.cuts import cut_again_and_again
from tools.campaign.going_back import kill_going_back
from tools.campaign.kills import Reports, check_draft, kill_again_and_again
from tools.campaign.ward import Lost, make_ward


@pytest.mark.sweep
def test_three_kills_lose_no_dossier_no_code_and_at_most_a_second_of_typing(
    tmp_path: Path, qapp: object
) -> None:
    ward = make_ward(tmp_path / "ward")
    assert kill_again_and_again(ward, 3, random.Random(2307)) > 0


@pytest.mark.sweep
def test_kills_in_restores_and_copies_leave_a_whole_desk_and_give_no_code_twice(
    tmp_path: Path,
) -> None:
    codes, _ended = kill_going_back(make_ward(tmp_path / "ward"), 3, random.Random(2307))
    assert codes == 9


@pytest.mark.sweep
def test_ten_torn_logs_lose_no_acknowledged_dossier(tmp_path: Path) -> None:
    assert cut_again_and_again(tmp_path, 10, random.Random(2307)) >= 10


def test_a_lost_draft_would_be_noticed() -> None:
    told = Reports(((10.0, "Nguyễn"), (12.0, "Nguyễn Văn"), (12.1, "Nguyễn Văn A")), (), 12.2)
    check_draft("Nguyễn Văn", told)
    with pytest.raises(Lost, match="typing lost"):
        check_draft("Ngu", told)
