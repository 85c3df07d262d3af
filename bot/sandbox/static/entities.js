import { h } from "./dom.js";

const TAGS = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote", expandable_blockquote: "blockquote" };

/** A message's text as elements. Offsets are UTF-16 units, as JavaScript counts. */
export function renderText(text, entities, actions) {
  const element = h("div", { class: "text" });
  fill(element, text, entities ?? [], 0, text.length, actions);
  return element;
}

function fill(parent, text, entities, from, to, actions) {
  let at = from;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index++];
    const end = Math.min(entity.offset + entity.length, to);
    if (entity.offset < at || entity.offset >= to) continue;
    parent.append(text.slice(at, entity.offset));
    const inner = [];
    while (index < entities.length && entities[index].offset < end) inner.push(entities[index++]);
    const element = elementFor(entity, text.slice(entity.offset, end), actions);
    fill(element, text, inner, entity.offset, end, actions);
    parent.append(element);
    // A block already ends its line.
    at = /^(BLOCKQUOTE|PRE)$/.test(element.tagName) && text[end] === "\n" ? end + 1 : end;
  }
  parent.append(text.slice(at, to));
}

function elementFor(entity, shown, actions) {
  if (TAGS[entity.type]) return h(TAGS[entity.type]);
  if (entity.type === "url" || entity.type === "text_link") return linkFor(entity.url ?? shown, actions);
  if (entity.type === "bot_command") {
    return h("button", { type: "button", class: "command", onclick: () => actions.command(shown) });
  }
  if (entity.type === "spoiler") {
    const element = h("span", { class: "spoiler", tabindex: "0", role: "button", "aria-label": "Hiện nội dung bị che" });
    element.addEventListener("click", () => element.classList.add("shown"));
    element.addEventListener("keydown", (event) => event.key === "Enter" && element.classList.add("shown"));
    return element;
  }
  return h("span", { class: ["mention", "hashtag", "email"].includes(entity.type) ? "accent" : "" });
}

function linkFor(address, actions) {
  const url = /^[a-z]+:/i.test(address) ? address : `https://${address}`;
  if (actions.isInvite(url)) {
    return h("a", { href: url, "data-invite": "true", onclick: (event) => { event.preventDefault(); actions.invite(url); } });
  }
  if (!/^https?:/i.test(url)) return h("span", {});
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" });
}
