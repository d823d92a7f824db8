// One message as DOM nodes; words from outside only ever become text nodes.
import { locale, say } from "./words.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

export function node(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function dressed(text, entity) {
  const tag = TAGS[entity.type];
  if (tag) return node(tag, "", text);
  if (entity.type === "spoiler") return Object.assign(node("span", "spoiler", text), { tabIndex: 0 });
  if (entity.type === "text_link" || entity.type === "url") {
    const link = node("a", "", text);
    const href = entity.url ?? text;
    if (/^https?:/.test(href)) link.href = href;
    link.rel = "noreferrer noopener";
    link.target = "_blank";
    return link;
  }
  return document.createTextNode(text);
}

// Telegram counts entity offsets in UTF-16 units, as JavaScript does.
function body(message) {
  const made = document.createDocumentFragment();
  let at = 0;
  for (const entity of message.entities) {
    if (entity.offset < at) continue;
    made.append(message.text.slice(at, entity.offset));
    at = entity.offset + entity.length;
    made.append(dressed(message.text.slice(entity.offset, at), entity));
  }
  made.append(message.text.slice(at));
  return made;
}

function service(message) {
  const { kind, value } = message.service;
  const who = message.from.name;
  const said = {
    new_chat_members: `${[value].flat().join("、")} ${say("joined")}`,
    left_chat_member: `${value} ${say("left")}`,
    new_chat_title: `${who} ${say("titled")}${value}`,
    pinned_message: `${who} ${say("pins")}`,
  }[kind];
  return said ?? `${who}: ${kind}`;
}

function keys(message, does) {
  const made = node("div", "keys");
  for (const row of message.buttons) {
    const line = node("div");
    for (const one of row) {
      const key = node("button", "", one.text);
      key.type = "button";
      key.addEventListener("click", () => does.press(message, one));
      line.append(key);
    }
    made.append(line);
  }
  return made;
}

function poll(message, does) {
  const made = node("div", "keys");
  made.append(node("strong", "", message.poll.question));
  message.poll.options.forEach((option, index) => {
    const mine = message.poll.mine.includes(index) ? "✔ " : "";
    const count = option.votes === null || option.votes === undefined ? "" : ` · ${option.votes}`;
    const key = node("button", "", `${mine}${option.text}${count}`);
    key.type = "button";
    key.disabled = message.poll.closed;
    key.addEventListener("click", () => does.vote(message, index));
    made.append(key);
  });
  const state = message.poll.closed ? say("closed") : "";
  made.append(node("span", "meta", `${message.poll.voters ?? "?"}${say("voters")} ${state}`));
  return made;
}

function foot(message, does) {
  const made = node("div", "meta");
  const time = new Date(message.at).toLocaleTimeString(locale(), {
    hour: "2-digit", minute: "2-digit", timeZone: "Asia/Shanghai",
  });
  made.append(node("span", "", message.edited ? `${time} ${say("edited")}` : time));
  const reply = node("button", "", say("reply"));
  reply.type = "button";
  reply.addEventListener("click", () => does.quote(message));
  const react = node("button", "", say("react"));
  react.type = "button";
  react.setAttribute("aria-label", `${say("react")} ${message.text.slice(0, 20)}`);
  react.addEventListener("click", () => does.react(message));
  made.append(reply, react);
  return made;
}

export function shown(message, byId, does) {
  const item = node("li");
  item.dataset.id = message.id;
  if (message.service) {
    item.className = "service";
    item.textContent = service(message);
    return item;
  }
  item.className = message.from.me ? "mine" : message.from.bot ? "bot" : "theirs";
  const bubble = node("div", "bubble");
  if (!message.from.me) bubble.append(node("div", "who", message.from.name));
  const replied = byId.get(message.reply_to);
  if (replied) bubble.append(node("span", "quote", `${replied.from.name}：${replied.text}`));
  if (message.media) bubble.append(node("div", "quote", `[${message.media}]`));
  bubble.append(body(message));
  item.append(bubble);
  if (message.poll) item.append(poll(message, does));
  if (message.buttons.length) item.append(keys(message, does));
  if (message.reactions.length) {
    const list = node("div", "reactions");
    for (const one of message.reactions) list.append(node("span", "", `${one.emoji} ${one.count}`));
    item.append(list);
  }
  item.append(foot(message, does));
  return item;
}
