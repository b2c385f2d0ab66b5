"""Faults by chance on the way to the city: every run ends with both sides equal, and whatever waits
says why.

`make faults` plays 2,000 scripts; the suite a few of them. What the campaign came to:
docs/reliability.md.
"""

import os
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from cchc_desk.actions.city import sending
from cchc_desk.actions.data import opening
from cchc_desk.city.office import City
from cchc_desk.city.parcels import receive
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from cchc_desk.sync import usb_file
from tests.actions.conftest import TableClock, become
from tests.city.compare import assert_desk_equal
from tests.city.conftest import enrol, later_by, serving
from tests.city.faulty import FAULTS, FaultyLine, faulty_line
from tests.city.random_life import act, some_time
from tests.engines import copy_desk, put_back

SCRIPTS = int(os.environ.get("FAULTS", "16"))
BATCH = 8  # scripts to a test: the city lives on, as it does


class Script:
    """One desk's way through a bad week."""

    def __init__(
        self, desk: Desk, city: City, clock: TableClock, line: FaultyLine, rng: random.Random
    ) -> None:
        self.desk, self.city, self.clock, self.line, self.rng = desk, city, clock, line, rng
        self.bags: list[Path] = []
        self.copy: Path | None = None
        self.restored = False

    def play(self) -> None:
        steps = (
            (6, self.work),
            (6, self.send_through_faults),
            (2, self.carry_a_bag),
            (1, self.carry_an_old_bag),
            (2, self.open_again),
            (1, self.citys_clock_is_behind),
            (1, self.decide),
            (1, self.keep_a_copy),
            (1, self.restore_the_copy),
        )
        weights, doings = zip(*steps, strict=True)
        for doing in self.rng.choices(doings, weights, k=8):
            doing()
            self.assert_nothing_waits_without_a_reason()
        self.make_up()
        assert_desk_equal(self.city, self.desk)

    def work(self) -> None:
        for _act in range(self.rng.randint(1, 3)):
            act(self.desk, self.clock, self.rng)
        some_time(self.clock, self.rng)

    def send_through_faults(self) -> None:
        self.line.faults.extend(self.rng.choices(FAULTS, k=self.rng.randint(1, 3)))
        self.line.place = self.rng.randrange(1000)
        sending.send(self.desk)

    def carry_a_bag(self) -> None:
        file = self.desk.folder / "exports" / f"bag-{len(self.bags)}.cchc"
        sending.write_bag(self.desk, file)
        self.bags.append(file)
        answers = receive.take_file(self.city, usb_file.read_bag(file))
        if self.rng.random() < 0.3:
            return  # the stick with the answer is lost
        usb_file.write_bag(file.with_suffix(".back"), answers.lines)
        for _time in range(self.rng.choice((1, 1, 2))):
            self.take(file.with_suffix(".back"))

    def carry_an_old_bag(self) -> None:
        if self.bags:
            answers = receive.take_file(self.city, usb_file.read_bag(self.rng.choice(self.bags)))
            usb_file.write_bag(self.desk.folder / "exports" / "old.back", answers.lines)
            self.take(self.desk.folder / "exports" / "old.back")

    def take(self, file: Path) -> None:
        with suppress(Refused):  # a line of it says no: it was noted beside the parcel
            sending.take_bag(self.desk, file)

    def open_again(self) -> None:
        self.desk.close()
        self.desk = opening.open_desk(self.desk.folder, self.clock)
        become(self.desk, "an")

    def citys_clock_is_behind(self) -> None:
        now = self.clock.now
        self.clock.now = later_by(
            self.clock, hours=2
        )  # of the desk alone: packed ahead of the city
        outgoing = sending.prepare(self.desk)
        self.clock.now = now
        sending.take_answers(self.desk, sending.exchange(outgoing))

    def decide(self) -> None:
        for one in sending.state(self.desk).parcels:
            if one.state in ("waiting", "refused"):
                self.rng.choice((sending.retry, sending.cancel))(self.desk, one.id)

    def keep_a_copy(self) -> None:
        self.copy = self.desk.folder / f"kept-{len(list(self.desk.folder.glob('kept-*')))}"
        copy_desk(self.desk.folder, self.copy)

    def restore_the_copy(self) -> None:
        """The machine burned; the desk goes on from an older copy, and the city has seen what the
        copy has not.
        """
        if self.copy is None:
            return
        self.desk.close()
        put_back(self.copy, self.desk.folder)
        self.restored = True
        self.desk = opening.open_desk(self.desk.folder, self.clock)
        become(self.desk, "an")

    def make_up(self) -> None:
        """The line holds again; a person retries what was refused. A few sendings, and nothing
        waits any more.
        """
        self.line.faults.clear()
        if self.restored:
            act(self.desk, self.clock, self.rng)
            self.clock.now = later_by(self.clock, hours=3)
        for _try in range(3):
            for one in sending.state(self.desk).parcels:
                if one.state == "refused":
                    sending.retry(self.desk, one.id)
            if not sending.send(self.desk).trouble and not sending.state(self.desk).waiting:
                break
        state = sending.state(self.desk)
        assert (state.waiting, {one.difference for one in state.parcels} - {""}) == (0, set())
        assert {one.state for one in state.parcels} <= {"acknowledged", "cancelled"}

    def assert_nothing_waits_without_a_reason(self) -> None:
        for one in sending.state(self.desk).parcels:
            assert one.state != "refused" or one.trouble
            assert one.state != "waiting" or one.trouble or not one.tries


@pytest.mark.usefixtures("read_log")
@pytest.mark.parametrize("batch", range(-(-SCRIPTS // BATCH)))
def test_whatever_happens_on_the_way_both_sides_end_equal(
    city: City, make_desk: Callable[..., Desk], clock: TableClock, batch: int
) -> None:
    with serving(city) as served, faulty_line(served.port) as line:
        for number in range(batch * BATCH, (batch + 1) * BATCH):
            desk = make_desk(f"quay-{number}", first=1)
            here = replace(served.city, url=line.url)
            enrol(desk, here)
            script = Script(desk, served.city, clock, line, random.Random(number))
            try:
                script.play()
            finally:
                script.desk.close()  # it may be another one than was made here
