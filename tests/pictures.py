"""Makes the pictures of the README: `python -m tests.pictures`. It needs Chromium."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from symbackprop import Network, audit
from symbackprop.rendering.audit_formats import AUDIT_FORMATS

EXAMPLES = Path(__file__).parents[1] / "examples"
WIDTH = 900


def main() -> None:
    """Writes examples/pictures."""
    derivation = Network.from_file(EXAMPLES / "mazur_2_2_2.toml").derive().render("html")
    findings = AUDIT_FORMATS["html"].document([audit(EXAMPLES / "documents" / "one_neuron.md")])
    with sync_playwright() as programs:
        browser = programs.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": 900}, device_scale_factor=1.5)
        _picture(page, derivation, "#network", "#network", "network.png")
        _picture(page, derivation, "#step-14", "#step-18", "derivation.png")
        _picture(page, findings, "#summary", "#finding-1", "audit.png")
        browser.close()


def _picture(page: Page, document: str, first: str, last: str, name: str) -> None:
    """A picture of a page from the top of one element to the foot of another."""
    page.set_content(document)
    boxes = [page.locator(selector).bounding_box() for selector in (first, last)]
    top, bottom = boxes[0], boxes[1]
    assert top is not None
    assert bottom is not None
    height = bottom["y"] + bottom["height"] - top["y"]
    clip = {"x": 0.0, "y": top["y"] - 24, "width": float(WIDTH), "height": height + 48}
    page.screenshot(path=EXAMPLES / "pictures" / name, full_page=True, clip=clip)


if __name__ == "__main__":
    main()
