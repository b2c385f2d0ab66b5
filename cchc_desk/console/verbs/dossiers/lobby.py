"""The verb `lobby`: the board of the waiting room as a page for the browser of a TV."""

from pathlib import Path

from cchc_desk.console.runtime import Answer, NewVerb, Options, opened


def add(verb: NewVerb) -> None:
    """Add this verb to the command line."""
    lobby = verb("lobby", _lobby, "bảng sảnh cho TV, trang HTML tự làm mới, không có tên ai")
    lobby.add_argument("--out", type=Path, required=True)


def _lobby(options: Options) -> Answer:
    from cchc_desk.actions.boards import lobby

    with opened(options) as desk:
        written = lobby.write_board(desk, options.out)
    return {"file": str(written.file), "lines": written.lines}
