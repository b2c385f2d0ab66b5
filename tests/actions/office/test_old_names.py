"""Names of provinces and communes as people write them at set-up, and those of before 2025."""

import pytest

from cchc_desk.actions.office import places
from cchc_desk.errors import Refused


@pytest.mark.parametrize(
    ("province", "commune", "code"),
    [
        ("Huế", "Thuận Hoá", "19789"),
        ("thành phố Huế", "phường Thuận Hóa", "19789"),
        ("TP. Cần Thơ", "p. Ninh Kiều", "31135"),
        ("Thành phố Cần Thơ", "PHƯỜNG NINH KIỀU", "31135"),
        ("92", "31135", "31135"),
        ("Tỉnh Thanh Hoá", "phường Hạc Thành", "14797"),
        ("Thừa Thiên - Huế", "Thuận Hóa", "19789"),
        ("tỉnh Thừa Thiên Huế", "Thuận Hóa", "19789"),
        ("Đăk Lăk", "Buôn Ma Thuột", "24133"),
        ("Đắc Lắc", "Buôn Ma Thuột", "24133"),
        ("Ha Noi", "Sơn Tây", "09574"),
        ("Can Tho", "Ninh Kieu", "31135"),
        ("T.P Cần-Thơ", "Ninh-Kiều", "31135"),
        ("Daklak", "Buon Ma Thuot", "24133"),
        ("TT-Huế", "P.Thuận Hóa", "19789"),
        ("TP. HCM", "phuong sai gon", "26740"),
        ("TPHCM", "Phường Sài Gòn", "26740"),
        ("Dak Lak", "Cư Mgar", "24280"),
        ("Lao Cai", "Sapa", "03006"),
    ],
)
def test_an_official_name_is_found_in_any_placement_of_the_tone(
    province: str, commune: str, code: str
) -> None:
    assert places.commune_of(province, commune).code == code


@pytest.mark.parametrize(
    ("province", "commune", "says"),
    [
        ("Sóc Trăng", "Phường 1", "«Sóc Trăng» nay thuộc thành phố Cần Thơ"),
        ("tỉnh Hoà Bình", "x", "nay thuộc tỉnh Phú Thọ"),
        ("Bà Rịa - Vũng Tàu", "x", "nay thuộc thành phố Hồ Chí Minh"),
        ("Bà Rịa – Vũng Tàu", "x", "nay thuộc thành phố Hồ Chí Minh"),
        ("Bà Rịa-Vũng Tàu", "x", "nay thuộc thành phố Hồ Chí Minh"),
        ("tỉnh Đăk Nông", "x", "nay thuộc tỉnh Lâm Đồng"),
        ("Hồ Chí Minh", "Bến Nghé", "«Bến Nghé» là tên cũ, nay là: phường Sài Gòn"),
        ("Hồ Chí Minh", "phường bến nghé", "nay là: phường Sài Gòn"),
        ("Hà Nội", "Phúc Xá", "nay là: phường Hồng Hà"),
        ("Hồ Chí Minh", "Phường 14 quận Gò Vấp", "nay là: phường An Hội Tây; hãy"),
        ("TP.HCM", "P. 1, Quận 3", "nay là: phường Bàn Cờ; hãy"),
        ("Lâm Đồng", "Bảo Lộc", "nay là: phường 1 Bảo Lộc; phường 2 Bảo Lộc; "),
        ("Cần Thơ", "quận Ninh Kiều", "«quận Ninh Kiều» là tên cũ, nay là: phường"),
        ("Hà Nội", "thị xã Sơn Tây", "là tên cũ, nay là: phường"),
        ("BR-VT", "x", "nay thuộc thành phố Hồ Chí Minh"),
        ("Kontum", "x", "nay thuộc tỉnh Quảng Ngãi"),
        ("Bắc Cạn", "x", "nay thuộc tỉnh Thái Nguyên"),
        ("Cần Thơ", "Phường 1", "phường Phú Lợi (thành phố Sóc Trăng, Sóc Trăng cũ); "),
    ],
)
def test_an_older_name_is_led_to_the_new_one(province: str, commune: str, says: str) -> None:
    with pytest.raises(Refused) as no:
        places.commune_of(province, commune)
    assert says in no.value.message


def test_every_older_commune_became_communes_of_today() -> None:
    today = {one.code for province in places.provinces() for one in places.communes(province.code)}
    older = places.communes_until_2025()
    assert len(older) == 10_035
    islands = {"11948", "19742", "20333", "21548", "26732"}  # districts without communes before
    assert {code for old in older for code in old.now} == today - islands
    assert len(places.former_provinces()) == 29
