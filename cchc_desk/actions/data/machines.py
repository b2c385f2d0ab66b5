"""Two machines, one desk: a copied folder is either the desk moved, or a desk of its own."""

import re
import uuid

from cchc_desk.domain.ledger.doubts import DoubtKind
from cchc_desk.domain.ledger.facts.office import MachineMoved, OwnDesk
from cchc_desk.domain.ledger.numbers import Blocks as Blocks
from cchc_desk.domain.permissions import Permission
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.settings import checked
from cchc_desk.store.city import outbox
from cchc_desk.store.office import registers

_LAST, _LAST_LETTER = 9999, 99999
_BLOCK = re.compile(r"([0-9]{1,5}) ?[-–] ?([0-9]{1,5})")


def blocks_of(desk: Desk) -> Blocks:
    """Return the blocks of this desk."""
    settings = desk.settings
    return Blocks(
        settings["block_first"],
        settings["block_last"],
        settings["letter_block_first"],
        settings["letter_block_last"],
    )


def free_blocks(desk: Desk) -> Blocks:
    """Propose blocks behind those of the desk that was copied; the upper half where it has all."""
    own = blocks_of(desk)
    first, letter = own.last + 1, own.letter_last + 1
    return Blocks(
        first if first <= _LAST else _LAST // 2 + 2,
        _LAST,
        letter if letter <= _LAST_LETTER else _LAST_LETTER // 2 + 2,
        _LAST_LETTER,
    )


def read_block(text: str, field: str) -> tuple[int, int]:
    """Read a block as typed, `501-999`. Raises Refused("block-text") with `field`."""
    match = _BLOCK.fullmatch(text.strip())
    if match is None:
        raise Refused("block-text", _("Dải số viết như 501–999."), field)
    return int(match[1]), int(match[2])


def moved_here(desk: Desk) -> None:
    """Note that the desk goes on at this machine, and nowhere else. Raises Refused("no-doubt")."""
    desk.require(Permission.CONFIRM_STATE)
    doubt = desk.doubt
    if doubt is None or doubt.kind is not DoubtKind.OTHER_MACHINE:
        raise _no_doubt()
    with desk.write() as connection:
        desk.record(connection, MachineMoved(doubt.machine, desk.machine), counted=False)
    desk.doubt = None


def become_own_desk(desk: Desk, blocks: Blocks) -> int | None:
    """Make this copy a desk of its own: another id, other numbers, the city to be asked anew.

    What was accepted until now stays readable here. Return the last number of a day to which the
    other desk is to be held by its own settings; None where its block ends before.

    Raises Refused: "no-doubt", "setting", "block-shared".
    """
    desk.require(Permission.CONFIRM_STATE)
    doubt = desk.doubt
    if doubt is None or doubt.kind is not DoubtKind.OTHER_MACHINE:
        raise _no_doubt()
    changes = {
        "block_first": checked("block_first", blocks.first),
        "block_last": checked("block_last", blocks.last),
        "letter_block_first": checked("letter_block_first", blocks.letter_first),
        "letter_block_last": checked("letter_block_last", blocks.letter_last),
    }
    before, new_id = desk.id, str(uuid.uuid4())
    with desk.write() as connection:
        own = blocks_of(desk)
        _check_blocks(desk, blocks, own)
        for key, value in (changes | {"desk_id": new_id}).items():
            registers.keep_setting(connection, key, value)
        if registers.city(connection) is not None:  # its key speaks for the other desk
            registers.drop_setting(connection, "city")
            outbox.forget_city(connection)
        desk.id = new_id
        try:
            fact = OwnDesk(before, new_id, doubt.machine, desk.machine, changes)
            desk.record(connection, fact, tables=("settings",), counted=False)
        except BaseException:
            desk.id = before
            raise
    desk.doubt = None
    return blocks.first - 1 if own.first < blocks.first <= own.last else None


def _check_blocks(desk: Desk, blocks: Blocks, own: Blocks) -> None:
    _check(blocks.first, blocks.last, own.first, own.last, _LAST, "block")
    if not desk.settings["letter_by_registrar"]:
        _check(
            blocks.letter_first,
            blocks.letter_last,
            own.letter_first,
            own.letter_last,
            _LAST_LETTER,
            "letter_block",
        )


def _check(
    first: int, last: int, other_first: int, other_last: int, highest: int, field: str
) -> None:
    """Refuse a block that meets the other desk's.

    A desk that was alone has all numbers: then the upper half is free, which it never reaches, and
    the other desk is to be held to the lower one.
    """
    alone = (other_first, other_last) == (1, highest) and first > highest // 2
    if not (first <= last and (alone or last < other_first or first > other_last)):
        raise Refused(
            "block-shared",
            _(
                "Dải số {first}–{last} trùng với dải {other_first}–{other_last} của quầy kia; hãy "
                "chọn dải khác hẳn. Nếu quầy kia dùng hết dải, hãy thu hẹp dải của quầy ấy trước."
            ).format(first=first, last=last, other_first=other_first, other_last=other_last),
            field,
        )


def _no_doubt() -> Refused:
    return Refused("no-doubt", _("Không có gì phải quyết định: máy này ghi dữ liệu lần cuối."))
