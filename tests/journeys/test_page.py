"""The chat page in a real browser: somebody types, taps and reads; the bot is restarted."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.crash.town import wait_for
from tests.loop.test_import import export

pytestmark = [pytest.mark.chromium, pytest.mark.timeout(120)]
HERE, FRIDAY = ZoneInfo("Asia/Shanghai"), 4
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real demo, as `linsheng demo` serves it."""
    folder = tmp_path_factory.mktemp("demo")
    log = folder / "demo.log"
    with log.open("wb") as out:
        demo = subprocess.Popen(
            [sys.executable, "-m", "bot", "demo", "--port", "0"],
            cwd=folder,
            stdout=out,
            stderr=out,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "TMPDIR": str(folder)},
        )
    yield wait_for(lambda: re.search(r"http://127\.0\.0\.1:\d+", log.read_text("utf-8")), 60)[0]
    demo.kill()
    demo.wait()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1500, "height": 1050})
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.goto(address)
    expect(page.locator(".log li").first).to_be_visible(timeout=20_000)
    yield page
    page.close()
    assert wrong == []


def phone(page: Page, name: str) -> Locator:
    return page.get_by_label(name, exact=True)


def test_somebody_types_taps_and_reads_across_a_restart(page: Page) -> None:
    lin, chen = phone(page, "林悦"), phone(page, "陈雪")
    lin.get_by_placeholder("写消息").fill("大家晚上好")
    lin.get_by_role("button", name="发送").click()
    expect(chen.locator(".log")).to_contain_text("大家晚上好")
    chen.get_by_role("tab", name="和机器人私聊").click()
    chen.get_by_placeholder("写消息").fill("/urgent 今晚十点电梯检修")
    chen.get_by_role("button", name="发送").click()
    page.get_by_role("button", name="重启机器人").click()
    expect(page.locator("#notice")).to_contain_text("什么都没有丢", timeout=20_000)
    chen.get_by_role("button", name="现在发").click()
    notice = lin.locator("li", has_text="今晚十点电梯检修").last
    expect(notice).to_be_visible(timeout=20_000)
    notice.get_by_role("button", name="知道了").click()
    expect(lin.get_by_role("alert")).to_contain_text("已记", timeout=10_000)
    notice.get_by_role("button", name="知道了").click()
    expect(lin.get_by_role("alert")).to_contain_text("之前已经记过", timeout=10_000)


def test_a_message_can_be_answered_and_liked(page: Page) -> None:
    lin = phone(page, "林悦")
    last = lin.locator("li.theirs").last
    last.get_by_role("button", name="回复").click()
    lin.get_by_placeholder("写消息").fill("我也这么想")
    lin.get_by_role("button", name="发送").click()
    expect(lin.locator("li.mine", has_text="我也这么想").locator(".quote")).to_be_visible()
    last.get_by_role("button", name="赞").click()
    expect(lin.locator(".reactions").last).to_contain_text("1")


def test_a_new_group_is_set_up_and_its_past_is_read(page: Page, tmp_path: Path) -> None:
    chen = phone(page, "陈雪")
    page.get_by_role("button", name="另建一个群").click()
    expect(page.locator("#notice")).to_contain_text("新群建好了")
    page.get_by_role("button", name="加入群").click()
    page.get_by_role("button", name="设为管理员").click()
    chen.get_by_role("tab", name="春晖里2群").click()
    chen.get_by_placeholder("写消息").fill("/setup")
    chen.get_by_role("button", name="发送").click()
    chen.get_by_role("tab", name="和机器人私聊").click()
    chen.get_by_role("button", name="并入").last.click()
    expect(chen.locator(".log")).to_contain_text("想让我马上有用", timeout=20_000)
    past = export(tmp_path)
    chen.locator(".file").set_input_files(past)
    expect(chen.locator(".log")).to_contain_text("可能没人回的问题 2 个", timeout=30_000)
    chen.get_by_role("button", name="记 1").last.click()
    expect(chen.get_by_role("alert")).to_contain_text("记成事项了", timeout=10_000)


def test_taking_the_bots_rights_is_told_to_the_manager(page: Page) -> None:
    chen = phone(page, "陈雪")
    chen.get_by_role("tab", name="和机器人私聊").click()
    page.get_by_role("button", name="收走权限").click()
    expect(chen.locator(".log")).to_contain_text("不再是管理员", timeout=20_000)
    page.get_by_role("button", name="设为管理员").click()


def test_the_clock_moves_on_and_the_page_speaks_english(page: Page) -> None:
    before = page.locator("#now").inner_text()
    page.get_by_role("button", name="+1 天").click()
    expect(page.locator("#now")).not_to_have_text(before)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("tab", name="Chat with bot").first).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize(("width", "height"), [(360, 740), (750, 525)])
def test_on_a_phone_and_at_200_percent_nothing_is_cut_off(
    browser: Browser, address: str, width: int, height: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(address)
    expect(page.locator(".log li").first).to_be_visible(timeout=20_000)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width
    page.close()


def test_every_control_has_a_name_and_is_large_enough(page: Page) -> None:
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, textarea')]
            .filter((one) => one.offsetParent)
            .filter((one) => one.offsetHeight < 44
                || !(one.textContent.trim() || one.labels?.length || one.ariaLabel))
            .map((one) => one.outerHTML.slice(0, 80))"""
    )
    assert small == []


def test_what_is_due_while_the_clock_is_moved_on_happens_at_its_moment(address: str) -> None:
    now = datetime.fromisoformat(httpx.get(f"{address}/sandbox/clock").json()["now"])
    friday = now.astimezone(HERE).replace(hour=18, minute=31)
    friday += timedelta(days=(FRIDAY - friday.weekday()) % 7)
    far = (friday - now).total_seconds() % timedelta(days=7).total_seconds()
    answer = httpx.post(f"{address}/demo/forward", content=b"%d" % far, timeout=60)
    assert answer.json() == {"ok": True}
    told = wait_for(lambda: digests(address))
    assert "〔补发〕" not in told[-1]
    assert httpx.post(f"{address}/demo/forward", content=b"-1").status_code == 400
    assert httpx.post(f"{address}/demo/forward", content=b"9" * 8).status_code == 400


def digests(address: str) -> list[str]:
    chats = httpx.get(f"{address}/sandbox/chats").json()
    place = {"user": 100_002, "chat": next(c["id"] for c in chats if c["title"] == "春晖里1群")}
    shown = httpx.get(f"{address}/sandbox/view", params=place).json()["messages"]
    return [m["text"] for m in shown if m["text"].startswith("🗞")]
