"""Lists are read as their publishers write them, and refused whole where they cannot be trusted."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from outwork.model.errors import Unreadable
from outwork.model.listed import Entry, WatchList
from outwork.store.formats.watchlists import Format, read, recognised

DAY = date(2026, 11, 22)
EU_HEADER = (
    "fileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_SubjectType;Entity_SubjectType_ClassificationCode;"
    "Entity_Regulation_Programme;NameAlias_LastName;NameAlias_FirstName;NameAlias_WholeName;NameAlias_Strong;"
    "BirthDate_BirthDate;BirthDate_Year;Identification_Number;Citizenship_CountryIso2Code"
)
EU_ROWS = (
    "20/11/2026;13;EU.27.28;P;person;EXAMPLE;Sidorenko;Ivan;Ivan Sidorenko;true;;;;",
    '20/11/2026;13;EU.27.28;P;person;EXAMPLE;;;"Сидоренко; Иван";true;;;;',
    "20/11/2026;13;EU.27.28;P;person;EXAMPLE;Sid;Vanya;;false;;;;",
    "20/11/2026;13;EU.27.28;P;person;EXAMPLE;;;;;1970-03-31;1970;;",
    "20/11/2026;13;EU.27.28;P;person;EXAMPLE;;;;;;;AB 123456;RU",
    "20/11/2026;14;EU.27.29;E;enterprise;EXAMPLE;;;Marsh Harrier Trading;true;;;;00",
)
US_CSV_HEADER = (
    "_id,source,entity_number,type,programs,name,title,addresses,alt_names,citizenships,dates_of_birth,nationalities,ids"
)


def ftm(schema: str, key: str, target: bool = False, **properties: Any) -> str:  # noqa: FBT001, FBT002
    own = {name: value if isinstance(value, list) else [value] for name, value in properties.items()}
    caption = own.get("name", [key])[0]
    return json.dumps(
        {
            "id": key,
            "caption": caption,
            "schema": schema,
            "properties": own,
            "target": target,
            "last_seen": "2026-11-20T01:00:00",
        }
    )


FTM = [
    ftm("Person", "p-1", target=True, name="Ivan Sidorenko", alias=["Іван Сидоренко"], weakAlias="Vanya",
        birthDate="1970-03-31", nationality="ru", passportNumber="AB123456", topics="sanction"),
    ftm("Company", "c-1", name="Sedge Warbler Logistics", jurisdiction="nl", registrationNumber="NL12345"),
    ftm("Company", "c-2", name="Willow Tit Bakery"),
    ftm("Ownership", "o-1", owner="p-1", asset="c-1", percentage="51%"),
    ftm("Ownership", "o-2", owner="p-1", asset="c-2", percentage="100", endDate="2020-01-01"),
    ftm("Directorship", "d-1", director="p-1", organization="c-1"),
    ftm("Address", "a-1", full="Somewhere 1"),
]  # fmt: skip
US_JSON = {
    "total": 2,
    "results": [
        {"id": "u-1", "name": "Sidorenko, Ivan", "alt_names": ["Vanya Sidorenko"], "source": "Denied Persons List",
         "type": "Individual", "dates_of_birth": ["31 Mar 1970", "1971"], "nationalities": ["RU"], "programs": ["EXAMPLE"],
         "ids": [{"type": "Passport", "number": "AB123456", "country": "RU"}, {"type": "Gender", "number": "Male"}]},
        {"id": "u-2", "name": "Marsh Harrier Trading LLC", "alt_names": None, "source": "Entity List", "type": None,
         "addresses": [{"address": "1 Reed Street", "country": "KG"}]},
    ],
}  # fmt: skip


def put(tmp_path: Path, name: str, content: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def entries(found: WatchList) -> list[Entry]:
    return [found.entry(at) for at in range(found.entries.height)]


def loaded(tmp_path: Path, name: str, content: str | bytes) -> WatchList:
    return read(put(tmp_path, name, content), "trial", DAY)


def test_entities_of_followthemoney_keep_names_nations_numbers_births_and_topics(tmp_path: Path) -> None:
    found = loaded(tmp_path, "entities.ftm.json", "\n".join(FTM) + "\n")
    one, owned = entries(found)
    assert one == Entry(
        "p-1",
        "person",
        ("Ivan Sidorenko", "Іван Сидоренко"),
        ("Vanya",),
        ("RU",),
        ("AB123456",),
        ("1970-03-31",),
        ("sanction",),
    )
    assert (owned.entry, owned.listed, owned.identifiers) == ("c-1", False, ("NL12345",))
    assert found.published == date(2026, 11, 20)


def test_ownership_that_has_ended_and_firms_without_it_are_left_out(tmp_path: Path) -> None:
    found = loaded(tmp_path, "entities.ftm.json", "\n".join(FTM))
    assert found.stakes.rows() == [("p-1", "c-1", "director", None), ("p-1", "c-1", "owner", 0.51)]


def test_the_us_list_is_read_from_json(tmp_path: Path) -> None:
    found = loaded(tmp_path, "consolidated.json", json.dumps(US_JSON))
    assert recognised(tmp_path / "consolidated.json") is Format.US_JSON
    one, other = entries(found)
    assert one == Entry(
        "u-1", "person", ("Sidorenko, Ivan", "Vanya Sidorenko"), (), ("RU",), ("AB123456",), ("1970-03-31", "1971"),
        ("Denied Persons List", "EXAMPLE"),
    )  # fmt: skip
    assert (other.bearer, other.nations, other.programmes) == ("unknown", ("KG",), ("Entity List",))


def test_the_us_list_is_read_from_csv(tmp_path: Path) -> None:
    row = (
        'u-1,Denied Persons List,7,Individual,A; B,"Sidorenko, Ivan",,"1 Reed Street, Omsk, RU",Vanya; V. Sidorenko,'
        'RU,31 Mar 1970; 1971,,"RU, AB123456, Passport"'
    )
    (one,) = entries(loaded(tmp_path, "consolidated.csv", f"{US_CSV_HEADER}\n{row}\n"))
    assert one == Entry(
        "u-1", "person", ("Sidorenko, Ivan", "Vanya", "V. Sidorenko"), (), ("RU",), ("AB123456",), ("1970-03-31", "1971"),
        ("Denied Persons List", "A", "B"),
    )  # fmt: skip


def test_rows_of_the_eu_list_become_one_entry_each_entity(tmp_path: Path) -> None:
    found = loaded(tmp_path, "eu.csv", b"\xef\xbb\xbf" + "\r\n".join([EU_HEADER, *EU_ROWS]).encode())
    assert found.published == date(2026, 11, 20)
    one, other = entries(found)
    assert one == Entry(
        "EU.27.28",
        "person",
        ("Ivan Sidorenko", "Сидоренко; Иван"),
        ("Vanya Sid",),
        ("RU",),
        ("AB 123456",),
        ("1970-03-31",),
        ("EXAMPLE",),
    )
    assert (other.bearer, other.nations) == ("company", ())


def test_a_plain_list_needs_nothing_but_names(tmp_path: Path) -> None:
    (one,) = entries(loaded(tmp_path, "own.csv", "name\nMarsh Harrier Trading LLC\n"))
    assert (one.entry, one.bearer, one.names) == ("2", "unknown", ("Marsh Harrier Trading LLC",))


def test_a_list_may_be_gzipped(tmp_path: Path) -> None:
    assert loaded(tmp_path, "entities.ftm.json.gz", gzip.compress("\n".join(FTM).encode())).entries.height == 2


def test_an_entry_without_a_name_is_told(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        "entities.ftm.json",
        "\n".join([*FTM, ftm("Person", "p-9", target=True, caption="")]).replace('"caption": "p-9"', '"caption": ""'),
    )
    assert "p-9" in found.faults[0]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("empty.csv", "", "is empty"),
        ("blank.csv", " \n\n", "is empty"),
        ("page.csv", "<!DOCTYPE html><html>Sorry</html>", "is a web page"),
        ("header.csv", "name\n", "names nobody"),
        ("other.csv", "temperature,wind\n3,4\n", "are those of no list"),
        ("eu.csv", EU_HEADER.replace("WholeName", "FullName") + "\n" + EU_ROWS[0], "column 'NameAlias_WholeName' is missing"),
        ("eu.csv", EU_HEADER + "\n" + "\n".join(EU_ROWS)[:-20], "the file is cut off"),
        ("eu.csv", EU_HEADER + "\n" + '20/11/2026;13;"EU.27', "cut off"),
        ("us.csv", US_CSV_HEADER.replace("name,title", "nam,title") + "\n", "column 'name' is missing; is it 'nam'"),
        ("own.csv", "name,nation\nA,NL\n", "column 'nation' is unknown; did you mean 'nations'"),
        ("own.csv", "name,kind\nA,robot\n", "kind 'robot' is none of"),
        ("own.csv", "name,nations\nA,Holland\n", "codes of two letters"),
        ("us.json", json.dumps(US_JSON)[:-40], "no JSON"),
        ("us.json", json.dumps({**US_JSON, "total": 900}), "holds 2 of 900 entries"),
        ("us.json", json.dumps({"results": {}}), "holds no list 'results'"),
        ("us.json", json.dumps({"results": [{"id": "1"}]}), "has no name or source"),
        ("us.json", json.dumps({"results": []}), "names nobody"),
        ("error.json", json.dumps({"error": "quota"}), "is no entity of FollowTheMoney"),
        ("entities.ftm.json", "\n".join(FTM)[:-9], "line 7: no JSON; the file is cut off"),
        ("entities.ftm.json", FTM[0] + '\n{"id": "x"}', "line 2: is no entity"),
        ("entities.ftm.json", FTM[-1], "names nobody"),
        ("torn.json.gz", gzip.compress(b"x" * 9000, mtime=0)[:-12], "cannot be read"),
    ],
)  # fmt: skip
def test_a_list_that_cannot_be_trusted_is_refused_and_the_reason_named(
    tmp_path: Path, name: str, content: str | bytes, why: str
) -> None:
    with pytest.raises(Unreadable, match=why.replace("(", r"\(")) as refused:
        loaded(tmp_path, name, content)
    assert name in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="cannot be read"):
        read(tmp_path / "absent.csv", "trial", DAY)


def test_the_digest_of_an_entry_changes_with_what_is_said_and_not_with_the_order() -> None:
    one = Entry("1", "person", ("A", "B"))
    assert one.digest == Entry("1", "person", ("B", "A")).digest
    assert one.digest != Entry("1", "person", ("A", "C")).digest


def test_a_list_with_other_columns_is_no_list() -> None:
    with pytest.raises(TypeError, match="columns that a list has not"):
        WatchList("trial", pl.DataFrame({"name": ["A"]}), DAY, "", pl.DataFrame())
