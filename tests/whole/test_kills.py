"""Five kills in the middle of typing and accepting, ten torn logs: the campaign in small
(docs/reliability.md).
"""

import random
from pathlib import Path

import pytest

from tools import campaign


def test_five_kills_lose_no_dossier_no_code_and_at_most_a_second_of_typing(
    tmp_path: Path, qapp: object
) -> None:
    ward = campaign.make_ward(tmp_path / "ward")
    assert campaign.kill_again_and_again(ward, 5, random.Random(2307)) > 0


def test_ten_torn_logs_lose_no_acknowledged_dossier(tmp_path: Path) -> None:
    assert campaign.cut_again_and_again(tmp_path, 10, random.Random(2307)) >= 10


def test_a_lost_draft_would_be_noticed() -> None:
    told = campaign.Told(((10.0, "Nguyễn"), (12.0, "Nguyễn Văn"), (12.1, "Nguyễn Văn A")), (), 12.2)
    campaign.check_draft("Nguyễn Văn", told)
    with pytest.raises(campaign.Lost, match="typing lost"):
        campaign.check_draft("Ngu", told)
