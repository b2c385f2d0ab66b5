"""Files of one desk side by side; what the driver says of one is said in the desk's words."""

from pathlib import Path

import pytest

from cchc_desk.errors import Trouble
from cchc_desk.store.ledger import going_back


def test_a_file_that_cannot_be_finished_is_a_trouble(tmp_path: Path) -> None:
    file = tmp_path / "desk.db"
    file.write_bytes(b"a letter to the neighbour" * 100)
    with pytest.raises(Trouble) as trouble:
        going_back.finish_file(file)
    assert trouble.value.code == "damaged"
