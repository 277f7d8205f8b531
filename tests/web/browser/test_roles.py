"""Each role does its main work in a real browser, at a service that runs as `outwork serve` runs it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from outwork.model.asker import Role
from outwork.store.service import Desk, accounts
from outwork.store.service.audit import TERMINAL
from outwork.web.built import manifest
from outwork.web.navigation import ENTRIES, PLAN, TABLES
from tests.web.browser.walked import LATE, NAMES, PEOPLE, Served, cut, prepare, served
from tests.web.conftest import PASSWORD

expect.set_options(timeout=30_000)
pytestmark = [pytest.mark.soak, pytest.mark.skipif(bool(manifest().missing), reason="the assets were not built")]
SOON = 240_000
"""How long a plan of the small programme may take on the slowest machine [ms]."""
DARK = frozenset({Role.MINISTRY, Role.FINANCIER, Role.LIAISON, Role.AUDITOR})
"""Roles that work in the dark here; the others work in the light. `test_every_page` looks at every page in both."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    where = tmp_path_factory.mktemp("walk") / "reedbed.outwork"
    prepare(where, cut())
    with served(where) as running:
        yield running


@dataclass(frozen=True)
class Person:
    """Somebody at a browser of their own. What they look at has to be accessible, and is kept as a picture."""

    page: Page
    service: Served
    accessible: Callable[[Page], None]
    picture: Callable[[Page, str], Path]

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def go(self, path: str, title: str) -> None:
        """Open a page by its address, which has this heading."""
        self.page.goto(self.service.address + path)
        self.sees(title)

    def follow(self, name: str, title: str) -> None:
        """Follow a link of the page's own part."""
        self.main.get_by_role("link", name=name, exact=True).first.click()
        self.sees(title)

    def menu(self, name: str, title: str) -> None:
        """Follow a link of the navigation."""
        self.page.get_by_role("navigation").get_by_role("link", name=name, exact=True).click()
        self.sees(title)

    def sees(self, title: str) -> None:
        """Wait for a page with this heading, and look at it."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(re.compile(title))
        self.accessible(self.page)

    def reads(self, *told: str | re.Pattern[str]) -> None:
        """See that the page says something."""
        for each in told:
            expect(self.main).to_contain_text(each)

    def keep(self, name: str) -> None:
        """Keep a picture of the page."""
        self.picture(self.page, name)


At = Callable[[str], Person]


@pytest.fixture
def at(
    browser: Browser, service: Served, accessible: Callable[[Page], None], picture_of: Callable[[Page, str], Path]
) -> Iterator[At]:
    opened: list[BrowserContext] = []
    complaints: list[str] = []

    def signed_in(account: str) -> Person:
        role = next(person.role for person in PEOPLE if person.account == account)
        scheme = "dark" if role in DARK else "light"
        context = browser.new_context(color_scheme=scheme, viewport={"width": 1200, "height": 800}, reduced_motion="reduce")
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        own = "Failed to load resource"
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" and own not in said.text else None)
        person = Person(page, service, accessible, picture_of)
        sign_in(person, account)
        return person

    yield signed_in
    for context in opened:
        context.close()
    assert complaints == []


def sign_in(person: Person, account: str) -> None:
    person.page.goto(person.service.address)
    person.page.get_by_label("Account").fill(account)
    person.page.get_by_label("Password").fill(PASSWORD)
    person.page.get_by_role("button", name="Sign in").click()
    expect(person.page.get_by_role("button", name="Sign out")).to_be_visible()


def changed_in_table(person: Person, row: str, column: str, value: str) -> None:
    """Type a value over a cell of the editable table, and save it."""
    line = person.page.locator("#rows tbody tr", has=person.page.get_by_role("rowheader", name=row, exact=True))
    cell = line.locator(f"[data-column={column}]")
    cell.click()
    person.page.keyboard.type(value)
    person.page.keyboard.press("Enter")
    expect(cell).to_have_class(re.compile("changed"))
    person.page.get_by_role("button", name="Save").click()


def decided(person: Person, what: str, decision: str = "Approve") -> None:
    """Open what waits for somebody's decision, and decide on it."""
    person.menu("Approvals", "Approvals")
    waiting = person.page.get_by_role("row").filter(has_text=what).first
    waiting.get_by_role("rowheader").get_by_role("link").click()
    person.sees("Proposal")
    person.reads(what)
    person.page.get_by_role("button", name=decision).click()
    person.reads("Your decision is noted.", decision + "d")


