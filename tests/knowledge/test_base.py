"""What the shipped tables answer: facts that can be looked up elsewhere, and the door's own rules."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from polybius.knowledge import Knowledge
from polybius.knowledge.base import _shipped


def keys(known: Knowledge, name: str) -> set[str]:
    return {entry.key for entry in known.named(name)}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("the United States", "state/USA"),
        ("U.S.", "state/USA"),
        ("Türkiye", "state/TUR"),
        ("Burma", "state/MMR"),
        ("DR Congo", "state/COD"),
        ("Congo-Brazzaville", "state/COG"),
        ("Côte d’Ivoire", "state/CIV"),
        ("Swaziland", "state/SWZ"),
        ("Soviet Union", "state/SUN"),
        ("Kremlin", "seat/kremlin"),
        ("Elysée Palace", "seat/elysee"),
        ("Blue House", "seat/blue-house"),
    ],
)
def test_named(known: Knowledge, name: str, key: str) -> None:
    assert key in keys(known, name)


@pytest.mark.parametrize("name", ["us", "turkey", "china", "chad", "is", "who", "the hill"])
def test_an_ordinary_word_is_no_name(known: Knowledge, name: str) -> None:
    assert known.named(name) == ()


def test_words_for_countries(known: Knowledge) -> None:
    assert known.country_of_adjective("Russian") == "RUS"
    assert known.country_of_adjective("Sino-") == "CHN"
    assert known.country_of_adjective("Nigerien") == "NER"
    assert known.country_of_adjective("polish") is None
    assert known.adjective_at(["the", "South", "African", "army"], 1) == (2, "ZAF")
    assert known.adjective_at(["South", "American", "states"], 0) is None
    assert known.people_up_to(["two", "North", "Koreans"], 3) == (2, "PRK")
    assert known.country_of_people("Poles") == "POL"
    assert known.country_of_people("Britons") == "GBR"
    assert known.country_of_people("Filipina") == "PHL"
    assert known.country_of_capital("Moscow") == "RUS"
    assert known.country_of_capital("Kiev") == "UKR"
    assert known.country_of_capital("Washington, D.C.") == "USA"
    assert known.country_of_capital("Chicago") is None


def test_regions(known: Knowledge) -> None:
    assert {"VEN", "MEX", "CUB"} <= known.countries_of_region("Latin American")
    assert "USA" not in known.countries_of_region("Latin American")
    assert known.countries_of_region("Baltic") == {"EST", "LVA", "LTU"}
    assert "ETH" in known.countries_of_region("Horn of Africa")
    assert known.countries_of_region("Martian") == frozenset()


def test_states(known: Knowledge) -> None:
    assert known.state("VEN").name == "Venezuela"
    assert known.state("SUN").until == date(1991, 12, 26)
    abkhazia = known.named("Abkhazia")[0]
    assert (abkhazia.country, abkhazia.sector) == ("GEO", "PRE")
    with pytest.raises(KeyError):
        known.state("XYZ")


def test_every_un_member_is_there(known: Knowledge) -> None:
    states = [entry for entry in known.entries() if entry.kind == "state"]
    assert len([state for state in states if state.until is None and state.sector is None]) >= 193 + 5
    assert {"KOS", "TWN", "PSE", "VAT", "HKG", "GRL", "PRI"} <= {state.country for state in states}


def test_longest_match(known: Knowledge) -> None:
    text = "Leaders of Northern Ireland and the Democratic Republic of the Congo met"
    words = text.split(" ")
    assert known.longest_match(words, 2) == (2, ())
    assert known.longest_match(words, 6) == (5, (known.state("COD"),))
    assert known.longest_match(words, 0) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [("Indian Ocean nations", (2, ())), ("Washington State police", (2, ())), ("Mexico City said", None)],
)
def test_longest_match_of_places(known: Knowledge, text: str, found: object) -> None:
    assert known.longest_match(text.split(), 0) == found


def test_a_newspaper_is_not_read_into_a_demonym(known: Knowledge) -> None:
    assert known.longest_match("The Australian minister said".split(), 1) is None  # noqa: SIM905


@pytest.mark.parametrize(
    ("name", "near", "country", "feature"),
    [
        ("Moscow", None, "RUS", "PPLC"),
        ("Kiev", None, "UKR", "PPLC"),
        ("Tripoli", None, "LBY", "PPLC"),
        ("Tripoli", "LBN", "LBN", "PPL"),
        ("Georgia", None, "GEO", "country"),
        ("Georgia", "USA", "USA", "state"),
        ("Crimea", None, "UKR", "region"),
        ("the Gaza Strip", None, "PSE", "region"),
        ("Strait of Hormuz", None, None, "strait"),
        ("Raqqa", None, "SYR", "PPL"),
    ],
)
def test_place(known: Knowledge, name: str, near: str | None, country: str | None, feature: str) -> None:
    place = known.place(name, near)
    assert place is not None
    assert (place.country, place.feature) == (country, feature)


def test_place_of_a_common_word_or_none(known: Knowledge) -> None:
    assert known.place("nice") is None
    assert known.place("Atlantis-on-Sea") is None
    assert known.places("Atlantis-on-Sea") == ()


LEADERS = """\
name	aliases	gender	country	office	title	sector	since	until	organisation
Ann Old	Annie Old	f	FRA	head_of_state	president	GOV	2001	2007-05-16	
Bob New		m	FRA	head_of_state	president	GOV	2007-05-16		
Bob New	Robert New|Bobby|Bob New III	m	FRA	opposition_leader	leader	OPP	2003	2007-05-15	
Cai Ta-ming		m	CHN	other	envoy	MIL	2001	2002	
Eva van der Berg		f		organisation_head	secretary-general	IGO	2010	2012	club
"""
ORGANISATIONS = """\
key	name	aliases	type	country	sector	parent	since	until
club	Club	Club of Ten	igo		IGO			
org/band	Band		armed_group	FRA	REB			2011-01-01
org/band	Band		party	FRA	GOV		2011-01-02
"""


@pytest.fixture
def small(tmp_path: Path) -> Knowledge:
    (tmp_path / "leaders-x.tsv").write_text(LEADERS, encoding="utf-8")
    (tmp_path / "leaders-half.tsv").write_text("# not yet\nname\taliases\n", encoding="utf-8")
    (tmp_path / "organisations-x.tsv").write_text(ORGANISATIONS, encoding="utf-8")
    (tmp_path / "naming.tsv").write_text("country\torder\nCHN\tfirst\n", encoding="utf-8")
    return Knowledge(tmp_path)


def names(entries: tuple[object, ...]) -> list[str]:
    return [str(getattr(entry, "name", "")) for entry in entries]


def test_rows_of_one_name_are_one_person(small: Knowledge) -> None:
    bob = small.named("Robert New")[0]
    assert (bob.key, bob.kind, bob.gender, bob.title) == ("person/bob-new", "person", "m", "president")
    assert [term.office for term in small.offices_of(bob.key)] == ["opposition_leader", "head_of_state"]
    assert [term.office for term in small.offices_of(bob.key, date(2005, 1, 1))] == ["opposition_leader"]


def test_holders(small: Knowledge) -> None:
    assert names(small.holders("head_of_state", "FRA", date(2006, 1, 1))) == ["Ann Old"]
    assert names(small.holders("head_of_state", "FRA", date(2007, 5, 16))) == ["Bob New", "Ann Old"]
    assert names(small.holders("head_of_state", "FRA", date(2000, 12, 31))) == []
    assert names(small.holders("organisation_head", "org/club", date(2012, 12, 31))) == ["Eva van der Berg"]


@pytest.mark.parametrize(
    ("key", "day", "sector"),
    [
        ("person/ann-old", date(2000, 1, 1), None),
        ("person/ann-old", date(2001, 1, 1), "GOV"),
        ("person/ann-old", date(2010, 1, 1), "ELI"),
        ("person/bob-new", date(2004, 1, 1), "OPP"),
        ("person/bob-new", date(2010, 1, 1), "GOV"),
        ("person/cai-ta-ming", date(2010, 1, 1), None),
        ("org/band", date(2010, 1, 1), "REB"),
        ("org/band", date(2012, 1, 1), "GOV"),
    ],
)
def test_sector_on(small: Knowledge, key: str, day: date, sector: str | None) -> None:
    assert small.sector_on(key, day) == sector


def test_surnames(small: Knowledge) -> None:
    assert names(small.surnames("Old")) == ["Ann Old"]
    assert names(small.surnames("New's")) == ["Bob New"]
    assert names(small.surnames("van der Berg")) == ["Eva van der Berg"]
    assert names(small.surnames("Berg")) == ["Eva van der Berg"]
    assert names(small.surnames("Cai")) == ["Cai Ta-ming"]
    assert names(small.surnames("Ta-ming")) == []
    assert names(small.surnames("new")) == []
    assert names(small.surnames("Bobby")) == ["Bob New"]
    assert names(small.surnames("III")) == []


def test_absent_tables_leave_the_rest_usable(small: Knowledge) -> None:
    assert small.place("Paris") is None
    assert small.country_of_adjective("French") is None
    assert small.entry("org/club").name == "Club"
    for key in ("org/none", "person/none", "state/NON"):
        with pytest.raises(KeyError):
            small.entry(key)


def test_version_follows_the_data(small: Knowledge, tmp_path: Path) -> None:
    again = Knowledge(tmp_path).version()
    assert small.version() == again
    (tmp_path / "leaders-x.tsv").write_text(LEADERS.replace("Ann", "Anna"), encoding="utf-8")
    assert Knowledge(tmp_path).version() != again


def test_load_is_read_once() -> None:
    assert Knowledge.load() is Knowledge.load() is _shipped()


def test_a_state_is_that_of_the_day(known: Knowledge) -> None:
    assert known.state("RUS", date(1978, 2, 10)).key == "state/SUN"
    assert known.state("RUS", date(1992, 2, 10)).key == known.state("RUS").key == "state/RUS"


def test_family_names_may_come_first(known: Knowledge) -> None:
    assert known.named("Kishida Fumio") == known.named("Fumio Kishida") != ()


@pytest.mark.parametrize(
    ("office", "holder", "day", "name"),
    [
        ("head_of_state", "SUN", date(1972, 5, 26), "Leonid Brezhnev"),
        ("head_of_government", "ISR", date(1978, 9, 17), "Menachem Begin"),
        ("head_of_state", "CHL", date(1972, 1, 1), "Salvador Allende"),
        ("foreign_minister", "USA", date(1974, 1, 1), "Henry Kissinger"),
        ("organisation_head", "org/united-nations", date(1968, 1, 1), "U Thant"),
    ],
)
def test_offices_before_1990(known: Knowledge, office: str, holder: str, day: date, name: str) -> None:
    assert [entry.name for entry in known.holders(office, holder, day)] == [name]
