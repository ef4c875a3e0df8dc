"""The pages in a browser: marks light up, keys work, a phone is wide enough, nothing is refused by the policy.

Needs Debian's chromium and the playwright package; without them these tests are skipped. DESK_SCREENSHOTS names a
folder where a picture of each page is left to be looked at.
"""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from desk_sample import Fake, ambush, hostile, records

from polybius.store import Store
from polybius.web import create_app

playwright = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install playwright")
AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1.min.js"
CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium: install Debian's chromium")

COAST = ambush("Coast", "12").document.id
PAGES = {
    "front": "/", "report": f"/reports/{COAST}", "events": "/events", "happenings": "/happenings?voices=2",
    "actor": "/actor?is=state/MLI", "dyad": "/dyad?a=rebels&b=soldiers", "map": "/map", "timeline": "/timeline",
    "network": "/network", "search": "/search?q=rebels", "code": "/code", "review": "/review", "help": "/help",
    "review-statement": f"/review/{COAST}/s1?kind=statement", "review-tie": f"/review/{COAST}/new?kind=tie",
    "api": "/api", "hostile": f"/reports/{hostile().document.id}", "history": "/review/history",
}  # fmt: skip
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a desk that is served in a thread."""
    import uvicorn

    with Store.open(f"sqlite:///{tmp_path_factory.mktemp('desk')}/desk.db") as store:
        store.save_many(records())
        app = create_app(store, load=Fake, hosts=frozenset({"127.0.0.1"}))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium without a window."""
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def tab(browser: Any, desk: str) -> Iterator[Any]:
    """A page of the desk that fails the test when it complains on its console."""
    context = browser.new_context(base_url=desk, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(20_000)
    complaints: list[str] = []
    page.on(
        "console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
    yield page
    context.close()
    assert complaints == []


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_quiet_and_fits_a_phone(tab: Any, name: str) -> None:
    tab.goto(PAGES[name], wait_until="networkidle")
    _shot(tab, name)
    tab.set_viewport_size({"width": 360, "height": 740})
    tab.wait_for_timeout(100)
    over = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0
    _shot(tab, f"{name}-phone")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_violation(browser: Any, desk: str, scheme: str) -> None:
    context = browser.new_context(base_url=desk, bypass_csp=True, color_scheme=scheme)  # or axe may not run
    context.add_cookies([{"name": "desk-reader", "value": "Bo", "url": desk}])  # or only a name is asked for
    page = context.new_page()
    found = []
    for name, path in PAGES.items():
        page.goto(path)
        page.add_script_tag(path=str(AXE))
        for violation in page.evaluate("axe.run().then((result) => result.violations)"):
            if violation["impact"] in {"serious", "critical"}:
                found.append((name, violation["id"], [node["html"][:120] for node in violation["nodes"]][:3]))
    context.close()
    assert found == []


@pytest.mark.parametrize("name", ["front", "actor", "map", "timeline"])
def test_charts_are_drawn(tab: Any, name: str) -> None:
    tab.goto(PAGES[name])
    tab.wait_for_selector(".drawing svg .mark-symbol path, .drawing svg .mark-rect path", state="attached")


def test_bars_of_a_few_months_are_wide_enough_to_be_seen(tab: Any) -> None:
    tab.goto(PAGES["actor"])
    bar = tab.wait_for_selector(".drawing svg .mark-rect path", state="attached")
    assert 20 < bar.bounding_box()["width"] < 200


def test_the_network_is_drawn(tab: Any) -> None:
    tab.goto(PAGES["network"])
    tab.wait_for_selector("#network canvas", state="attached")


def test_a_record_pointed_at_lights_up_all_it_rests_on(tab: Any) -> None:
    tab.goto(PAGES["report"])
    tab.hover("tr#event-e1 td >> nth=0")
    lit = tab.eval_on_selector_all("#text .lit", "all => all.map((one) => one.textContent)")
    assert lit == ["Rebels", "killed", "12", " ", "soldiers", "Gao", "on Monday", "General Keita"] or (
        "".join(lit) == "Rebelskilled12 soldiersGaoon MondayGeneral Keita"
    )


def test_words_clicked_lead_to_their_row(tab: Any) -> None:
    tab.goto(PAGES["report"])
    tab.click("#text .event >> text=killed")
    assert tab.evaluate("document.activeElement.id") == "event-e1"


def test_a_link_to_a_record_lights_it(tab: Any) -> None:
    tab.goto(f"{PAGES['report']}#event-e2")
    assert "answer" in tab.eval_on_selector_all("#text .lit", "all => all.map((one) => one.textContent)")


def test_keys_alone_are_enough(tab: Any) -> None:
    tab.goto(PAGES["report"])
    tab.keyboard.press("j")
    assert tab.evaluate("document.activeElement.id") == "event-e1"
    assert tab.locator("#text .lit").count() > 0
    tab.keyboard.press("Escape")
    assert tab.locator("#text .lit").count() == 0
    tab.keyboard.press("/")
    tab.keyboard.type("gao")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".hits mark")


def test_a_filter_works_as_it_is_chosen_and_is_in_the_address(tab: Any) -> None:
    tab.goto("/events")
    tab.select_option('[name="type"]', "ASSAULT")
    tab.wait_for_selector(".tally b:text-is('2')")
    assert tab.url.endswith("/events?type=ASSAULT&order=newest")
    tab.reload()
    assert tab.locator("table.events tbody tr").count() == 2


def test_a_correction_made_with_the_keyboard_is_kept(tab: Any) -> None:
    tab.goto("/review")
    tab.fill('[name="name"]', "Ada")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("form.judge")
    _shot(tab, "review-open")
    tab.keyboard.press("r")
    tab.wait_for_selector("text=1 decision stands")
    tab.goto("/review/history")
    assert "reject" in tab.text_content("tbody tr")


def test_a_tie_is_fixed_in_its_form(tab: Any, desk: str) -> None:
    tab.context.add_cookies([{"name": "desk-reader", "value": "Cy", "url": desk}])
    tab.goto(f"/review/{COAST}/t1?kind=tie")
    tab.click("summary >> text=Fix it")
    tab.select_option('[name="to"]', label="Keita")
    _shot(tab, "review-tie-open")
    tab.click("text=Keep as fixed")
    tab.wait_for_selector("nav.kinds [aria-current] >> text=Ties")
    tab.goto("/review/history")
    row = " ".join(tab.text_content("tbody tr").split())
    assert "Cy" in row
    assert "fix tie" in row
    assert row.index("Keita") > row.index("France")
    _shot(tab, "history-tie")


def test_a_hostile_report_does_nothing(tab: Any) -> None:
    tab.goto(PAGES["hostile"])
    assert "owned" not in tab.title()
    assert "<script>" in tab.text_content("#text")


def test_the_page_is_as_wide_as_a_word_of_a_megabyte_lets_it(tab: Any) -> None:
    tab.goto("/code")
    tab.fill('form[action="/code"] textarea', "President Ruto met " + "x" * 20_000)
    tab.click('form[action="/code"] button')
    tab.wait_for_selector("#text")
    assert tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def _shot(tab: Any, name: str) -> None:
    if folder := os.environ.get("DESK_SCREENSHOTS"):
        tab.screenshot(path=str(Path(folder) / f"{name}.png"))
