"""Size, offset and printer of each kind of paper in the desk's settings."""

from dataclasses import dataclass
from typing import Any

from cchc_desk.domain.ledger.facts.office import SettingsChanged
from cchc_desk.domain.permissions import Permission
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.settings import BY_KEY, PAPERS, sizes_told

KINDS = tuple(PAPERS)
FARTHEST_MM = 30.0


@dataclass(frozen=True)
class PaperSetup:
    """Size, offset in millimetres (right, down) and printer ("": any) of one kind of paper.

    `told`: why the size is not the one that was stored, "" where it is.
    """

    size: str
    offset_x_mm: float
    offset_y_mm: float
    printer: str = ""
    told: str = ""

    @property
    def offset_mm(self) -> tuple[float, float]:
        return self.offset_x_mm, self.offset_y_mm


def paper_setup(desk: Desk, kind: str, printer: str | None = None) -> PaperSetup:
    """Return the setup for this kind of paper on `printer`, None for the printer of the last time.

    The offset belongs to the printer. One that was stored for the kind alone still holds on a
    printer that has none. A size that older versions stored for a paper of A4 only is not used.
    Raises Refused("paper-kind").
    """
    check_kind(kind)
    last = desk.settings[f"{kind}_printer"]
    name = last if printer is None else printer
    of_kind = desk.settings[f"{kind}_offset"] if last in ("", name) else (0.0, 0.0)
    x, y = desk.settings["printer_offset"].get(name, of_kind)
    size = desk.settings[f"{kind}_paper"]
    if size in sizes_of(kind):
        return PaperSetup(size, float(x), float(y), name)
    return PaperSetup(sizes_of(kind)[0], float(x), float(y), name, sizes_in_words(kind))


def sizes_of(kind: str) -> tuple[str, ...]:
    """Return the sheets that this kind of paper may be printed on."""
    return BY_KEY[f"{kind}_paper"].sizes


def sizes_in_words(kind: str) -> str:
    """Return one sentence on the sheets that this kind of paper may be printed on."""
    return sizes_told(BY_KEY[f"{kind}_paper"])


def keep_paper_setup(desk: Desk, kind: str, setup: PaperSetup) -> None:
    """Store size and printer for this kind of paper, the offset for the printer.

    Raises Refused("paper-kind"), ("paper-size"), ("paper-offset").
    """
    desk.require(Permission.PRINT)
    check_kind(kind)
    if setup.size not in sizes_of(kind):
        raise Refused("paper-size", sizes_in_words(kind), "size")
    if max(abs(setup.offset_x_mm), abs(setup.offset_y_mm)) > FARTHEST_MM:
        raise Refused(
            "paper-offset",
            _("Độ lệch lề không quá {most} mm.").format(most=f"{FARTHEST_MM:.0f}"),
            "offset",
        )
    offset = [setup.offset_x_mm, setup.offset_y_mm]
    changes: dict[str, Any] = {f"{kind}_paper": setup.size, f"{kind}_printer": setup.printer}
    with desk.write() as connection:
        if setup.printer:
            changes["printer_offset"] = desk.settings["printer_offset"] | {setup.printer: offset}
        else:
            changes[f"{kind}_offset"] = offset
        size = {f"{kind}_paper": setup.size}
        other_size = desk.settings[f"{kind}_paper"] != setup.size
        for key, value in changes.items():
            desk.keep_setting(connection, key, value)
        if other_size:  # the size alone is sealed: printer and offset belong to the machine
            desk.record(connection, SettingsChanged(size), tables=("settings",), counted=False)


def check_kind(kind: str) -> None:
    """Check the kind of paper. Raises Refused("paper-kind") for an unknown one."""
    if kind not in KINDS:
        raise Refused(
            "paper-kind",
            _("Không có loại giấy «{kind}»; có: {kinds}.").format(
                kind=kind, kinds=", ".join(KINDS)
            ),
            "kind",
        )
