"""The walls between rooms (contracts of pyproject.toml) stand, and each stops a bad import."""

from copy import deepcopy
from pathlib import Path

import grimp
import pytest
from importlinter import configuration
from importlinter.api import read_configuration
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.layers import LayersContract
from importlinter.domain.contract import Contract

ROOT = Path(__file__).parents[2]
TYPES: dict[str, type[Contract]] = {"forbidden": ForbiddenContract, "layers": LayersContract}
# contract -> imports (from, to) of which each one breaks it
BAD_IMPORTS = {
    "floors: imports go down only": [
        ("cchc_desk.store.training", "cchc_desk.session"),
        ("cchc_desk.papers.charts", "cchc_desk.store.engine.tables"),
        ("cchc_desk.actions.city.pack", "ui.formatting"),
    ],
    "the core never sees Qt": [("cchc_desk.domain.chart", "PySide6")],
    "only store knows SQL, only papers know ReportLab and Word, only sheets know spreadsheets": [
        ("ui.registers.books", "sqlalchemy"),
        ("cchc_desk.actions.papers.window_papers", "reportlab"),
        ("cchc_desk.actions.reports.exports", "docx"),
        ("cchc_desk.console.verbs.dossiers.registers", "xlsxwriter"),
    ],
    "the city knows its own tables and the desks' wire form, nothing of a desk": [
        ("cchc_desk.city.figures", "cchc_desk.store.engine.database")
    ],
    "sync knows no tables, the server's libraries stay with the city": [
        ("cchc_desk.sync.wire", "starlette")
    ],
    "papers know no tables, store no layout": [("cchc_desk.papers.lists", "sqlalchemy")],
    "the rules need nothing but the standard library, and no file, no SQL": [
        ("cchc_desk.domain.table", "pathlib")
    ],
    "the window and the command line ask actions, never store, papers or sheets": [
        ("ui.city.page", "cchc_desk.store.city.outbox"),
        ("ui.help.key_card", "cchc_desk.papers.key_card"),
        ("ui.widgets.display.chart", "cchc_desk.papers.charts"),
        ("cchc_desk.console.verbs.dossiers.registers", "cchc_desk.papers.pdf"),
        ("ui.registers.page", "cchc_desk.sheets.write"),
    ],
    "the window never imports sync": [("ui.city.page", "cchc_desk.sync.wire")],
    "only papers and the preview know PDFium": [
        ("cchc_desk.actions.documents.printing", "pypdfium2"),
        ("ui.documents.printing", "pypdfium2"),
    ],
    "widgets import no page and no shell, the look imports no widget": [
        ("ui.widgets.display.chart", "ui.shell.jobs"),
        ("ui.widgets.question_panel", "ui.registers.page"),
        ("ui.look.texts", "ui.shell.notices"),
        ("ui.look.texts", "ui.widgets.question_panel"),
        ("ui.shell.frame", "ui.app"),
    ],
    "widgets, look and formatting know no action and no desk": [
        ("ui.widgets.display.chart", "cchc_desk.actions.papers.window_papers"),
        ("ui.look.style", "cchc_desk.session"),
    ],
    "rooms of the rules: text and time below the law, dossiers above it": [
        ("cchc_desk.domain.time.deadlines", "cchc_desk.domain.dossiers.dossier"),
        ("cchc_desk.domain.law.regime", "cchc_desk.domain.lateness"),
    ],
    "rooms of the store: all stand on the engine, the engine on none of them": [
        ("cchc_desk.store.engine.backup", "cchc_desk.store.ledger.journal"),
        ("cchc_desk.store.ledger.journal", "cchc_desk.store.dossiers.dossiers"),
    ],
}


@pytest.fixture(scope="module")
def contracts() -> dict[str, Contract]:
    configuration.configure()
    read = read_configuration(str(ROOT / "pyproject.toml"))
    session = dict(read["session_options"])
    return {
        options["name"]: TYPES[options["type"]](options["name"], session, dict(options))
        for options in read["contracts_options"]
    }


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(
        "cchc_desk", "ui", "resources", include_external_packages=True, cache_dir=None
    )


def test_every_wall_is_tried(contracts: dict[str, Contract]) -> None:
    assert set(contracts) == set(BAD_IMPORTS)


@pytest.mark.parametrize("name", BAD_IMPORTS)
def test_a_wall_stands_and_each_bad_import_breaks_it(
    name: str, contracts: dict[str, Contract], graph: grimp.ImportGraph
) -> None:
    assert contracts[name].check(deepcopy(graph), verbose=False).kept
    for importer, imported in BAD_IMPORTS[name]:
        assert importer in graph.modules
        changed = deepcopy(graph)
        changed.add_import(importer=importer, imported=imported)
        assert not contracts[name].check(changed, verbose=False).kept, (importer, imported)
