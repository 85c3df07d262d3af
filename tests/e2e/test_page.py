"""`dondoc run` without a token, used on its page by someone who clicks."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser import DESKTOP, PHONE, open_page, photograph
from tests.e2e.harness import ROOT

OFFICE = "hu-muong-te"
SECRETARIAT = "van-phong-tinh-uy"


@contextmanager
def running_sandbox(folder: Path) -> Iterator[str]:
    """The address of the page that `dondoc run` prints."""
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONUTF8": "1",
        "DATA_DIR": str(folder / "data"),
        "WEB_ADDRESS": "127.0.0.1:0",
    }
    with (folder / "bot.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=log
        )
    assert process.stdout is not None
    try:
        address = process.stdout.readline().decode().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address), (folder / "bot.log").read_text()
        yield address
    finally:
        process.terminate()
        process.wait(15)
        process.stdout.close()


def chat(page: Page, key: str) -> Locator:
    return page.locator(f'[data-chat="{key}"]')


def last_with(page: Page, key: str, words: str) -> Locator:
    return chat(page, key).locator("[data-message-id]").filter(has_text=words).last


def press(message: Locator, label: str) -> None:
    message.locator("button[data-callback]").filter(has_text=label).first.click()


def write(page: Page, key: str, text: str) -> None:
    box = chat(page, key).locator('[data-input="text"]')
    box.fill(text)
    box.press("Enter")


def jump(page: Page, to: str) -> None:
    """Moves the clock with the page's own picker."""
    page.locator("#clock-now").click()
    page.locator("#clock-input").fill(to)
    page.locator("#clock-picker button.primary").click()
    expect(page.locator("#clock-progress")).to_be_hidden(timeout=60_000)


@pytest.mark.timeout(180)
def test_someone_clicks_through_reminder_report_confirmation_and_overdue_list(tmp_path: Path) -> None:
    with running_sandbox(tmp_path) as address, open_page(address, DESKTOP) as page:
        expect(last_with(page, OFFICE, "Giao nhiệm vụ")).to_be_visible(timeout=20_000)
        expect(last_with(page, SECRETARIAT, "Chào đồng chí")).to_be_visible()
        photograph(page, "1-start")
        press(last_with(page, OFFICE, "Giao nhiệm vụ"), "Đã nhận nhiệm vụ")

        jump(page, "2023-05-24T08:00")
        reminder = last_with(page, OFFICE, "Nhắc việc lần 1")
        expect(reminder).to_contain_text("còn 7 ngày")
        expect(reminder).to_contain_text("Mục IV, điểm 2")
        photograph(page, "2-reminder")

        press(reminder, "Báo cáo hoàn thành")
        expect(last_with(page, OFFICE, "nhập nội dung báo cáo")).to_be_visible()
        write(page, OFFICE, "Đã ban hành Kế hoạch số 123-KH/HU ngày 22/5/2023 & gửi các <đơn vị>.")
        preview = last_with(page, OFFICE, "Xem lại trước khi gửi")
        expect(preview).to_contain_text("gửi các <đơn vị>")
        photograph(page, "3-preview")
        press(preview, "Gửi báo cáo")
        expect(last_with(page, OFFICE, "Biên nhận báo cáo số 1")).to_contain_text("Nộp đúng hạn")

        submitted = last_with(page, SECRETARIAT, "Báo cáo hoàn thành số 1")
        expect(submitted).to_contain_text("Huyện ủy Mường Tè")
        press(submitted, "Xác nhận hoàn thành")
        expect(last_with(page, SECRETARIAT, "đã xác nhận hoàn thành lúc")).to_be_visible()
        expect(last_with(page, OFFICE, "Đã xác nhận hoàn thành")).to_be_visible()
        photograph(page, "4-confirmed")

        jump(page, "2023-06-05T09:00")
        write(page, SECRETARIAT, "/quahan")
        overdue = last_with(page, SECRETARIAT, "Nhiệm vụ quá hạn")
        expect(overdue).to_contain_text("quá hạn 5 ngày")
        expect(overdue).not_to_contain_text("Mường Tè")
        photograph(page, "5-overdue")
        press(overdue, "Đôn đốc tất cả")
        photograph(page, "6-press")
        press(last_with(page, SECRETARIAT, "Tin nhắn gửi đến"), "Gửi")
        jump(page, "2023-06-05T09:02")
        expect(last_with(page, "ban-tuyen-giao", "Đôn đốc lần 3")).to_contain_text("quá hạn 5 ngày")
        photograph(page, "7-pressed")


@pytest.mark.timeout(120)
def test_on_a_phone_one_chat_at_a_time_fits_the_width(tmp_path: Path) -> None:
    with running_sandbox(tmp_path) as address, open_page(address, PHONE, dark=True) as page:
        expect(last_with(page, OFFICE, "Giao nhiệm vụ")).to_be_visible(timeout=20_000)
        photograph(page, "8-phone")
        guide = page.locator("#help").bounding_box()
        assert guide is not None
        assert guide["height"] < PHONE["height"] / 6
        page.locator(f'[data-tab="{SECRETARIAT}"]').click()
        expect(last_with(page, SECRETARIAT, "Chào đồng chí")).to_be_visible()
        expect(chat(page, OFFICE)).to_be_hidden()
        write(page, SECRETARIAT, "/tonghop")
        expect(last_with(page, SECRETARIAT, "Tổng số nhiệm vụ: 28")).to_be_visible()
        photograph(page, "9-phone-summary")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"]
