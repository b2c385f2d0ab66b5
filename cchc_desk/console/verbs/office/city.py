"""Verbs of the receiving side: `cchc --data DIR city …` (needs the extra [city])."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cchc_desk.console.runtime import (
    Answer,
    NewVerb,
    Options,
    Usage,
    count,
    read,
    secret,
    with_options,
    year,
)
from cchc_desk.errors import Trouble

if TYPE_CHECKING:
    from cchc_desk.city.office import City

PORT = 8443
_DATABASE = "postgresql://…; không ghi thì theo lúc lập"
_HERE = "dòng lệnh"  # the officer's name in the city's own record


def add(verb: NewVerb) -> None:
    """Add `city` with its own verbs to the command line."""
    city = verb("city", _nothing, "máy chủ của thành phố")
    verbs = city.add_subparsers(required=True, metavar="VIỆC")

    def city_verb(name: str, run: Any, about: str, **positionals: Any) -> argparse.ArgumentParser:
        parser: argparse.ArgumentParser = verbs.add_parser(name, help=about, allow_abbrev=False)
        parser.add_argument("--database", default="", help=_DATABASE)
        return with_options(parser, run, positionals)

    setup = city_verb("setup", _setup, "lập máy chủ trong thư mục --data")
    setup.add_argument("--name", required=True, help="tên thành phố, tỉnh")
    setup.add_argument("--url", required=True, help="địa chỉ mà các quầy gọi tới: https://máy:cổng")
    setup.add_argument(
        "--practice", action="store_true", help="máy chủ tập huấn: chỉ nhận số liệu tập huấn"
    )
    serve = city_verb("serve", _serve, "chạy máy chủ")
    serve.add_argument("--host", default="0.0.0.0")
    serve.add_argument("--port", type=count, default=PORT)
    serve.add_argument("--workers", type=count, default=1, help="mấy tiến trình chia nhau một cổng")
    serve.add_argument(
        "--behind-proxy", action="store_true", help="có máy chủ khác đứng trước lo TLS"
    )
    city_verb("ward", _ward, "thêm hoặc đổi tên một đơn vị", code={}).add_argument("name")
    city_verb("enrol", _enrol, "tạo tệp mời cho một quầy", ward={}).add_argument(
        "--out", type=Path, required=True
    )
    officer = city_verb(
        "officer", _officer, "thêm người dùng, đặt lại mật khẩu (CCHC_PASSWORD)", login={}
    )
    officer.add_argument("--name", required=True)
    officer.add_argument(
        "--role", choices=("viewer", "officer", "administrator"), default="officer"
    )
    city_verb("retire", _retire, "người này không còn được vào", login={})
    city_verb("close-desk", _close_desk, "không nhận gói của quầy này nữa", desk={})
    take = city_verb("take", _take, "nhận tệp của quầy (USB), ghi tệp trả lời", file={"type": Path})
    take.add_argument("--out", type=Path, required=True)
    publish = city_verb(
        "publish",
        _publish,
        "ký và gửi xuống",
        kind={"choices": ("catalogue", "calendar", "law", "message")},
    )
    publish.add_argument("file", help="tệp JSON; catalogue, calendar: tệp CSV")
    publish.add_argument("--title", required=True)
    publish.add_argument("--ward", help="chỉ một đơn vị; không ghi thì mọi đơn vị")
    publish.add_argument("--year", type=year, help="calendar: năm")
    publish.add_argument("--document", help="calendar: văn bản")
    city_verb("wards", _wards, "các đơn vị và con số của năm")


def _nothing(options: Options) -> Answer:
    raise Usage("Hãy ghi việc của máy chủ: cchc city setup, serve, enrol, …")


@contextmanager
def _opened(options: Options) -> "Iterator[City]":
    try:
        from cchc_desk.city import office
    except ImportError as error:
        raise Trouble(
            "no-city-extra",
            "Máy này chưa cài phần máy chủ: pip install 'cchc-desk[city]' rồi làm lại.",
        ) from error
    city = office.open_city(_folder(options), database=options.database)
    try:
        yield city
    finally:
        city.database.close()


def _folder(options: Options) -> Path:
    if options.data is None:
        raise Usage("Hãy ghi thư mục của máy chủ: cchc --data THƯ_MỤC city …")
    folder: Path = options.data
    return folder


def _setup(options: Options) -> Answer:
    from cchc_desk.city import office

    made = office.found_city(
        _folder(options), options.name, options.url, options.database, practice=options.practice
    )
    made.database.close()
    return {"city": made.name, "url": made.url, "key": made.public_key, "practice": made.practice}


def _serve(options: Options) -> Answer:
    with _opened(options) as city:
        from cchc_desk.city.serve import serve

        workers = max(1, options.workers)
        serve(city, options.host, options.port, workers=workers, behind_proxy=options.behind_proxy)
    return {"stopped": True}


def _ward(options: Options) -> Answer:
    from cchc_desk.city import enrolment

    with _opened(options) as city:
        enrolment.add_ward(city, options.code, options.name, _HERE)
    return {"ward": options.code, "name": options.name}


def _enrol(options: Options) -> Answer:
    from cchc_desk.sync import usb_file

    with _opened(options) as city:
        from cchc_desk.city import enrolment

        invitation = enrolment.invite(city, options.ward, _HERE)
    usb_file.write_invitation(options.out, invitation)
    return {"ward": options.ward, "file": str(options.out), "days": enrolment.VALID.days}


def _officer(options: Options) -> Answer:
    with _opened(options) as city:
        from cchc_desk.city import officers

        role = officers.OfficerRole(options.role)
        word = secret("CCHC_PASSWORD", f"Mật khẩu của {options.login}: ")
        officers.keep_officer(city, options.login, options.name, role, word, _HERE)
    return {"officer": options.login, "role": options.role}


def _retire(options: Options) -> Answer:
    with _opened(options) as city:
        from cchc_desk.city import officers

        officers.retire(city, options.login, _HERE)
    return {"officer": options.login, "active": False}


def _close_desk(options: Options) -> Answer:
    with _opened(options) as city:
        from cchc_desk.city import enrolment

        enrolment.close_desk(city, options.desk, _HERE)
    return {"desk": options.desk, "active": False}


def _take(options: Options) -> Answer:
    from cchc_desk.sync import usb_file

    lines = usb_file.read_bag(options.file)
    with _opened(options) as city:
        from cchc_desk.city.parcels import receive

        answers = receive.take_file(city, lines)
    usb_file.write_bag(options.out, answers.lines)
    return {
        "file": str(options.out),
        "receipts": answers.receipts,
        "refused": list(answers.refused),
    }


def _publish(options: Options) -> Answer:
    with _opened(options) as city:
        from cchc_desk.city import news

        if options.kind in ("catalogue", "calendar"):
            body = news.table_body(
                options.kind, Path(options.file), options.year, options.document or ""
            )
        else:
            body = dict(read(options.file))
        item = news.publish(city, options.kind, options.title, body, _HERE, options.ward)
    return {"number": item.number, "kind": item.kind, "title": item.title}


def _wards(options: Options) -> Answer:
    with _opened(options) as city:
        from cchc_desk.city import figures

        year = city.now().year
        with city.database.begin() as connection:
            rows = figures.ranking(
                connection, figures.Period(f"{year}-01", f"{year}-12"), city.now()
            )
    return {
        "year": year,
        "wards": [
            {
                "ward": row.code,
                "name": row.name,
                "desks": row.desks,
                "late": row.fuse.late,
                "total": row.fuse.total,
                "tripped": row.fuse.tripped,
                "received": row.received,
                "owed": row.owed,
                "review": row.review,
                "made": row.made,
            }
            for row in rows
        ],
    }
