"""Makes the pictures of the README from the program itself: docs/pictures.

    python tools/pictures.py

The charts are what `miit plot` draws. The screenshots are the page of a document in Chromium (Debian's
package is `chromium`; MIIT_CHROMIUM names another one), with the pointer on a figure. A test holds that the
charts are those of the program, and that the screenshots were taken of the page that it writes now.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sys
import tempfile
from contextlib import redirect_stdout
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

PICTURES = ROOT / "docs" / "pictures"
TAKEN_OF = PICTURES / "taken-of.json"  # screenshot -> SHA-256 of the page that it shows
CHART = ("plot", "5g-base-stations", "-f", "svg", "--corpus", "bundled", "--no-cache")
PAGE = ("docs", "2022-08-19-teleconference", "-f", "html", "--corpus", "bundled", "--no-cache")
FIGURE = "1.968 million"
SCHEMES = ("light", "dark")
SIZE = {"width": 1180, "height": 640}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chart(scheme: str) -> str:
    """The chart as the program draws it."""
    return _said(*CHART, *(["--dark"] if scheme == "dark" else []))


def page() -> str:
    """The page of a document as the program writes it."""
    return _said(*PAGE)


def digest(html: str) -> str:
    """What tells one page from another."""
    return hashlib.sha256(html.encode()).hexdigest()


def chromium() -> str | None:
    """Where Chromium is, None where it is not."""
    return os.environ.get("MIIT_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


def _said(*arguments: str) -> str:
    from miit_cli.__main__ import run

    with redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")) as out:
        code = run(arguments)
        out.flush()
        text: str = out.buffer.getvalue().decode()  # type: ignore[attr-defined]
    if code:
        raise SystemExit(f"pictures: `miit {' '.join(arguments)}` ended with {int(code)}")
    return text


def _take(html: str, scheme: str, path: Path) -> None:
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        file = Path(folder) / "page.html"
        file.write_text(html, encoding="utf-8")
        browser = play.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        context = browser.new_context(
            viewport=SIZE, color_scheme=scheme, device_scale_factor=1.5, reduced_motion="reduce"
        )
        shown = context.new_page()
        shown.goto(file.as_uri())
        figure = shown.locator("article .fig", has_text=FIGURE)
        figure.evaluate("figure => scrollTo(0, figure.getBoundingClientRect().top - 340)")
        shown.locator(f"#r{figure.get_attribute('data-number')}").scroll_into_view_if_needed()
        figure.hover()
        shown.locator("#card").wait_for()
        shown.screenshot(path=path)
        browser.close()


def main() -> None:
    """Make them all."""
    if chromium() is None:
        raise SystemExit("pictures: no Chromium here; install the package chromium, or set MIIT_CHROMIUM")
    PICTURES.mkdir(exist_ok=True)
    html = page()
    taken = {}
    for scheme in SCHEMES:
        (PICTURES / f"chart-{scheme}.svg").write_text(chart(scheme), encoding="utf-8")
        _take(html, scheme, PICTURES / f"page-{scheme}.png")
        taken[f"page-{scheme}.png"] = digest(html)
    TAKEN_OF.write_text(json.dumps(taken, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
