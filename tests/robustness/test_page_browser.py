"""The page of a document in a browser: headless Chromium, driven through Playwright.

The tests install nothing: they drive the Chromium of the system (Debian's package is `chromium`), or the one
that MIIT_CHROMIUM names, and are skipped where there is none.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import page_case
import pypdf
import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from miit_cli.output.page import render

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = os.environ.get("MIIT_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium here: install the package `chromium`, or name one in MIIT_CHROMIUM"
)
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    environ = {**os.environ, "XDG_CACHE_HOME": str(tmp_path_factory.mktemp("chromium"))}
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"], env=environ)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    made = {"read": page_case.read(), "hostile": page_case.hostile()}
    for name, page in made.items():
        (folder / f"{name}.html").write_text("".join(render(page)), encoding="utf-8")
    return {name: folder / f"{name}.html" for name in made}


class Opened:
    """A page that was opened, and what it asked for and complained of."""

    def __init__(self, browser: Browser, file: Path, **surroundings: object) -> None:
        self.context = browser.new_context(**{"viewport": WIDE, **surroundings})  # type: ignore[arg-type]
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(file.as_uri())

    def close(self) -> None:
        """It asked for nothing but itself, and complained of nothing."""
        self.context.close()
        assert self.complaints == []
        assert len(self.requests) == 1


@pytest.fixture
def page(browser: Browser, files: dict[str, Path]) -> Iterator[Page]:
    opened = Opened(browser, files["read"])
    yield opened.page
    opened.close()


def card(page: Page) -> dict[str, str]:
    """What the card says, by name; of several records the last one."""
    names, said = (page.locator(f"#card {tag}").all_inner_texts() for tag in ("dt", "dd"))
    return {name: " ".join(words.split()) for name, words in zip(names, said, strict=True)}


def test_hovering_a_figure_shows_what_was_read(page: Page) -> None:
    expect(page.locator("#card")).to_be_hidden()
    page.locator("article .fig", has_text="over 3.6 million").hover()
    expect(page.locator("#card")).to_be_visible()
    assert card(page) == page_case.TOLD
    expect(page.locator("#r4")).to_have_class("recorded on")
    page.locator("#card").hover()
    page.wait_for_timeout(300)
    expect(page.locator("#card")).to_be_visible()
    page.locator("h1").hover()
    expect(page.locator("#card")).to_be_hidden()


def test_the_keyboard_shows_the_same(page: Page) -> None:
    page.locator("article .fig").nth(2).focus()
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    expect(focused).to_have_text("over 3.6 million")
    assert card(page) == page_case.TOLD
    expect(focused).to_have_attribute("aria-describedby", "card")
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()
    expect(focused).to_have_text("over 3.6 million")


def test_a_figure_that_is_no_record_says_why(page: Page) -> None:
    page.locator("article .fig", has_text="41 billion yuan").hover()
    assert card(page) == {
        "Subject": "antivirus programs",
        "Reason": "because it is uncatalogued",
        "Sentence": "4",
    }
    page.locator("article .fig", has_text="110").hover()
    assert card(page)["Confidence"] == "0.62"


def test_a_figure_of_two_records_shows_both(page: Page) -> None:
    page.locator("article .fig", has_text="nearly 7 million").hover()
    expect(page.locator("#card dl")).to_have_count(2)
    assert page.locator("tr.on").count() == 2


def test_figures_and_rows_lead_to_each_other(page: Page) -> None:
    page.locator("article .fig", has_text="over 3.6 million").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#r4 a")).to_be_focused()
    expect(page.locator("#r4")).to_have_class("recorded on chosen")
    page.keyboard.press("Enter")
    expect(page.locator("#f4")).to_be_focused()
    page.locator("#r2").hover()
    expect(page.locator("#f2")).to_have_class("fig recorded doubt on")
    page.locator("#r2").click()
    expect(page.locator("#f2")).to_be_focused()
    expect(page.locator("#f2")).to_be_in_viewport()


def test_a_folded_row_is_unfolded(page: Page) -> None:
    expect(page.locator("#r6")).to_be_hidden()
    page.locator("article .fig", has_text="41 billion yuan").click()
    expect(page.locator("#r6 a")).to_be_focused()
    expect(page.locator("#r6")).to_be_in_viewport()


def test_the_legend_filters_text_and_table(page: Page) -> None:
    assert page.locator("article .fig:not(.off)").count() == 10
    page.get_by_role("checkbox", name="recorded").uncheck()
    assert page.locator("article .fig:not(.off)").count() == 7
    expect(page.locator("#r4")).to_be_hidden()
    page.locator("article .fig", has_text="over 3.6 million").hover()
    page.wait_for_timeout(100)
    expect(page.locator("#card")).to_be_hidden()
    page.locator("article .fig", has_text="end of June").focus()
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("by 2025")
    page.get_by_role("checkbox", name="recorded").check()
    expect(page.locator("#r4")).to_be_visible()


def test_the_field_filters_by_what_was_read(page: Page) -> None:
    page.get_by_role("searchbox").fill("target station")
    assert page.locator("article .fig:not(.off)").all_inner_texts() == ["over 3.6 million"]
    expect(page.locator("output")).to_have_text("1 of 10")
    page.get_by_role("searchbox").fill("antivirus")
    expect(page.locator("#r6")).to_be_visible()
    page.get_by_role("searchbox").fill("")
    assert page.locator("article .fig.off").count() == 0


# how it looks

CONTRAST = """() => {
  const channel = (each) => (each /= 255, each <= .03928 ? each / 12.92 : ((each + .055) / 1.055) ** 2.4);
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const seen = (color, under) => {
    canvas.fillStyle = under; canvas.fillRect(0, 0, 1, 1);
    canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const weights = [.2126, .7152, .0722];
  const light = (rgb) => rgb.map(channel).reduce((sum, each, place) => sum + each * weights[place], 0);
  const paper = getComputedStyle(document.body).backgroundColor;
  const said = '.fig, .meta, .kind, [data-name], td, th, summary, label b';
  return [...document.querySelectorAll(said)]
    .filter((each) => each.textContent.trim()).map((each) => {
      const style = getComputedStyle(each);
      const below = seen(style.backgroundColor, paper);
      const [a, b] = [light(seen(style.color, paper)), light(below)].sort((x, y) => y - x);
      return [`${each.className} ${each.textContent.slice(0, 30)}`, (a + .05) / (b + .05)];
    });
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_light_and_dark_and_can_be_read(browser: Browser, files: dict[str, Path], scheme: str) -> None:
    opened = Opened(browser, files["read"], color_scheme=scheme)
    paper = opened.page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    assert (sum(paper) > 600) == (scheme == "light") and (sum(paper) < 150) == (scheme == "dark")
    poor = [(name, ratio) for name, ratio in opened.page.evaluate(CONTRAST) if ratio < 4.5]
    opened.close()
    assert not poor


@pytest.mark.parametrize("width", [320, 360, 768, 1024, 2560])
def test_nothing_is_cut_off_at_any_width(browser: Browser, files: dict[str, Path], width: int) -> None:
    for name in ("read", "hostile"):
        opened = Opened(browser, files[name], viewport={"width": width, "height": 700})
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
        opened.close()


def test_on_a_phone_a_touch_shows_the_card_at_the_bottom(browser: Browser, files: dict[str, Path]) -> None:
    opened = Opened(browser, files["read"], viewport=PHONE, has_touch=True, is_mobile=True)
    opened.page.locator("article .fig", has_text="over 3.6 million").tap()
    assert card(opened.page) == page_case.TOLD
    box = opened.page.locator("#card").bounding_box()
    assert box and (box["x"], box["width"], box["y"] + box["height"]) == (0, 360, 740)
    opened.page.locator("h2").first.tap()
    expect(opened.page.locator("#card")).to_be_hidden()
    opened.close()


def test_paper_has_text_and_table_and_nothing_to_click(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    page.pdf(path=path, format="A4")
    text = " ".join(" ".join(each.extract_text() for each in pypdf.PdfReader(path).pages).split())
    for told in ("Half a year", "2.937 million", "Output of new energy vehicles", "antivirus programs"):
        assert told in text
    page.emulate_media(media="print")
    for hidden in (".find", "#card", ".legend input"):
        expect(page.locator(hidden).first).to_be_hidden()


def test_without_script_colours_rows_and_links_are_there(browser: Browser, files: dict[str, Path]) -> None:
    opened = Opened(browser, files["read"], java_script_enabled=False)
    found = opened.page.locator("article .fig", has_text="over 3.6 million")
    told = "recorded · 5G base stations · more than 3,600,000 stations · 2025"
    told += " · the period is said in the sentence"
    expect(found).to_have_attribute("title", told)
    expect(opened.page.locator(".find")).to_be_hidden()
    found.click()
    expect(opened.page.locator("#r4:target")).to_be_in_viewport()
    opened.page.locator("#r4 a").click()
    expect(opened.page.locator("#f4:target")).to_be_in_viewport()
    opened.close()


# what must not happen


def test_a_hostile_document_runs_nothing(browser: Browser, files: dict[str, Path]) -> None:
    opened = Opened(browser, files["hostile"])
    for each in opened.page.locator("article .fig").all():
        each.hover()
        expect(opened.page.locator("#card")).to_be_visible()
        each.click()
    assert opened.page.evaluate("window.hacked") is None
    assert opened.page.locator("img, article script").count() == 0
    opened.close()


def test_the_policy_stops_what_escaping_would_let_through(browser: Browser, files: dict[str, Path]) -> None:
    """Markup that is put into the page afterwards is refused: it does not rest on escaping alone."""
    broken = files["read"].with_name("broken.html")
    hole = (
        "<script>window.hacked = 1</script><img src='https://example.org/x.png' onerror='window.hacked = 1'>"
    )
    html = files["read"].read_text(encoding="utf-8")
    broken.write_text(html.replace("</article>", f"{hole}</article>"), encoding="utf-8")
    opened = Opened(browser, broken)
    opened.page.wait_for_timeout(200)
    assert opened.page.evaluate("window.hacked") is None
    with pytest.raises(Error):
        opened.page.evaluate("document.body.innerHTML = '<b>x</b>'")
    assert len(opened.complaints) >= 2
    opened.context.close()
