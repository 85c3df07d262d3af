import * as api from "./api.js";
import { fromInput, moment, toInput, toInstant } from "./dates.js";
import { toast } from "./dom.js";

const STEPS_H = { hour: 1, day: 24, week: 168 };
const LOOK_S = 4;
const find = (id) => document.getElementById(id);

/** The top bar: what time it is in the sandbox, moving it, and whether a bot is there. */
export class Clock {
  constructor(countMessages) {
    this.countMessages = countMessages;
    this.next = null;
    this.buttons = [...document.querySelectorAll("[data-move]")];
    for (const button of this.buttons) button.addEventListener("click", () => this.step(button.dataset.move));
    for (const button of document.querySelectorAll("[data-jump]")) button.addEventListener("click", () => this.move(button.dataset.jump));
    find("clock-now").addEventListener("click", () => this.openPicker(find("clock-picker").hidden));
    find("clock-cancel").addEventListener("click", () => this.openPicker(false));
    find("clock-picker").addEventListener("submit", (event) => { event.preventDefault(); this.move(fromInput(find("clock-input").value)); });
    find("clock-picker").addEventListener("keydown", (event) => { if (event.key === "Escape") this.openPicker(false); });
    setInterval(() => this.look(), LOOK_S * 1000);
  }

  set(now) {
    this.now = new Date(now);
    find("clock-time").textContent = moment(this.now);
    find("clock-time").setAttribute("datetime", now);
    this.setNext(this.next);
  }

  setNext(next) {
    this.next = next;
    const button = document.querySelector('[data-move="next"]');
    const isAhead = Boolean(next) && new Date(next) > this.now;
    button.disabled = Boolean(this.isMoving) || !isAhead;
    button.title = isAhead ? `Lần nhắc tới: ${moment(new Date(next))}` : "Chưa biết lần nhắc tới";
  }

  setAttached(isAttached) {
    find("bot-state").dataset.attached = String(isAttached);
    find("bot-state").querySelector("span").textContent = isAttached ? "Bot đang chạy" : "Chưa có bot nào kết nối";
  }

  async look() {
    try {
      const { next, attached } = await api.getNext();
      this.setNext(next);
      this.setAttached(attached);
    } catch { /* the banner of the event stream says it */ }
  }

  step(name) {
    if (name === "next") return this.move(this.next);
    return this.move(toInstant(new Date(this.now.getTime() + STEPS_H[name] * 3600e3)));
  }

  async move(now) {
    if (this.isMoving || !now) return;
    this.openPicker(false);
    this.setMoving(true);
    const before = this.countMessages();
    try {
      const { now: reached, done } = await api.moveClock(now);
      this.set(reached);
      const fresh = this.countMessages() - before;
      const came = fresh > 0 ? `${fresh} tin nhắn mới` : "không có tin nhắn mới";
      toast(`${moment(this.now)}\n${done ? came : "Đồng hồ đã chuyển, nhưng chưa có bot nào báo đã làm xong việc đến hạn."}`);
    } catch (error) {
      toast(error.message, "error", 6);
    } finally {
      this.setMoving(false);
      this.look();
    }
  }

  setMoving(is) {
    this.isMoving = is;
    find("clock-progress").hidden = !is;
    for (const button of this.buttons) button.disabled = is;
    find("clock-now").setAttribute("aria-busy", String(is));
    this.setNext(this.next);
  }

  openPicker(is) {
    find("clock-picker").hidden = !is;
    find("clock-now").setAttribute("aria-expanded", String(is));
    if (!is) return;
    find("clock-input").value = toInput(this.now);
    find("clock-input").focus();
  }
}
