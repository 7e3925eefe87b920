from __future__ import annotations

import pytest

from opportunities.places import CITIES, STATES, TILES, City, Place, State, find_city, locate, state_named


def test_there_are_a_hundred_cities_in_thirty_six_states_and_territories() -> None:
    codes = {state.code for state in STATES}

    assert len({city.name for city in CITIES}) == 100
    assert len(codes) == 36
    assert {city.state for city in CITIES} <= codes


def test_no_two_places_answer_to_one_name() -> None:
    names = [name.casefold() for city in CITIES for name in (city.name, *city.aliases)]

    assert len(names) == len(set(names))


def test_every_city_lies_in_india() -> None:
    assert all(6 < city.latitude < 37 and 68 < city.longitude < 98 for city in CITIES)


def test_every_state_has_one_tile_and_every_tile_its_own_square() -> None:
    assert sorted(tile.state for tile in TILES) == sorted(state.code for state in STATES)
    assert len({(tile.row, tile.column) for tile in TILES}) == len(TILES)


@pytest.mark.parametrize("city", CITIES, ids=lambda city: city.name)
def test_every_city_is_found_by_each_of_its_names(city: City) -> None:
    state = next(state.name for state in STATES if state.code == city.state)

    found = [find_city(f"Smart roads in {name}, {state}") for name in (city.name, *city.aliases)]

    assert found == [city] * len(found)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.code)
def test_every_state_is_found_by_each_of_its_names(state: State) -> None:
    assert [state_named(f"Government of {name}.") for name in (state.name, *state.aliases)] == [state] * (
        1 + len(state.aliases)
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Water meters for BELGAUM", "Belagavi"),
        ("Allahabad Smart City", "Prayagraj"),
        ("CCTV in Vizag", "Visakhapatnam"),
        ("Bihar-Sharif drainage", "Bihar Sharif"),
        ("Naya-Raipur bus shelters", "Nava Raipur"),
        ("Hubli Dharwad BRTS", "Hubballi-Dharwad"),
        ("from Pune to Nashik", "Pune"),
        ("Delhi Road, Moradabad", "Moradabad"),
        ("Aurangabad Smart City Development Corporation", "Chhatrapati Sambhajinagar"),
        ("Bilaspur, Chhattisgarh", "Bilaspur"),
        ("2026_Nagpur_12_1", "Nagpur"),
    ],
)
def test_a_city_is_found_as_people_write_it(text: str, name: str) -> None:
    city = find_city(text)

    assert city is not None
    assert city.name == name


@pytest.mark.parametrize(
    "text",
    [
        "the banks erode in every monsoon",
        "Suratgarh thermal power station",
        "Nagpurkar road works",
        "UT Administration of Dadra and Nagar Haveli and Daman and Diu",
        "Government of Jammu and Kashmir",
        "Aurangabad",
        "Bilaspur, Himachal Pradesh",
        "Udaipur, Tripura",
        "Nagarjuna Sagar left canal",
        "Karnataka Bhawan at New Delhi",
        "",
    ],
)
def test_no_city_is_found_where_none_is_meant(text: str) -> None:
    assert find_city(text) is None


def test_new_delhi_is_a_city_and_delhi_a_territory() -> None:
    assert state_named("Lighting in New Delhi") is None
    assert locate("Lighting in New Delhi") == Place("New Delhi", "DL")
    assert locate("Govt of NCT of Delhi") == Place(None, "DL")


def test_the_first_text_that_names_a_city_decides() -> None:
    assert locate(None, "Ward 12", "Surat Smart City", "Rajkot") == Place("Surat", "GJ")


def test_a_state_in_one_text_settles_a_name_in_another() -> None:
    assert locate("Aurangabad", "Government of Maharashtra") == Place("Chhatrapati Sambhajinagar", "MH")
    assert locate("Aurangabad", "Government of Bihar") == Place(None, "BR")


def test_nothing_named_is_nothing_known() -> None:
    assert locate("Supply of ductile iron pipes") == Place(None, None)
