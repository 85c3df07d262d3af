import * as api from "./api.js";
import { Chat } from "./chat.js";
import { Clock } from "./clock.js";
import { ask, h, toast } from "./dom.js";
import { Tabs } from "./tabs.js";

const find = (id) => document.getElementById(id);

/** Holds the chats together and keeps them as the server has them. */
class App {
  async start() {
    const state = await api.getState();
    this.bot = state.bot;
    const people = state.personas.filter((persona) => persona.on_page);
    this.chats = people.map((persona, index) => new Chat(persona, index, this));
    find("chats").style.setProperty("--columns", this.chats.length);
    find("chats").replaceChildren(...this.chats.map((chat) => chat.element));
    this.tabs = new Tabs(find("tabs"), this.chats);
    this.clock = new Clock(() => this.chats.reduce((sum, chat) => sum + chat.messages.size, 0));
    this.load(state);
    this.listen(state.event);
    this.setUpHelp();
  }

  load(state) {
    this.clock.set(state.now);
    this.clock.setNext(state.next);
    this.clock.setAttached(state.attached);
    for (const chat of this.chats) {
      const room = state.chats.find((each) => each.id === chat.persona.user_id);
      if (room) chat.load(room, state.waiting);
    }
    this.tabs.refresh();
  }

  /** Events that come while the state is on its way are heard after it, so that none is undone by it. */
  async reload() {
    if (this.held) { this.isStale = true; return; }
    this.held = [];
    try {
      const state = await api.getState();
      this.load(state);
      this.release(state.event);
    } catch {
      this.release(0);
    }
  }

  release(known) {
    const held = this.held;
    this.held = null;
    for (const each of held) if (each.number > known) this.hear(each.event);
    if (this.isStale) { this.isStale = false; this.reload(); }
  }

  // --- the event stream

  listen(after) {
    const source = new EventSource(`/sandbox/api/events?after=${after}`);
    source.onmessage = ({ data, lastEventId }) => {
      const event = JSON.parse(data);
      if (this.held && event.kind !== "reload") this.held.push({ number: Number(lastEventId), event });
      else this.hear(event);
    };
    source.onerror = () => { find("lost").hidden = false; };
    source.onopen = () => {
      if (!find("lost").hidden) this.reload();
      find("lost").hidden = true;
    };
    addEventListener("pagehide", () => source.close());
  }

  hear(event) {
    const chat = this.chats.find((each) => each.persona.user_id === event.chat);
    const hear = {
      message: () => { chat?.show(event.message); this.tabs.refresh(); },
      deleted: () => chat?.remove(event.message_id),
      action: () => chat?.setTyping(true),
      pressed: () => chat?.onPressed(event.query),
      answered: () => chat?.onAnswered(event.query),
      clock: () => this.clock.set(event.now),
      next: () => { this.clock.setNext(event.next); this.clock.setAttached(event.attached); },
      commands: () => this.refreshCommands(),
      reload: () => this.reload(),
    }[event.kind];
    hear?.();
  }

  async refreshCommands() {
    const state = await api.getState();
    for (const chat of this.chats) {
      const room = state.chats.find((each) => each.id === chat.persona.user_id);
      if (room) chat.setCommands(room);
    }
  }

  // --- invitation links

  isInvite(url) {
    return new RegExp(`^https?://(t|telegram)\\.me/${this.bot.username}\\?start=[\\w-]+$`, "i").test(url);
  }

  async offerInvite(url) {
    const choices = this.chats.map((chat) => ({ label: chat.persona.title, value: chat.key }));
    const chosen = await ask("Mở đường dẫn mời này với tư cách ai?", [...choices, { label: "Chép đường dẫn", value: "copy", primary: true }]);
    if (chosen === "copy") await this.copy(url);
    else if (chosen) await api.open(chosen, url).catch((error) => toast(error.message, "error"));
  }

  async copy(text) {
    await navigator.clipboard.writeText(text).then(() => toast("Đã chép."), () => toast("Trình duyệt không cho chép.", "error"));
  }

  // --- help

  setUpHelp() {
    const show = (is) => {
      find("help").hidden = !is;
      try { localStorage.setItem("help", is ? "open" : "closed"); } catch { /* a private window keeps nothing */ }
    };
    let wanted = "open";
    try { wanted = localStorage.getItem("help") ?? "open"; } catch { /* the same */ }
    find("help").hidden = wanted === "closed";
    find("help-open").addEventListener("click", () => show(find("help").hidden));
    find("help-close").addEventListener("click", () => { show(false); find("help-open").focus(); });
  }
}

new App().start().catch((error) => {
  find("chats").replaceChildren(h("p", { class: "note", role: "alert" }, `Không mở được bàn thử: ${error.message}`));
});
