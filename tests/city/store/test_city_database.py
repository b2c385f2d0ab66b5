"""The city's tables: the steps that make them come to what the code says; what an unreachable
database sounds like.
"""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from cchc_desk.city import office
from cchc_desk.city.office import City
from cchc_desk.city.store.database import CityDatabase
from cchc_desk.city.store.tables import metadata
from cchc_desk.errors import Refused, Trouble


def test_the_steps_make_the_tables_of_the_code(any_city: City) -> None:
    any_city.database.upgrade()  # a second time changes nothing
    with any_city.database.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_a_database_that_is_not_there_is_trouble_and_a_wrong_address_is_told(
    tmp_path: Path,
) -> None:
    away = CityDatabase("postgresql://nobody@127.0.0.1:1/city?connect_timeout=1")
    with pytest.raises(Trouble) as trouble:
        away.upgrade()
    assert trouble.value.code == "city-database"
    away.close()
    for url in ("không phải địa chỉ", "oracle://x/y", "nothing://x"):
        with pytest.raises(Refused) as refused:
            CityDatabase(url)
        assert refused.value.code == "database-url"
    with pytest.raises(Trouble) as none:
        office.open_city(tmp_path)
    assert none.value.code == "no-city"


@pytest.mark.parametrize(
    ("name", "url", "code"),
    [
        ("", "https://mot-cua.vn", "city-name"),
        ("Thành phố", "ftp://mot-cua.vn", "city-url"),
        ("Thành phố", "https://mot-cua.vn/duong?x", "city-url"),
    ],
)
def test_a_city_is_founded_with_a_name_and_an_address(
    tmp_path: Path, name: str, url: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        office.found_city(tmp_path / "city", name, url)
    assert refused.value.code == code
    assert not (tmp_path / "city" / "city.json").exists()


def test_only_the_keeper_reads_the_citys_keys(tmp_path: Path) -> None:
    made = office.found_city(tmp_path / "city", "Thành phố Cần Thơ", "https://127.0.0.1:8443")
    made.database.close()
    for name in ("city.key", "certificate.key"):
        assert (tmp_path / "city" / name).stat().st_mode & 0o077 == 0
    with pytest.raises(Refused, match="đã có máy chủ"):
        office.found_city(tmp_path / "city", "Thành phố Cần Thơ", "https://127.0.0.1:8443")
