from __future__ import annotations

import re
from collections.abc import Callable

from sqlalchemy import text

from outwork.store.service import Desk
from tests.web.conftest import PEOPLE, Person

People = Callable[..., Person]


def numbers(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'<td class="number">(\d+)</td>', page)]


def test_an_auditor_sees_every_record_the_newest_first(person: People) -> None:
    page = person("piet").get("/audit").text
    assert numbers(page) == list(range(len(PEOPLE) + 1, 0, -1))
    assert "account added" in page


def test_records_are_narrowed_down_by_the_address(person: People) -> None:
    piet = person("piet")
    assert numbers(piet.get("/audit?account=piet").text) == [len(PEOPLE) + 1]
    assert numbers(piet.get("/audit?kind=account+added&subject=account+marta").text) == [3]
    assert numbers(piet.get("/audit?before=3").text) == [2, 1]
    assert numbers(piet.get("/audit?since=2999-01-01").text) == []
    assert numbers(piet.get("/audit?until=2000-01-01").text) == []
    assert len(numbers(piet.get("/audit?until=2999-01-01&since=never").text)) == len(PEOPLE) + 1
    assert "No record is like that" in piet.get("/audit?subject=%25").text


def test_older_records_are_a_link_away(person: People, desk: Desk) -> None:
    piet = person("piet")
    for _ in range(100):
        with desk.writing(PEOPLE[0].asker) as writing:
            writing.audit("look", "something else")
    found = re.search(r'href="(/audit\?[^"]*before=[^"]*)"', piet.get("/audit").text)
    assert found
    assert max(numbers(piet.get(found[1].replace("&amp;", "&")).text)) == len(PEOPLE) + 1


def test_the_chain_is_verified_at_the_press_of_a_button(person: People, desk: Desk) -> None:
    piet = person("piet")
    assert "The chain holds" in piet.fill("/audit/verify").text
    with desk.engine.begin() as connection:
        off = "DROP TRIGGER service_audit_UPDATE" if connection.dialect.name == "sqlite" else None
        connection.execute(text(off or "ALTER TABLE service_audit DISABLE TRIGGER service_audit_kept"))
        connection.execute(text("UPDATE service_audit SET detail = 'nothing' WHERE number = 2"))
    assert "record 2 is not as it was written" in piet.fill("/audit/verify").text


def test_only_the_office_and_auditors_see_it(person: People) -> None:
    assert person("olena").get("/audit").status_code == 200
    for account in ("marta", "jan"):
        assert person(account).get("/audit").status_code == 404
        assert 'href="/audit"' not in person(account).get("/").text
