"""Takes the pictures of docs/tour.md from a running demo.

Run as `python -m tests.pictures http://127.0.0.1:8765` beside `linsheng demo`.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.machine import browser

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
PRIVATE = "和机器人私聊"


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: whose phone, which chat, and the words it is about."""

    name: str
    who: str
    words: str
    private: bool = False
    first: bool = False


SCENES = (
    Scene("tour-question", "陈雪", "2号楼门禁又刷不开了", first=True),
    Scene("tour-card", "李强", "2号楼门禁又刷不开了", private=True),
    Scene("tour-answer", "林悦", "读卡器坏了"),
    Scene("tour-rumour-source", "陈雪", "的结论已经发布", private=True),
    Scene("tour-rumour", "王秀兰", "核实结果"),
    Scene("tour-poll", "林悦", "快速投票结果"),
    Scene("tour-consult", "陈雪", "请用您的话把这个担心说清楚", private=True),
    Scene("tour-outcome", "林悦", "结果 ●●●○"),
)
FRIDAY = (
    Scene("tour-board", "林悦", "看板"),
    Scene("tour-digest", "林悦", "🗞"),
    Scene("tour-managers", "陈雪", "📊", private=True),
)
"""What stands there once the clock has been moved to a Friday evening."""


def phone(page: Page, who: str) -> Locator:
    """One of the four phones."""
    return page.get_by_label(who, exact=True)


def take(page: Page, scene: Scene) -> None:
    """Opens the chat, brings the words into the middle, and takes the phone."""
    shown = phone(page, scene.who)
    if scene.private:
        shown.get_by_role("tab", name=PRIVATE).click()
    lines = shown.locator(".log li").filter(has_text=scene.words)
    line = lines.first if scene.first else lines.last
    line.wait_for(timeout=5_000)
    line.evaluate("one => one.scrollIntoView({block: 'center'})")
    page.wait_for_timeout(400)
    shown.screenshot(path=FOLDER / f"{scene.name}.png")


def main(address: str) -> None:
    """All of them."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
        for scene in SCENES:
            take_one(chromium, address, scene)
        page = opened(chromium, address)
        for _ in range(7):
            page.get_by_role("button", name="+1 天").click()
            page.wait_for_timeout(3_000)
        page.close()
        for scene in FRIDAY:
            take_one(chromium, address, scene)
        chromium.close()


def opened(chromium: Browser, address: str) -> Page:
    """The page, with its phones filled."""
    page = chromium.new_page(viewport={"width": 1640, "height": 1000})
    page.goto(address)
    page.locator(".log li").first.wait_for(timeout=20_000)
    return page


def take_one(chromium: Browser, address: str, scene: Scene) -> None:
    """One picture, of a page of its own."""
    page = opened(chromium, address)
    take(page, scene)
    page.close()


if __name__ == "__main__":
    main(sys.argv[1])
