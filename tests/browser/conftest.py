"""One Chromium for all tests, and pages opened in it that tell what they do."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from symbackprop.rendering.pdf import BROWSERS
from tests.browser.pages import PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

FLAGS = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
WHERE = "on Debian: apt-get install chromium, and pip install playwright"


@dataclass
class Opened:
    """A page in the browser, and all that it said, asked for and tried."""

    page: Page
    url: str
    said: list[str] = field(default_factory=list)
    requested: list[str] = field(default_factory=list)

    def refuse(self, dialog: Dialog) -> None:
        """Ends a dialog, and keeps that there was one."""
        self.said.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def ask(self, script: str) -> Any:
        """What a function in JavaScript returns: it is the test's, the page has none."""
        return self.page.evaluate(script)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window; what is left of it when it has ended is told here, not in a test that comes later."""
    api = pytest.importorskip("playwright.sync_api", reason=f"playwright is missing; {WHERE}")
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip(f"Chromium is missing; {WHERE}")
    flags = [*FLAGS, "--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else FLAGS
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=flags)
        yield started
        started.close()
    gc.collect()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the pages are written."""
    return tmp_path_factory.mktemp("pages")


@pytest.fixture
def opened(browser: Browser, folder: Path) -> Iterator[Callable[..., Opened]]:
    """Opens one of the pages, by its name, in a window of a width, light or dark."""
    contexts = []

    def open_page(name: str, width: int = 1440, scheme: Any = "light") -> Opened:
        file = folder / f"{name}.html"
        if not file.exists():
            file.write_bytes(PAGES[name]().encode("utf-8"))
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        made = Opened(page, file.as_uri())
        page.on("console", lambda message: made.said.append(message.text))
        page.on("pageerror", lambda error: made.said.append(str(error)))
        page.on("dialog", made.refuse)
        page.on("request", lambda request: made.requested.append(request.url))
        page.goto(made.url)
        return made

    yield open_page
    for context in contexts:
        context.close()
