"""Verbs about a ward with several counters on one PostgreSQL."""

from cchc_desk.console.runtime import Answer, NewVerb, Options, opened, with_options

_FILE = "sqlite"  # instead of an URL: back into the file of this PC


def add(verb: NewVerb) -> None:
    """Add these verbs to the command line."""
    under = verb("ward", _nothing, "nhiều quầy trên một máy chủ PostgreSQL").add_subparsers(
        required=True, metavar="VIỆC"
    )
    about = "chuyển dữ liệu của quầy lên máy chủ (postgresql://…), hoặc về máy này (sqlite)"
    with_options(under.add_parser("move", help=about, allow_abbrev=False), _move, {"url": {}})


def _nothing(_options: Options) -> Answer:
    raise AssertionError("`ward` always has a verb of its own")


def _move(options: Options) -> Answer:
    from cchc_desk.actions.data import moving

    with opened(options) as desk:
        moved = (
            moving.move_to_file(desk)
            if options.url == _FILE
            else moving.move_to_server(desk, options.url)
        )
    return {"rows": moved.rows, "head": moved.head, "aside": str(moved.aside)}
