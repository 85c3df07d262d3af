/** Elements without markup strings: nothing a person wrote is ever read as HTML. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const SHAPES = {
  send: "M4 12 20 4l-5 16-4-6.500zM11 13.500 20 4",
  attach: "M20 11.500 12.200 19.300a4.800 4.800 0 0 1-6.800-6.800l8-8a3.200 3.200 0 0 1 4.500 4.500l-7.900 7.900a1.600 1.600 0 0 1-2.300-2.300l7.200-7.100",
  menu: "M5 7h14M5 12h14M5 17h14",
  reply: "M10 7 5 12l5 5M5 12h9a5 5 0 0 1 5 5v1",
  edit: "M5 19l1-4L16 5l3 3L9 18zM14 7l3 3",
  close: "M6 6l12 12M18 6 6 18",
  more: "M12 5.500v.01M12 12v.01M12 18.500v.01",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}

export function iconButton(name, label, onclick, properties = {}) {
  return h("button", { type: "button", class: "icon", "aria-label": label, title: label, onclick, ...properties }, icon(name));
}

export function toast(text, kind = "info", seconds = 4, place = document.getElementById("toasts")) {
  const element = h("div", { class: "toast", "data-kind": kind }, text);
  place.append(element);
  setTimeout(() => element.remove(), seconds * 1000);
}

/** Shows a text with choices; resolves with the chosen value, or null when closed. */
export function ask(text, choices) {
  const dialog = document.getElementById("dialog");
  return new Promise((resolve) => {
    const close = (value) => { dialog.close(); resolve(value); };
    const buttons = choices.map(({ label, value, primary }) =>
      h("button", { type: "button", class: primary ? "primary" : "", onclick: () => close(value) }, label));
    dialog.replaceChildren(h("p", { id: "dialog-text" }, text), h("div", { class: "choices" }, ...buttons));
    dialog.oncancel = () => resolve(null);
    dialog.showModal();
  });
}
