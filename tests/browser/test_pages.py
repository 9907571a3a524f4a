"""Pages in a browser: quiet, on their own, every formula whole, every link leading somewhere, legible, printable."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from symbackprop.rendering.escaping import harmless
from tests.browser.conftest import Opened
from tests.browser.pages import EXAMPLES, HARM, PAGES

Open = Callable[..., Opened]

UNFOLD = "() => { for (const folded of document.querySelectorAll('details')) folded.open = true; }"

FORMULAS = """() => {
  const wrong = [];
  for (const formula of document.querySelectorAll('math')) {
    if (!formula.checkVisibility()) continue;
    const told = what => wrong.push(what + ': ' + formula.textContent.slice(0, 80));
    const box = formula.getBoundingClientRect();
    if (box.width <= 0 || box.height <= 0) told('no size');
    let around = formula.parentElement;
    while (around !== document.body && getComputedStyle(around).overflowX !== 'auto') around = around.parentElement;
    const room = around.getBoundingClientRect();
    const left = room.left - around.scrollLeft, right = left + Math.max(room.width, around.scrollWidth);
    if (box.left < left - 1 || box.right > right + 1) told('out of its box');
    const cell = formula.closest('td, th, dd, li, p, summary, h3').getBoundingClientRect();
    if (box.left < cell.left - 1 || box.right > Math.max(cell.right, right) + 1) told('out of its block');
    for (const token of formula.querySelectorAll('mi, mn, mtext')) {
      const range = document.createRange();
      range.selectNodeContents(token);
      const parts = [...range.getClientRects()].filter(part => part.width > 0);
      if (parts.length !== 1) told('a token in ' + parts.length + ' parts');
      for (const part of parts)
        if (part.left < box.left - 3 || part.right > box.right + 3) told('a token is cut');
    }
  }
  return wrong;
}"""

SCROLLED = """() => [...document.querySelectorAll('body *')]
  .filter(one => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0 &&
    getComputedStyle(one).overflowX === 'auto' && one.querySelector('math') && !one.matches('.scroll'))
  .map(one => one.textContent.slice(0, 80))"""

CLIPPED = """() => [...document.querySelectorAll('body *')]
  .filter(one => one.checkVisibility() && getComputedStyle(one).overflowY === 'hidden' &&
    one.scrollHeight > one.clientHeight + 2)
  .map(one => [one.scrollHeight, one.clientHeight, one.textContent.slice(0, 80)])"""

FOLLOWED = """() => {
  const wrong = [];
  for (const href of new Set([...document.querySelectorAll('a')].map(link => link.getAttribute('href')))) {
    const target = document.getElementById(href.slice(1));
    if (!href.startsWith('#') || !target) { wrong.push(href + ' leads nowhere'); continue; }
    if (target.closest('details')) target.closest('details').open = false;
    location.hash = href;
    const box = target.getBoundingClientRect();
    if (!target.checkVisibility({contentVisibilityAuto: true})) wrong.push(href + ' is not seen');
    if (box.width <= 0 || box.height <= 0) wrong.push(href + ' has no size');
    if (box.top > innerHeight || box.bottom < 0) wrong.push(href + ' is not in view');
  }
  return wrong;
}"""

CONTRASTS = """() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgba = colour => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, ground, share = 1) =>
    [0, 1, 2].map(i => top[i] * top[3] * share + ground[i] * (1 - top[3] * share));
  const luminance = colour => {
    const [r, g, b] = colour.map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const known = new Map();
  const ground = one => {
    if (!one) return [255, 255, 255];
    if (!known.has(one)) known.set(one, over(rgba(getComputedStyle(one).backgroundColor), ground(one.parentElement)));
    return known.get(one);
  };
  const opacity = one => one ? Number(getComputedStyle(one).opacity) * opacity(one.parentElement) : 1;
  const wrong = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !one.checkVisibility() || one.closest('annotation, title, style')) continue;
    const style = getComputedStyle(one), below = ground(one);
    const ink = over(rgba(one.closest('svg') ? style.fill : style.color), below, opacity(one));
    const [light, dark] = [luminance(ink), luminance(below)].sort((a, b) => b - a);
    const contrast = (light + 0.05) / (dark + 0.05);
    if (contrast < 4.5) wrong.set(one.className + ' ' + one.tagName, contrast.toFixed(2));
  }
  return [...wrong];
}"""


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_nothing_and_asks_for_nothing(opened: Open, name: str) -> None:
    shown = opened(name)
    shown.ask(UNFOLD)
    assert shown.said == []
    assert [url for url in shown.requested if not url.startswith("data:font/")] == [shown.url]
    assert shown.ask("() => document.fonts.size") == 2
    assert shown.ask("async () => (await document.fonts.load('16px Mathematics')).map(one => one.status)") == ["loaded"]


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("name", PAGES)
def test_every_formula_is_whole_and_in_its_place(opened: Open, name: str, width: int) -> None:
    shown = opened(name, width)
    assert shown.ask(FORMULAS) == []
    shown.ask(UNFOLD)
    assert shown.ask(FORMULAS) == []
    assert shown.ask(CLIPPED) == []
    assert shown.ask("() => document.documentElement.scrollWidth") <= width
    if name in EXAMPLES:
        assert shown.ask(SCROLLED) == []


BREAKING = "math { overflow-wrap: anywhere; white-space: normal } .member { padding-left: 1.6em; text-indent: -1.6em }"


def test_a_cut_formula_would_be_found(opened: Open) -> None:
    shown = opened("derivation of mazur_2_2_2", 390)
    shown.page.add_style_tag(content=".body > div { overflow: hidden } .member { margin-left: 300px }")
    assert any("out of its box" in one for one in shown.ask(FORMULAS))
    shown = opened("derivation of mazur_2_2_2", 390)
    shown.page.add_style_tag(content=BREAKING)
    assert any("a token is cut" in one for one in shown.ask(FORMULAS))


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_to_what_is_seen_and_open_what_is_folded(opened: Open, name: str) -> None:
    assert opened(name).ask(FOLLOWED) == []


def test_a_link_opens_the_step_that_it_leads_to(opened: Open) -> None:
    shown = opened("derivation of mazur_2_2_2")
    folded = shown.page.locator("details.step:not([open])").first
    target = folded.locator(".body").get_attribute("id")
    shown.page.locator(f"a[href='#{target}']").last.click()
    assert shown.page.locator(f"#{target} .chain").is_visible()
    assert shown.page.locator(f"details[open] > #{target}").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_every_text_is_legible(opened: Open, name: str, scheme: str) -> None:
    shown = opened(name, scheme=scheme)
    shown.ask(UNFOLD)
    assert shown.ask(CONTRASTS) == []


def test_dark_is_dark_and_faint_text_would_be_found(opened: Open) -> None:
    shown = opened("derivation of mazur_2_2_2", scheme="dark")
    assert shown.ask("() => getComputedStyle(document.body).backgroundColor") == "rgb(23, 23, 27)"
    shown.page.add_style_tag(content=".reason { color: #777 }")
    assert shown.ask(CONTRASTS)


@pytest.mark.parametrize("name", PAGES)
def test_what_is_folded_is_reached_by_the_keyboard(opened: Open, name: str) -> None:
    shown = opened(name)
    summaries = shown.page.locator("summary:visible")
    if not summaries.count():
        assert not shown.page.locator("details").count()
        return
    for _ in range(400):
        shown.page.keyboard.press("Tab")
        if shown.ask("() => document.activeElement.tagName") == "SUMMARY":
            break
    assert shown.ask("() => document.activeElement.tagName") == "SUMMARY"
    shown.page.keyboard.press("Enter")
    assert shown.ask("() => document.activeElement.parentElement.open")


# On paper

PAPER = {"width": 718, "height": 1046}  # CSS pixels of A4 inside margins of 1 cm


@pytest.mark.parametrize("name", EXAMPLES)
def test_nothing_is_folded_or_cut_on_paper(opened: Open, name: str) -> None:
    shown = opened(name, PAPER["width"])
    shown.page.emulate_media(media="print")
    assert shown.ask(FORMULAS) == []
    hidden = "() => [...document.querySelectorAll('details *')].filter(one => one.tagName !== 'ANNOTATION'" + (
        " && !one.closest('svg, annotation') && !one.checkVisibility({contentVisibilityAuto: true})).length"
    )
    assert shown.ask(hidden) == 0
    heights = """() => [...document.querySelectorAll('body *')]
      .filter(one => getComputedStyle(one).breakInside === 'avoid').map(one => one.getBoundingClientRect().height)"""
    assert max(shown.ask(heights)) < PAPER["height"]
    whole = (
        "() => [...document.querySelectorAll('math')].every(one => one.closest('.step, table, .finding, p, h3, dd'))"
    )
    assert shown.ask(whole)


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name.startswith("derivation")])
def test_the_pdf_holds_every_number_whole(opened: Open, name: str, tmp_path: Path) -> None:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is missing; on Debian: apt-get install poppler-utils")
    shown = opened(name)
    file = tmp_path / "page.pdf"
    file.write_bytes(shown.page.pdf(format="A4", margin=dict.fromkeys(("top", "right", "bottom", "left"), "1cm")))
    text = subprocess.run([program, "-raw", str(file), "-"], capture_output=True, check=True, text=True).stdout
    numbers = set(shown.ask("() => [...document.querySelectorAll('.chain mn')].map(one => one.textContent)"))
    printed = set(re.findall(r"\d+(?:\.\d+)?", text))
    assert len(numbers) > 50
    assert {number for number in numbers if "." in number} <= printed


# What would do harm


@pytest.mark.parametrize("name", [name for name in PAGES if "hostile" in name or name == "audit by hand"])
def test_what_would_do_harm_is_shown_and_does_nothing(opened: Open, name: str) -> None:
    shown = opened(name)
    shown.ask(UNFOLD)
    shown.page.mouse.move(300, 300)
    shown.page.wait_for_timeout(200)
    assert shown.said == []
    assert shown.page.title() != "stolen"
    for selector in ("script", "img", "iframe", "object", "embed", "link", "base", "form", "[onload]", "[onerror]"):
        assert shown.page.locator(selector).count() == 0, selector
    assert shown.ask("() => [...document.querySelectorAll('*')].every(one => [...one.attributes].every(a =>"
                     " !a.name.startsWith('on') && !/^\\s*javascript:/i.test(a.value)))")  # fmt: skip
    text = shown.ask("() => document.body.textContent")
    assert not re.search("[\x00\x1b\u202a-\u202e\u2066-\u2069\u200e\u200f\ud800-\udfff]", text)
    if name != "audit by hand":
        for harm in HARM[:6]:
            assert harmless(harm) in text, harm
    assert shown.ask("() => document.body.parentElement.tagName") == "HTML"


def test_the_policy_forbids_what_would_come_through(opened: Open) -> None:
    shown = opened("derivation of mazur_2_2_2")
    shown.page.evaluate("""() => {
      const script = document.createElement('script'); script.textContent = 'window.ran = true';
      const image = document.createElement('img'); image.src = 'https://example.org/x.png';
      document.body.append(script, image);
    }""")
    shown.page.wait_for_timeout(300)
    assert shown.ask("() => window.ran") is None
    assert len([line for line in shown.said if "Content Security Policy" in line]) >= 2
