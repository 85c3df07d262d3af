"""Which function answers which method of the Bot API."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.sandbox import bot_chats, bot_messages, bot_updates
from bot.sandbox.core import Core
from bot.sandbox.state import Json

Method = Callable[[Core, Json], Any]

# getUpdates waits and so stands apart: see Poller.
METHODS: Mapping[str, Method] = {
    "getMe": bot_chats.get_me,
    "sendMessage": bot_messages.send_message,
    "sendDocument": bot_messages.send_document,
    "sendPhoto": bot_messages.send_photo,
    "copyMessage": bot_messages.copy_message,
    "forwardMessage": bot_messages.forward_message,
    "sendChatAction": bot_messages.send_chat_action,
    "editMessageText": bot_messages.edit_message_text,
    "editMessageCaption": bot_messages.edit_message_caption,
    "editMessageReplyMarkup": bot_messages.edit_message_reply_markup,
    "deleteMessage": bot_messages.delete_message,
    "answerCallbackQuery": bot_messages.answer_callback_query,
    "getFile": bot_chats.get_file,
    "getChat": bot_chats.get_chat,
    "getChatMember": bot_chats.get_chat_member,
    "leaveChat": bot_chats.leave_chat,
    "setMyCommands": bot_chats.set_my_commands,
    "getMyCommands": bot_chats.get_my_commands,
    "deleteMyCommands": bot_chats.delete_my_commands,
    "setMyDescription": bot_chats.set_my_description,
    "setMyShortDescription": bot_chats.set_my_short_description,
    "setChatMenuButton": bot_chats.set_chat_menu_button,
    "setWebhook": bot_updates.set_webhook,
    "deleteWebhook": bot_updates.delete_webhook,
    "getWebhookInfo": bot_updates.get_webhook_info,
    "logOut": bot_updates.log_out,
    "close": bot_updates.log_out,
}
