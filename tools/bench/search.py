"""Searching while typing: one pause in the search field, against a bare fetch of its rows."""

import gc
import sqlite3
from collections.abc import Iterator

from cchc_desk.actions.dossiers import progress
from cchc_desk.domain.text.vietnamese import fold
from cchc_desk.store.dossiers import search
from cchc_desk.store.engine.dialects.words import Fts5Words
from tools.bench import measure, ward
from tools.bench.measure import Result

DOSSIERS = 200_000
MOST = 200
QUERIES = ("ng", "nguyen", "nguyễn thị", "dao", "tran van", "0912", "le thi kim o", "2611")
_BARE = f"""
SELECT d.*, a.*, o.name,
       (SELECT count(*) FROM letters l WHERE l.dossier = d.n AND l.delivered IS NOT NULL)
FROM dossier_search s JOIN dossiers d ON d.n = s.rowid JOIN applicants a ON a.dossier = d.n
JOIN officials o ON o.id = d.holder
WHERE s.dossier_search MATCH ? ORDER BY s.rowid DESC LIMIT {MOST}
"""


def results() -> Iterator[Result]:
    """Eight queries, one after the other, over the same index and file."""
    desk = ward.open_ward(ward.large_ward(DOSSIERS))
    bare = sqlite3.connect(desk.database.file)
    asked = [search.match(Fts5Words(), "folded", fold(query).split()) for query in QUERIES]

    def ours() -> None:
        for query in QUERIES:
            progress.find_dossiers(desk, query, limit=MOST)

    def floor() -> None:
        for query in asked:
            bare.execute(_BARE, (query,)).fetchall()

    gc.freeze()
    pairs = measure.in_turn(measure.timed(ours), measure.timed(floor), rounds=30)
    yield Result("search over 200,000 dossiers ÷ bare fetch of the same rows", 1.1, pairs)
    bare.close()
    desk.close()


if __name__ == "__main__":
    measure.write(results())
