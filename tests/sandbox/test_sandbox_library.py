"""The chat library itself talks to the sandbox as it talks to Telegram."""

import asyncio
from collections.abc import Awaitable, Callable

import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.request import HTTPXRequest

from bot.sandbox import RunningSandbox, Sandbox

from .conftest import BINH


def run_bot(running: RunningSandbox, work: Callable[[telegram.Bot], Awaitable[None]]) -> None:
    async def main() -> None:
        request = HTTPXRequest(httpx_kwargs={"trust_env": False})
        bot = telegram.Bot(
            running.token,
            base_url=f"{running.url}/bot",
            base_file_url=f"{running.url}/file/bot",
            request=request,
            get_updates_request=HTTPXRequest(httpx_kwargs={"trust_env": False}),
        )
        async with bot:
            await work(bot)

    asyncio.run(main())


def test_a_conversation_with_buttons_files_and_edits(running: RunningSandbox, sandbox: Sandbox) -> None:
    chat_id = sandbox.persona(BINH).user_id

    async def work(bot: telegram.Bot) -> None:
        assert bot.username == "dondoc_sandbox_bot"
        updates = await bot.get_updates(timeout=5)
        assert [each.message.text for each in updates if each.message] == ["/start", "/start"]
        keyboard = InlineKeyboardMarkup(
            [[InlineKeyboardButton("✅ Đã nhận nhiệm vụ", callback_data="ack:1")]]
        )
        sent = await bot.send_message(
            chat_id, "<b>Nhắc việc lần 1</b>", parse_mode="HTML", reply_markup=keyboard
        )
        assert sent.entities[0].type == "bold"
        query = sandbox.press(BINH, sent.message_id, "Đã nhận")
        pressed = (await bot.get_updates(offset=updates[-1].update_id + 1, timeout=5))[0]
        assert pressed.callback_query is not None
        assert pressed.callback_query.data == "ack:1"
        await pressed.callback_query.answer("Đã ghi nhận")
        assert sandbox.query(query.id).answer == {"text": "Đã ghi nhận", "show_alert": False}
        await pressed.callback_query.edit_message_text("Đã nhận nhiệm vụ lúc 09:00")
        assert sandbox.messages(BINH)[-1]["text"] == "Đã nhận nhiệm vụ lúc 09:00"
        document = await bot.send_document(
            chat_id, b"%PDF-1.4 ...", filename="Công văn.pdf", caption="Kèm theo"
        )
        assert document.document is not None
        assert document.document.file_name == "Công văn.pdf"
        taken = await (await bot.get_file(document.document.file_id)).download_as_bytearray()
        assert bytes(taken) == b"%PDF-1.4 ..."

    run_bot(running, work)
