"""Addresses completed by the communes of 2025, by what became of older ones, and by those used."""

from cchc_desk.domain.people.addresses import AddressBook, Place, used_addresses

NINH_KIEU = "phường Ninh Kiều, thành phố Cần Thơ"
TAN_AN = "phường Tân An, thành phố Cần Thơ"
CO_DO = "xã Cờ Đỏ, thành phố Cần Thơ"
PLACES = (
    Place("phường", "Ninh Kiều", NINH_KIEU),
    Place("phường", "Tân An", TAN_AN),
    Place("xã", "Cờ Đỏ", CO_DO),
    Place("phường", "Tân An", NINH_KIEU, "phường Tân An"),
    Place("thị trấn", "Cờ Đỏ", CO_DO, "thị trấn Cờ Đỏ"),
)
USED = used_addresses(
    [
        f"12 Nguyễn Trãi, {NINH_KIEU}",
        f"Số 14/2B Nguyễn Trãi, {NINH_KIEU}",
        f"5 Nguyễn Huệ, {NINH_KIEU}",
        f"ấp Phú Thạnh, {CO_DO}",
    ]
)
BOOK = AddressBook(PLACES, USED)


def texts(typed: str) -> list[str]:
    return [proposal.text for proposal in BOOK.proposals(typed)]


def test_a_commune_by_a_few_letters_behind_the_street() -> None:
    assert texts("12 Hòa Bình, ninh ki") == [f"12 Hòa Bình, {NINH_KIEU}"]
    assert texts("12 Hòa Bình, P. Ninh") == [f"12 Hòa Bình, {NINH_KIEU}"]
    assert texts("ấp 1, x co do") == [f"ấp 1, {CO_DO}"]


def test_an_older_commune_offers_what_became_of_it_beside_the_one_of_its_name_today() -> None:
    both = BOOK.proposals("12 Hòa Bình, phường Tân An")
    assert [(one.text, one.was) for one in both] == [
        (f"12 Hòa Bình, {TAN_AN}", ""),
        (f"12 Hòa Bình, {NINH_KIEU}", "phường Tân An"),
    ]
    assert texts("ấp 1, thị trấn cờ") == [f"ấp 1, {CO_DO}"]


def test_a_street_used_before_with_another_house_number() -> None:
    assert texts("15A nguyen tr") == [f"15A Nguyễn Trãi, {NINH_KIEU}"]
    assert texts("ap phu") == [f"ấp Phú Thạnh, {CO_DO}"]
    assert texts("số 3 nguyen") == [
        f"số 3 Nguyễn Trãi, {NINH_KIEU}",  # the more frequent first
        f"số 3 Nguyễn Huệ, {NINH_KIEU}",
    ]


def test_nothing_is_proposed_for_nothing_or_for_what_is_whole() -> None:
    assert texts("") == texts("n") == texts("12") == texts("12 Hòa Bình, ") == []
    assert texts(f"12 Nguyễn Trãi, {NINH_KIEU}") == []


def test_the_address_of_an_old_card_is_written_with_the_commune_of_today() -> None:
    book = AddressBook(PLACES, former_provinces=("Cần Thơ", "Hậu Giang"))
    old = "12 Nguyễn Trãi, Tân An, Ninh Kiều, Cần Thơ"
    (today,) = book.renewed(old)
    assert (today.text, today.was) == (f"12 Nguyễn Trãi, {NINH_KIEU}", "phường Tân An")
    assert [one.text for one in book.renewed("Thị trấn Cờ Đỏ, Cờ Đỏ, Tỉnh Hậu Giang")] == [CO_DO]
    for address in (
        "",
        "Tân An, Cần Thơ",
        f"12 Nguyễn Trãi, {NINH_KIEU}",
        "Tân An, phường Ninh Kiều, thành phố Cần Thơ",  # of today: no district
        "12 Nguyễn Trãi, Tân An, Tân An, Long An",
        "12 Nguyễn Trãi, Không Đâu, Ninh Kiều, Cần Thơ",
    ):
        assert book.renewed(address) == ()
