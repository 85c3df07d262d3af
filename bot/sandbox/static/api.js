/** The sandbox's own API. Refusals come as Error with the sentence to show. */
async function read(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error ?? body.description ?? `Lỗi ${response.status}`);
  return body;
}

async function request(path, options) {
  let response;
  try {
    response = await fetch(`/sandbox/${path}`, options);
  } catch {
    throw new Error("Không liên lạc được với bàn thử.");
  }
  return read(response);
}

const post = (path, body) =>
  request(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export const getState = () => request("api/state");
export const getNext = () => request("next");
export const moveClock = (now) => post("clock", { now });
export const send = (user, text, replyTo) => post("api/send", { user, text, reply_to: replyTo ?? null });
export const edit = (user, messageId, text) => post("api/edit", { user, message_id: messageId, text });
export const open = (user, link) => post("api/open", { user, link });
export const press = (user, messageId, data) => post("api/press", { user, message_id: messageId, data });
export const block = (user, blocked) => post("api/block", { user, blocked });
export const fileAddress = (fileId) => `/sandbox/api/file/${encodeURIComponent(fileId)}`;

export function upload(user, file, { caption, asPhoto, replyTo }) {
  const form = new FormData();
  form.set("user", user);
  if (caption) form.set("caption", caption);
  if (asPhoto) form.set("as_photo", "true");
  if (replyTo) form.set("reply_to", String(replyTo));
  form.set("file", file, file.name);
  return request("api/file", { method: "POST", body: form });
}
