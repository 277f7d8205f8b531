from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from outwork.web.built import manifest
from tests.web.browser import pages

pytestmark = pytest.mark.skipif(bool(manifest().missing), reason="the assets were not built")
HOST = "http://outwork.test"

CONTENT = f"""
<header><div><h1>Network</h1><p class="lead">Who makes what, where, and what moves between them.</p></div>
<div class="buttons"><a class="button" href="/network.csv">CSV</a><a class="button" href="/network.xlsx">Excel</a>
<button class="primary">Plan again</button></div></header>
<form class="filters" action="/network"><div class="field"><label for="item">Item</label>
<select id="item" name="item"><option>All items</option><option>lapwing</option></select></div>
<div class="field"><label for="since">From</label><input id="since" type="date" name="since" value="2027-01-04"></div>
<div class="field"><label for="until">Until</label><input id="until" type="date" name="until" value="2028-01-03"></div>
<button>Show</button></form>
<ul class="cards"><li class="card late"><span class="figure">4</span><h2>Late demands</h2><p><a href="/late">ua-lapwing by 14 weeks</a></p></li>
<li class="card due"><span class="figure">2</span><h2>Papers to chase</h2><p>PL-K-031 by 2027-03-15</p></li>
<li class="card"><span class="figure">97 %</span><h2>Fullest resource</h2><p>sibiu-chamber at sibiu</p></li>
<li class="card good"><span class="figure">7 of 12</span><h2>On time</h2><p>Complete and on time</p></li></ul>
<p class="notice due">This plan is older than the programme: three rows changed since. <a href="/diff">See them</a></p>
<div class="beside"><div>{pages.network_figure()}</div>
<section class="panel"><h2>Job 7</h2><p>Planning, 40 % done</p><progress value="0.4" max="1" aria-label="Planning">40 %</progress>
<h2>Sibiu chamber works</h2><dl class="facts"><dt>Nation</dt><dd>Romania</dd><dt>Used</dt><dd>812 of 814 h</dd>
<dt>State</dt><dd><span class="badge late">full</span> <span class="badge draft">draft</span> <span class="badge good">licensed</span> <span class="badge due">due</span> <span class="badge">old</span></dd></dl>
<form class="row"><div class="field"><label for="quantity">Quantity</label><input id="quantity" value="40x" aria-invalid="true" aria-describedby="quantity-fault">
<p class="fault" id="quantity-fault">40x is no number; write 40.</p></div><div class="buttons"><button class="primary small">Ask</button><button class="danger small">Withdraw</button><button class="small" disabled>Approve</button></div></form></section></div>
<section><h2>Flows</h2><div class="scroll" tabindex="0" role="region" aria-label="Flows"><table><caption>What moves, the largest first</caption>
<thead><tr><th scope="col" aria-sort="descending"><a href="?sort=amount">Amount</a></th><th scope="col">From</th><th scope="col">To</th><th scope="col">State</th></tr></thead>
<tbody><tr><td class="number">900</td><th scope="row">Brno castings</th><td>Lviv assembly</td><td><span class="badge good">on time</span></td></tr>
<tr><td class="number late">700</td><th scope="row">Lviv assembly</th><td>Kharkiv depot</td><td><span class="badge late">8 weeks late</span></td></tr></tbody></table></div></section>
<section class="empty"><h2>No scenarios yet</h2><p>A scenario is a copy of the programme in which something is different.</p><button>New scenario</button></section>
"""


def test_a_page_in_the_base_layout_breaks_no_rule_of_accessibility(
    page: Page, answer: Callable[[dict[str, Any]], None], accessible: Callable[[Page], None], picture: Callable[[Page, str], Path]
) -> None:
    answer({"/network": pages.page(CONTENT)})
    page.goto(f"{HOST}/network")
    page.wait_for_selector("[data-map-zoom]:not([hidden])")
    picture(page, "design")
    accessible(page)
