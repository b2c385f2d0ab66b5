"""Days summed before a report reads them, on a desk of many dossiers."""

from cchc_desk.domain.permissions import Permission
from cchc_desk.errors import Trouble
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import day_summaries


def sum_days(desk: Desk) -> None:
    """Sum the blocks of dossiers that have no days yet, where they are many.

    Each in a transaction of its own: nobody waits for more than one block.
    """
    desk.require(Permission.READ)
    with desk.read() as connection:
        blocks = day_summaries.blocks_to_sum(connection)
    try:
        for block in blocks:
            with desk.write() as connection:
                day_summaries.sum_block(connection, block)
    except Trouble:  # such as a full disk: what is not summed is counted dossier by dossier
        return
