import * as api from "./api.js";
import { Composer } from "./composer.js";
import { day } from "./dates.js";
import { ask, h, iconButton, toast } from "./dom.js";
import { renderMessage } from "./message.js";

const ANSWER_WAIT_S = 15;

/** A person's chat with the bot: a column on a desk, a tab on a phone. */
export class Chat {
  constructor(persona, hue, app) {
    this.persona = persona;
    this.app = app;
    this.waiting = new Map();
    this.messages = new Map();
    this.composer = new Composer(persona.key, { botName: app.bot.first_name });
    this.element = this.build(hue);
    this.actions = {
      press: (message, button) => this.press(message, button),
      reply: (message) => this.composer.setMode({ kind: "reply", message }),
      edit: (message) => this.composer.setMode({ kind: "edit", message }),
      command: (text) => this.composer.sendCommand(text),
      jump: (id) => this.jump(id),
      isInvite: (url) => app.isInvite(url),
      invite: (url) => app.offerInvite(url),
      copy: (text) => app.copy(text),
    };
  }

  get key() { return this.persona.key; }

  build(hue) {
    const { key, title, subtitle } = this.persona;
    this.status = h("p", {}, subtitle);
    this.log = h("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": `Trò chuyện của ${title}`, tabindex: "0", onscroll: () => this.onScroll() });
    this.belowButton = h("button", { type: "button", class: "below", hidden: true, onclick: () => this.toBottom(true) }, "↓ Tin mới");
    this.toasts = h("div", { class: "toasts inside", role: "status", "aria-live": "polite" });
    this.dropHint = h("div", { class: "drop", hidden: true }, "Thả tệp vào đây để gửi");
    const initials = title.normalize("NFD").replace(/\p{M}/gu, "").split(/\s+/).slice(0, 2).map((word) => word[0]).join("").toUpperCase();
    const more = iconButton("more", "Việc khác", () => this.openMore(), { "data-action": "more" });
    const element = h("section", { class: "chat", id: `chat-${key}`, "data-chat": key, role: "region", "aria-label": title },
      h("header", {}, h("span", { class: "avatar", "data-hue": hue % 3, "aria-hidden": "true" }, initials), h("div", {}, h("h2", {}, title), this.status), more),
      this.log, this.belowButton, this.toasts, this.composer.element, this.dropHint);
    this.acceptDrops(element);
    this.stayAtBottom();
    return element;
  }

  acceptDrops(element) {
    element.addEventListener("dragover", (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      this.dropHint.hidden = false;
    });
    element.addEventListener("dragleave", (event) => { if (!element.contains(event.relatedTarget)) this.dropHint.hidden = true; });
    element.addEventListener("drop", (event) => {
      event.preventDefault();
      this.dropHint.hidden = true;
      this.composer.addFiles(event.dataTransfer.files);
    });
  }

  // --- what the server says

  /** Draws everything anew from a chat of `/sandbox/api/state`. */
  load(room, waiting) {
    this.room = room;
    this.setCommands(room);
    this.messages.clear();
    this.log.replaceChildren();
    if (!room.messages.length) this.log.append(this.startCard());
    for (const message of room.messages) this.append(message);
    this.waiting.clear();
    for (const query of waiting) if (query.chat_id === room.id && Date.now() / 1000 - query.asked_at < ANSWER_WAIT_S) this.onPressed(query);
    this.toBottom();
  }

  setCommands(room) { this.composer.commands = room.commands[this.key] ?? []; }

  show(message) {
    const known = this.messages.get(message.message_id);
    const isOwn = this.isOwn(message);
    if (known) {
      const fresh = this.render(message);
      fresh.className = known.element.className;
      known.element.replaceWith(fresh);
      this.messages.set(message.message_id, { message, element: fresh });
      this.markWaiting();
      return;
    }
    const wasAtBottom = this.isAtBottom();
    this.log.querySelector(".start")?.remove();
    this.append(message);
    this.setTyping(false);
    if (wasAtBottom || isOwn) this.toBottom();
    else this.belowButton.hidden = false;
  }

  append(message) {
    const previous = [...this.messages.values()].at(-1)?.message;
    const shownDay = day(new Date(message.date * 1000));
    const isNewDay = !previous || day(new Date(previous.date * 1000)) !== shownDay;
    if (isNewDay) this.log.append(h("div", { class: "day", role: "separator" }, shownDay));
    const element = this.render(message);
    const isJoined = previous && !isNewDay && previous.from.id === message.from.id && !previous.reply_markup;
    element.classList.toggle("joined", Boolean(isJoined));
    this.messages.set(message.message_id, { message, element });
    this.log.append(element);
  }

  render(message) { return renderMessage(message, this.isOwn(message), this.actions); }

  remove(messageId) {
    this.messages.get(messageId)?.element.remove();
    this.messages.delete(messageId);
  }

  isOwn(message) { return message.from.id === this.persona.user_id; }

  setTyping(is) {
    clearTimeout(this.typingEnds);
    this.status.dataset.typing = String(is);
    this.status.textContent = is ? "bot đang soạn…" : this.persona.subtitle;
    if (is) this.typingEnds = setTimeout(() => this.setTyping(false), 5000);
  }

  // --- buttons

  async press(message, button) {
    const element = this.buttonOf(message.message_id, button.callback_data);
    if (element?.getAttribute("aria-busy") === "true") return;
    element?.setAttribute("aria-busy", "true");
    try {
      await api.press(this.key, message.message_id, button.callback_data);
    } catch (error) {
      element?.removeAttribute("aria-busy");
      toast(error.message, "error");
    }
  }

  onPressed(query) {
    this.waiting.set(query.id, query);
    this.markWaiting();
    setTimeout(() => this.settle(query.id), ANSWER_WAIT_S * 1000);
  }

  onAnswered(query) {
    this.settle(query.id);
    const { text, show_alert: isAlert, url } = query.answer;
    if (query.user_id !== this.persona.user_id) return;
    if (text && isAlert) ask(text, [{ label: "Đã rõ", value: true, primary: true }]);
    else if (text) toast(text, "info", 4, this.toasts);
    if (url && this.app.isInvite(url)) this.app.offerInvite(url);
  }

  settle(queryId) {
    const query = this.waiting.get(queryId);
    this.waiting.delete(queryId);
    if (query) this.buttonOf(query.message_id, query.data)?.removeAttribute("aria-busy");
    this.markWaiting();
  }

  markWaiting() {
    for (const query of this.waiting.values()) this.buttonOf(query.message_id, query.data)?.setAttribute("aria-busy", "true");
  }

  buttonOf(messageId, data) {
    const buttons = this.messages.get(messageId)?.element.querySelectorAll("button[data-callback]") ?? [];
    return [...buttons].find((button) => button.dataset.callback === data);
  }

  // --- scrolling

  /** Pictures that load, a keyboard that opens, a panel that closes: the last message stays in view. */
  stayAtBottom() {
    this.isStuck = true;
    const keep = () => {
      this.height = this.log.clientHeight;
      if (this.isStuck) this.toBottom();
    };
    new ResizeObserver(keep).observe(this.log);
    this.log.addEventListener("load", keep, true);
  }

  isAtBottom() { return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80; }

  toBottom(isSmooth = false) {
    this.log.scrollTo({ top: this.log.scrollHeight, behavior: isSmooth ? "smooth" : "instant" });
    this.belowButton.hidden = true;
    this.isStuck = true;
  }

  onScroll() {
    // A scroll that comes of a changed height is not the reader's.
    if (this.log.clientHeight !== this.height) return;
    this.isStuck = this.isAtBottom();
    if (this.isStuck) this.belowButton.hidden = true;
  }

  jump(messageId) {
    const element = this.messages.get(messageId)?.element;
    if (!element) return;
    element.scrollIntoView({ block: "center", behavior: "smooth" });
    element.classList.add("flash");
    setTimeout(() => element.classList.remove("flash"), 1300);
  }

  // --- beginning, and rarer things

  startCard() {
    return h("div", { class: "start" },
      h("h3", {}, `${this.persona.title} chưa trò chuyện với bot`),
      h("p", {}, "Bấm Bắt đầu, hoặc dán đường dẫn mời vào ô nhắn tin bên dưới."),
      h("button", { type: "button", class: "primary", "data-action": "start", onclick: () => this.composer.sendCommand("/start") }, "Bắt đầu"));
  }

  openMore() {
    const isBlocked = this.room.is_blocked;
    ask(`${this.persona.title} · ${this.persona.subtitle}`, [
      { label: isBlocked ? "Bỏ chặn bot" : "Chặn bot (thử khi không nhắn tới được)", value: "block" },
      { label: "Gửi lại /start", value: "start" },
      { label: "Đóng", value: null, primary: true },
    ]).then(async (choice) => {
      if (choice === "block") {
        await api.block(this.key, !isBlocked);
        toast(isBlocked ? "Đã bỏ chặn bot." : "Đã chặn bot: bot sẽ không nhắn tới được người này.");
      }
      if (choice === "start") this.composer.sendCommand("/start");
    });
  }
}
