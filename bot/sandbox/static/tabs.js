import { h } from "./dom.js";

/** On a phone: one chat at a time, with how many messages of the bot have not been looked at. */
export class Tabs {
  constructor(element, chats) {
    this.chats = chats;
    this.seen = new Map();
    this.narrow = matchMedia("(max-width: 820px)");
    this.buttons = chats.map((chat) => h("button", {
      type: "button", role: "tab", id: `tab-${chat.key}`, "data-tab": chat.key, "aria-controls": `chat-${chat.key}`,
      onclick: () => this.select(chat), onkeydown: (event) => this.onKey(event, chat),
    }, h("span", {}, chat.persona.title)));
    element.replaceChildren(...this.buttons);
    this.narrow.addEventListener("change", () => this.refresh());
    this.current = chats[0];
    this.isFresh = true;
  }

  select(chat) {
    this.current = chat;
    this.refresh();
    chat.toBottom();
  }

  onKey(event, chat) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const index = (this.chats.indexOf(chat) + step + this.chats.length) % this.chats.length;
    this.select(this.chats[index]);
    this.buttons[index].focus();
  }

  refresh() {
    this.chats.forEach((chat, index) => {
      const isCurrent = chat === this.current;
      // What was there when the page opened counts as seen, and so does all that a desk shows.
      if (isCurrent || !this.narrow.matches || this.isFresh) this.seen.set(chat.key, lastId(chat));
      const unread = [...chat.messages.values()].filter(({ message }) => !chat.isOwn(message) && message.message_id > this.seen.get(chat.key)).length;
      this.draw(chat, this.buttons[index], isCurrent, unread);
    });
    this.isFresh = false;
  }

  draw(chat, button, isCurrent, unread) {
    chat.element.dataset.shown = String(isCurrent);
    button.setAttribute("aria-selected", String(isCurrent));
    button.tabIndex = isCurrent ? 0 : -1;
    button.querySelector(".badge")?.remove();
    if (unread) button.append(h("span", { class: "badge", "data-unread": unread, "aria-label": `${unread} tin chưa xem` }, String(unread)));
  }
}

const lastId = (chat) => Math.max(0, ...chat.messages.keys());