FOCUSED = """() => {
    const own = document.activeElement;
    const said = own.labels?.length ? own.labels[0].textContent : own.getAttribute("aria-label") ?? own.textContent;
    return said.replace(/\\s+/g, " ").trim();
}"""


def reach(page: Page, name: str) -> None:
    """Press Tab until what is called so has the focus."""
    for _ in range(120):
        if page.evaluate(FOCUSED) == name:
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never reaches {name}")


def test_the_office_tries_the_first_remedy_of_a_late_demand_by_keyboard_alone_and_compares(at: At) -> None:
    olena = at("olena")
    press(olena.page, "Sign out")
    olena.sees("Sign in")
    reach(olena.page, "Account")
    olena.page.keyboard.type("olena")
    olena.page.keyboard.press("Tab")
    olena.page.keyboard.type(PASSWORD)
    olena.page.keyboard.press("Enter")
    expect(olena.page.get_by_role("button", name="Sign out")).to_be_visible()
    press(olena.page, "Needs attention")
    olena.sees("Needs attention")
    olena.reads(LATE, "weeks late", "lviv-field")
    olena.keep("exceptions")
    press(olena.page, f"Why {LATE}")
    olena.sees("Why")
    olena.reads(f"{LATE} is complete on", "What would help")
    olena.keep("why")
    press(olena.page, "Try this as a scenario")
    olena.sees("lead_days")
    olena.page.get_by_role("heading", name="The plan without and with it").wait_for(timeout=SOON)
    expect(olena.main.get_by_role("row").filter(has_text=LATE)).to_contain_text("sooner")
    olena.accessible(olena.page)
    olena.keep("scenario")
    press(olena.page, "Scenarios")
    olena.sees("Scenarios")
    olena.reads("planned")


def press(page: Page, name: str) -> None:
    """Reach what is called so by Tab, and press Enter on it."""
    reach(page, name)
    page.keyboard.press("Enter")


def test_a_ministry_changes_a_binding_demand_once_a_second_person_and_the_office_agree(at: At) -> None:
    marta, danylo, olena = at("marta"), at("danylo"), at("olena")
    marta.menu("Tables", "Tables")
    marta.follow("Demands", "Demands")
    changed_in_table(marta, LATE, "quantity", "80")
    marta.reads("Your changes are proposed")
    decided(danylo, f"demands {LATE}: quantity 90 -> 80")
    danylo.reads("1 of 2")
    danylo.keep("approval")
    marta.go("/tables/demands", "Demands")
    marta.reads("90")
    decided(olena, f"demands {LATE}: quantity")
    olena.reads("Approved and carried out")
    marta.go("/tables/demands", "Demands")
    expect(marta.page.locator("[data-column=quantity]")).to_have_text("80")
    olena.menu("The plan", "The plan")
    olena.reads("The programme was changed after this plan was made")


def test_a_manufacturer_changes_its_own_hours_and_sees_its_slice_and_nobodys_prices(at: At) -> None:
    radu = at("radu")
    radu.go("/tables/resources", "Machines")
    assert set(radu.page.locator("#rows tbody tr td:nth-child(2)").all_inner_texts()) == {"sibiu"}
    changed_in_table(radu, "sibiu-pack-cell", "hours", "20")
    radu.reads("Rows saved: 1.")
    radu.keep("grid")
    radu.go("/tables/resources", "Machines")
    expect(radu.page.locator("[data-row*=pack-cell] [data-column=hours]")).to_have_text("20")
    radu.menu("The plan", "The plan")
    radu.menu("Schedule", "Schedule")
    radu.reads("weld-flight-pack", "wire-air-harness")
    expect(radu.main).not_to_contain_text("lviv")
    for path, title in (("/plan", "The plan"), ("/capacity", "Capacity"), ("/tables/buy", "Bought"), ("/", "Needs")):
        radu.go(path, title)
        expect(radu.main).not_to_contain_text("EUR")
    assert radu.page.goto(f"{radu.service.address}/tables/cash_events").status == 404  # type: ignore[union-attr] - it answers


