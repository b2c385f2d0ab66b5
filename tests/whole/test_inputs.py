"""A few hundred inputs at every door: python -m tools.campaign.inputs throws 50,000 at each."""

from tools.campaign import inputs


def test_nonsense_is_answered_or_refused_at_every_door() -> None:
    for name, count in inputs.all_doors(200, seed=7):
        assert not count.faults, (name, count.faults)
        assert sum(count.ends.values()) >= 10, name
