/** Everything is shown in the office's zone, wherever the browser is. */
const ZONE = "Asia/Ho_Chi_Minh";
const WEEKDAYS = ["Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"];
const parts = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE, year: "numeric", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});

function read(date) {
  return Object.fromEntries(parts.formatToParts(date).map((part) => [part.type, part.value]));
}

export function day(date) {
  const { year, month, day: number } = read(date);
  const weekday = WEEKDAYS[new Date(Date.UTC(+year, +month - 1, +number)).getUTCDay()];
  return `${weekday}, ${+number}/${+month}/${year}`;
}

export function time(date) {
  const { hour, minute } = read(date);
  return `${hour}:${minute}`;
}

export function moment(date) {
  return `${day(date)} · ${time(date)}`;
}

/** The value of an <input type="datetime-local">, and back. */
export function toInput(date) {
  const { year, month, day: number, hour, minute } = read(date);
  return `${year}-${month.padStart(2, "0")}-${number.padStart(2, "0")}T${hour}:${minute}`;
}

export function fromInput(value) {
  return `${value.length === 16 ? `${value}:00` : value}+07:00`;
}

export function toInstant(date) {
  return fromInput(toInput(date));
}