def test_an_innovator_sees_who_could_make_its_design_and_what_they_lack(at: At) -> None:
    iryna = at("iryna")
    iryna.menu("Matches", "Matches")
    iryna.reads("build-panel", "eindhoven", "What sites lack", "get accredited to ISO/IEC 17025")
    expect(iryna.main).not_to_contain_text("corncrake")
    iryna.keep("matches")
    iryna.page.get_by_text("1 lapwing: cheapest").click()
    iryna.reads("Firms")


def test_a_financier_approves_a_qualification_of_whom_it_finances_without_seeing_how_it_is_made(at: At) -> None:
    olena, femke = at("olena"), at("femke")
    olena.go("/tables/commitments/row", "New row")
    form = {"commitment": "range-in-sibiu", "site": "sibiu", "start": "2027-06-07", "operation": "test-corncrake"}
    for column, value in form.items():
        olena.page.locator(f"[name='cell.{column}']").fill(value)
    olena.page.locator("[name='cell.kind']").select_option("qualify")
    olena.page.get_by_label("Remark").fill("Twelve weeks of test runs, 165,000 EUR.")
    olena.page.get_by_role("button", name="Save").click()
    olena.reads("The change waits for approval.")
    decided(femke, "commitments range-in-sibiu: added, kind qualify")
    femke.reads("Approved and carried out", "165,000 EUR")
    expect(femke.main).not_to_contain_text("test-corncrake")
    femke.go("/tables/commitments", "Commitments")
    femke.reads("range-in-sibiu")


def test_a_licensing_officer_reads_why_something_may_leave_and_approves_an_application(at: At) -> None:
    olena, zofia = at("olena"), at("zofia")
    olena.go("/tables/licences", "Licences")
    changed_in_table(olena, "PL-E-117", "status", "applied")
    olena.reads("Your changes are proposed")
    zofia.menu("Clearances", "Clearances")
    zofia.reads("needs an expert", "lapwing-to-ukraine")
    trace = zofia.page.get_by_role("group").filter(has_text="corncrake-set: PL → UA (ocheret), technology").first
    trace.locator("summary").click()
    expect(trace).to_contain_text("2021/821")
    zofia.accessible(zofia.page)
    zofia.keep("clearances")
    decided(zofia, "licences PL-E-117: status to apply -> applied")
    zofia.reads("Approved and carried out")


def test_a_liaison_officer_sees_when_deliveries_come_to_their_units(at: At) -> None:
    taras = at("taras")
    taras.menu("The plan", "The plan")
    taras.menu("Plan against demand", "Plan against demand")
    taras.reads(LATE, "zhytomyr", "weeks late")
    expect(taras.main).not_to_contain_text("EUR")
    taras.keep("deliveries")


def test_an_operator_sees_what_flies_and_what_it_nears(at: At) -> None:
    jonas = at("jonas")
    jonas.menu("Air picture", "Air picture")
    jonas.reads("t1 will be in depot", "drone", "1 track at this moment")
    jonas.keep("air")
    jonas.page.get_by_role("combobox", name="Moment").select_option(index=0)
    jonas.page.get_by_role("button", name="Show").click()
    jonas.sees("Air picture")
    jonas.reads("t1")


def test_an_auditor_sees_that_the_record_of_what_was_done_holds(at: At) -> None:
    piet = at("piet")
    piet.menu("Audit", "Audit")
    piet.page.get_by_role("button", name="Verify the chain").click()
    piet.reads(re.compile(r"The chain holds: all \d+ records"), "sign in")
    piet.accessible(piet.page)
    piet.keep("audit")


@pytest.mark.soak
@pytest.mark.parametrize("language", ["en", "uk"])
def test_every_page_of_every_role_is_accessible_in_light_and_dark(
    browser: Browser, service: Served, accessible: Callable[[Page], None], language: str
) -> None:
    desk = Desk.open(service.where)
    with desk.writing(TERMINAL) as writing:
        for account in NAMES.values():
            accounts.change(writing, account, language=language)
    desk.close()
    for role, account in NAMES.items():
        context = browser.new_context(locale=language, reduced_motion="reduce")
        page = context.new_page()
        page.goto(service.address)
        page.locator("[name=account]").fill(account)
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main form button").first.click()
        page.wait_for_load_state()
        own = [entry.path for entry in (*ENTRIES, *PLAN, *TABLES) if role in entry.roles]
        for path in dict.fromkeys([*own, "/account", "/tables/settings", "/tables/sites"]):
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                answer = page.goto(service.address + path)
                assert answer is not None
                assert answer.ok, (role, path)
                accessible(page)
        context.close()
