import { fileAddress } from "./api.js";
import { day, time } from "./dates.js";
import { h, iconButton } from "./dom.js";
import { renderText } from "./entities.js";

const PHOTO_HEIGHT = 300;

/** One message as an element; `actions` are the chat's: press, reply, edit, command, invite, jump. */
export function renderMessage(message, isOwn, actions) {
  const element = h("article", {
    class: `message${isOwn ? " own" : ""}`, "data-message-id": message.message_id, "aria-label": isOwn ? "Tin của mình" : "Tin của bot",
  });
  element.append(bubble(message, isOwn, actions));
  const rows = message.reply_markup?.inline_keyboard;
  if (rows?.length) element.append(keyboard(message, rows, actions));
  element.append(tools(message, isOwn, actions));
  return element;
}

/** What a message is called in a quotation, in a line. */
export function summary(message) {
  if (message.text) return message.text.split("\n", 1)[0];
  if (message.document) return `📎 ${message.document.file_name ?? "Tệp"}`;
  if (message.photo) return message.caption ? `🖼 ${message.caption}` : "🖼 Ảnh";
  return "Tin nhắn";
}

function bubble(message, isOwn, actions) {
  const element = h("div", { class: "bubble" });
  if (message.forward_origin) {
    element.append(h("div", { class: "quote" }, h("b", {}, `Chuyển tiếp từ ${message.forward_origin.sender_user?.first_name ?? "…"}`)));
  }
  if (message.reply_to_message) element.append(quote(message.reply_to_message, actions));
  if (message.photo) element.append(photo(message.photo.at(-1)));
  if (message.document) element.append(document_(message.document));
  const body = renderText(shownText(message, isOwn), message.entities ?? message.caption_entities, actions);
  body.append(meta(message, isOwn));
  element.append(body);
  return element;
}

/** Telegram's apps do not show the token of an invitation either. */
function shownText(message, isOwn) {
  const text = message.text ?? message.caption ?? "";
  return isOwn && text.startsWith("/start ") ? "/start" : text;
}

function meta(message, isOwn) {
  const at = new Date(message.date * 1000);
  const edited = message.edit_date ? "đã sửa " : "";
  return h("time", { class: "meta", datetime: at.toISOString(), title: `${day(at)} · ${time(at)}` }, `${edited}${time(at)}${isOwn ? " ✓" : ""}`);
}

function quote(original, actions) {
  const who = original.from?.is_bot ? original.from.first_name : `${original.from?.first_name ?? ""}`;
  return h("button", { type: "button", class: "quote", onclick: () => actions.jump(original.message_id), "aria-label": `Đến tin được trả lời: ${summary(original)}` },
    h("b", {}, who), h("span", {}, summary(original)));
}

function photo(size) {
  const address = fileAddress(size.file_id);
  // Its place is known before it has loaded, so that nothing jumps.
  const scale = Math.min(1, PHOTO_HEIGHT / size.height);
  const [width, height] = [Math.round(size.width * scale), Math.round(size.height * scale)];
  return h("a", { class: "photo", href: address, target: "_blank", rel: "noopener" }, h("img", { src: address, alt: "Ảnh gửi kèm", width, height }));
}

function document_(file) {
  const name = file.file_name ?? "tệp";
  const kind = name.includes(".") ? name.split(".").pop().slice(0, 4).toUpperCase() : "TỆP";
  return h("a", { class: "file", href: `${fileAddress(file.file_id)}?download`, download: name, "data-file": name },
    h("i", { "aria-hidden": "true" }, kind), h("span", {}, h("b", {}, name), h("small", {}, formatSize(file.file_size ?? 0))));
}

export function formatSize(bytes) {
  const number = (value) => value.toLocaleString("vi-VN", { maximumFractionDigits: 1 });
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 ** 2 ? `${number(bytes / 1024)} KB` : `${number(bytes / 1024 ** 2)} MB`;
}

function keyboard(message, rows, actions) {
  return h("div", { class: "keys", role: "group", "aria-label": "Các nút của tin nhắn" },
    ...rows.map((row) => h("div", {}, ...row.map((button) => key(message, button, actions)))));
}

function key(message, button, actions) {
  const properties = { "data-button": button.text, "data-style": button.style };
  if (button.url) {
    if (actions.isInvite(button.url)) {
      return h("button", { ...properties, type: "button", onclick: () => actions.invite(button.url) }, button.text);
    }
    return h("a", { ...properties, href: button.url, target: "_blank", rel: "noopener noreferrer" }, `${button.text} ↗`);
  }
  if (button.copy_text) {
    return h("button", { ...properties, type: "button", onclick: () => actions.copy(button.copy_text.text) }, button.text);
  }
  return h("button", { ...properties, type: "button", "data-callback": button.callback_data, onclick: () => actions.press(message, button) }, button.text);
}

function tools(message, isOwn, actions) {
  const element = h("div", { class: "tools" }, iconButton("reply", "Trả lời tin này", () => actions.reply(message), { "data-tool": "reply" }));
  if (isOwn && message.text) element.append(iconButton("edit", "Sửa tin này", () => actions.edit(message), { "data-tool": "edit" }));
  return element;
}
