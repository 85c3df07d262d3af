import * as api from "./api.js";
import { h, iconButton, toast } from "./dom.js";
import { formatSize, summary } from "./message.js";

const UPLOAD_LIMIT = 50 * 1024 ** 2;

/** The lower edge of a chat: text, reply and edit, files, the command menu. */
export class Composer {
  constructor(user, { botName }) {
    this.user = user;
    this.botName = botName;
    this.commands = [];
    this.mode = null;
    this.files = [];
    this.element = h("footer", { class: "composer" });
    this.build();
  }

  build() {
    const name = `${this.user}-text`;
    this.context = h("div", {});
    this.text = h("textarea", {
      id: name, rows: "1", placeholder: "Nhắn cho bot…", "aria-label": "Tin nhắn", "data-input": "text", maxlength: "16000",
      oninput: () => this.refresh(), onkeydown: (event) => this.onKey(event), onpaste: (event) => this.onPaste(event),
    });
    this.picker = h("input", { type: "file", multiple: true, hidden: true, "data-input": "file", onchange: () => { this.addFiles(this.picker.files); this.picker.value = ""; } });
    this.menuButton = iconButton("menu", "Các lệnh của bot", () => this.toggleMenu(), { "aria-haspopup": "menu", "aria-expanded": "false", "data-action": "menu" });
    this.sendButton = iconButton("send", "Gửi", null, { class: "icon send", "data-action": "send" });
    this.sendButton.type = "submit";
    const attach = iconButton("attach", "Gửi tệp hoặc ảnh", () => this.picker.click(), { "data-action": "attach" });
    const form = h("form", { onsubmit: (event) => { event.preventDefault(); this.submit(); } }, this.menuButton, attach, this.text, this.sendButton, this.picker);
    this.element.append(this.context, form);
    this.element.addEventListener("focusout", (event) => { if (!this.element.contains(event.relatedTarget)) this.closeMenu(); });
    this.refresh();
  }

  onKey(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape") {
      this.closeMenu();
      this.setMode(null);
    } else if (event.key === "/" && !this.text.value) {
      this.openMenu(false);
    }
  }

  onPaste(event) {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    this.addFiles(event.clipboardData.files);
  }

  refresh() {
    this.text.style.blockSize = "39px";
    this.text.style.blockSize = `${Math.min(Math.max(this.text.scrollHeight + 2, 39), 160)}px`;
    this.sendButton.disabled = this.isSending || (!this.text.value.trim() && !this.files.length);
    if (!this.text.value.startsWith("/")) this.closeMenu();
  }

  async submit() {
    const text = this.text.value.trim();
    if (this.isSending || (!text && !this.files.length)) return;
    this.isSending = true;
    this.refresh();
    try {
      await this.deliver(text);
      this.text.value = "";
      this.files = [];
      this.setMode(null);
    } catch (error) {
      toast(error.message, "error", 6);
    } finally {
      this.isSending = false;
      this.refresh();
    }
  }

  async deliver(text) {
    const replyTo = this.mode?.kind === "reply" ? this.mode.message.message_id : undefined;
    if (this.mode?.kind === "edit") return api.edit(this.user, this.mode.message.message_id, text);
    if (!this.files.length) return api.send(this.user, text, replyTo);
    for (const [index, { file, asPhoto }] of this.files.entries()) {
      await api.upload(this.user, file, { caption: index ? "" : text, asPhoto, replyTo });
    }
  }

  /** Sends a command at once, whatever is being written. */
  async sendCommand(text) {
    this.closeMenu();
    await api.send(this.user, text).catch((error) => toast(error.message, "error"));
  }

  setMode(mode) {
    this.mode = mode;
    if (mode?.kind === "edit") this.text.value = mode.message.text;
    this.drawContext();
    this.refresh();
    if (mode) this.text.focus();
  }

  addFiles(list) {
    for (const file of list) {
      if (file.size > UPLOAD_LIMIT) toast(`${file.name}: tệp lớn quá 50 MB.`, "error");
      else this.files.push({ file, asPhoto: /^image\/(png|jpeg|webp|gif)$/.test(file.type), isPicture: file.type.startsWith("image/") });
    }
    this.drawContext();
    this.refresh();
    this.text.focus();
  }

  drawContext() {
    const rows = [];
    if (this.mode) {
      const label = this.mode.kind === "edit" ? "Sửa tin nhắn" : `Trả lời ${this.mode.message.from.is_bot ? this.botName : "tin của mình"}`;
      rows.push(this.contextRow(label, summary(this.mode.message), () => this.setMode(null)));
    }
    for (const each of this.files) rows.push(this.fileRow(each));
    this.context.replaceChildren(...rows);
  }

  contextRow(label, text, onclose, ...before) {
    return h("div", { class: "context" }, ...before, h("span", {}, h("b", {}, label), h("em", {}, text)), iconButton("close", "Bỏ", onclose));
  }

  fileRow(each) {
    const drop = () => { this.files = this.files.filter((other) => other !== each); this.drawContext(); this.refresh(); };
    const row = this.contextRow(each.file.name, formatSize(each.file.size), drop);
    if (each.isPicture) {
      const box = h("input", { type: "checkbox", onchange: (event) => { each.asPhoto = event.target.checked; } });
      box.checked = each.asPhoto;
      row.lastChild.before(h("label", {}, box, "gửi dạng ảnh"));
    }
    return row;
  }

  // --- commands

  toggleMenu() { this.menu ? this.closeMenu() : this.openMenu(true); }

  openMenu(takeFocus) {
    if (this.menu) return;
    const items = this.commands.map(({ command, description }) =>
      h("button", { type: "button", role: "menuitem", "data-command": command, onclick: () => this.choose(command) }, h("b", {}, `/${command}`), h("span", {}, description)));
    this.menu = h("div", { class: "menu", role: "menu", onkeydown: (event) => this.onMenuKey(event) },
      ...(items.length ? items : [h("p", {}, "Bot chưa đặt lệnh nào cho cuộc trò chuyện này.")]));
    this.element.append(this.menu);
    this.menuButton.setAttribute("aria-expanded", "true");
    if (takeFocus) items[0]?.focus();
  }

  choose(command) {
    this.text.value = "";
    this.refresh();
    this.sendCommand(`/${command}`);
    this.text.focus({ preventScroll: true });
  }

  onMenuKey(event) {
    const items = [...this.menu.querySelectorAll("button")];
    const at = items.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { event.preventDefault(); items.at((at + step) % items.length)?.focus(); }
    if (event.key === "Escape") { this.closeMenu(); this.menuButton.focus(); }
  }

  closeMenu() {
    this.menu?.remove();
    this.menu = null;
    this.menuButton.setAttribute("aria-expanded", "false");
  }
}
