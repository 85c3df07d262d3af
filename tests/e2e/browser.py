"""A real Chromium, headless."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = ViewportSize(width=1400, height=900)
PHONE = ViewportSize(width=390, height=844)


@contextmanager
def open_page(url: str, size: ViewportSize, *, dark: bool = False) -> Iterator[Page]:
    """A page of a browser of its own. Any error the page's script throws fails the test."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    assert path is not None, "the browser tests need Chromium: install the package 'chromium'"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            page = browser.new_page(viewport=size, color_scheme="dark" if dark else "light", locale="vi-VN")
            errors: list[str] = []
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.goto(url)
            yield page
            assert errors == []
        finally:
            browser.close()


def photograph(page: Page, name: str) -> None:
    """A screenshot, where DONDOC_SCREENSHOTS names a folder to keep them in."""
    folder = os.environ.get("DONDOC_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{folder}/{name}.png")
