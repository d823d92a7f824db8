// One person's phone: two tabs, what they see, and what they can do.
import { get, post, Refused } from "./api.js";
import { node, shown } from "./message.js";
import { say } from "./words.js";

export class Phone {
  constructor(person, town) {
    this.person = person;
    this.town = town;
    this.tab = town.groups[0].id;
    this.version = -1;
    this.waiting = new AbortController();
    this.drawn = new Map();
    const copy = document.getElementById("phone").content.cloneNode(true);
    this.root = copy.querySelector(".phone");
    this.root.classList.toggle("elder", person.elder);
    this.part = (name) => this.root.querySelector(name);
    this.part(".write").addEventListener("submit", (event) => this.write(event));
    this.part("textarea").addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.write(event);
    });
    this.part(".start").addEventListener("click", () => this.start(""));
    this.part(".attach").addEventListener("click", () => this.part(".file").click());
    this.part(".file").addEventListener("change", () => this.attach());
    this.label();
  }

  label() {
    this.part("h2").textContent = this.person.name;
    this.part(".role").textContent = say(this.person.role);
    this.root.setAttribute("aria-label", this.person.name);
    this.part(".send").textContent = say("send");
    this.part(".start").textContent = say("start");
    this.part(".write .quiet").textContent = `${this.person.name}：${say("write")}`;
    this.part("textarea").placeholder = say("write");
    this.part(".attach").setAttribute("aria-label", say("attach"));
    const places = [...this.town.groups.map((group) => [group.id, group.title]), ["private", say("private")]];
    const tabs = places.map(([name, title]) => {
      const tab = node("button", "", title);
      tab.type = "button";
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-selected", String(this.tab === name));
      tab.addEventListener("click", () => this.turn(name));
      return tab;
    });
    this.part(".tabs").replaceChildren(...tabs);
    this.forget();
  }

  forget() {
    this.drawn.clear();
    this.part(".log").replaceChildren();
    this.version = -1;
  }

  turn(name) {
    this.tab = name;
    this.quoted = null;
    this.label();
    this.look();
    this.waiting.abort();
  }

  place() {
    return this.tab === "private" ? { bot: this.town.bot } : { chat: this.tab };
  }

  // A turned tab ends the wait for news of the other one.
  async watch() {
    while (this.root.isConnected) {
      this.waiting = new AbortController();
      try {
        await this.look(15, this.waiting.signal);
      } catch (error) {
        if (error.name === "AbortError") continue;
        if (!(error instanceof Refused)) await new Promise((done) => setTimeout(done, 800));
        else await new Promise((done) => setTimeout(done, 400));
      }
    }
  }

  async look(wait = 0, signal = undefined) {
    const tab = this.tab;
    const since = this.version;
    const query = { user: this.person.id, since: wait ? since : -1, wait, ...this.place() };
    const seen = await get("/sandbox/view", query, signal);
    if (tab === this.tab && since === this.version) this.draw(seen);
  }

  draw(seen) {
    this.version = seen.version;
    const log = this.part(".log");
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80 || !this.drawn.size;
    const byId = new Map(seen.messages.map((message) => [message.id, message]));
    for (const [id, known] of this.drawn) {
      if (!byId.has(id)) { known.item.remove(); this.drawn.delete(id); }
    }
    for (const message of seen.messages) this.put(log, message, byId);
    if (atEnd) log.scrollTop = log.scrollHeight;
    const pinned = byId.get(seen.pinned.at(-1));
    this.part(".pinned").hidden = !pinned;
    this.part(".pinned").textContent = pinned ? say("pinned") + pinned.text : "";
    const fresh = this.tab === "private" && !seen.messages.length;
    this.part(".start").hidden = !fresh;
    this.part(".write label").hidden = fresh;
    this.part(".send").hidden = fresh;
    this.part(".attach").hidden = fresh;
  }

  put(log, message, byId) {
    const print = JSON.stringify(message);
    const known = this.drawn.get(message.id);
    if (known?.print === print) return;
    const item = shown(message, byId, this);
    if (known) known.item.replaceWith(item);
    else log.append(item);
    this.drawn.set(message.id, { print, item });
  }

  async does(action) {
    try {
      return await action();
    } catch (error) {
      this.toast(say("failed") + error.message);
      return null;
    }
  }

  async write(event) {
    event.preventDefault();
    const field = this.part("textarea");
    const text = field.value;
    if (!text.trim()) return;
    const body = { user: this.person.id, text, ...this.place() };
    if (this.quoted) body.reply_to = this.quoted.id;
    const sent = await this.does(() => post("/sandbox/send", body));
    if (sent) { field.value = ""; this.quote(null); }
  }

  async attach() {
    const field = this.part(".file");
    const [file] = field.files;
    if (!file) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    let binary = "";
    for (let at = 0; at < bytes.length; at += 32768) {
      binary += String.fromCharCode(...bytes.subarray(at, at + 32768));
    }
    const upload = { kind: "document", name: file.name, base64: btoa(binary) };
    await this.does(() => post("/sandbox/send", { user: this.person.id, text: "", upload, ...this.place() }));
    field.value = "";
  }

  start(payload) {
    const { bot } = this.town;
    return this.does(() => post("/sandbox/start", { user: this.person.id, bot, payload }));
  }

  async press(message, button) {
    const link = /^https:\/\/t\.me\/\w+\?start=([\w-]*)$/.exec(button.url ?? "");
    if (link) { this.turn("private"); await this.start(link[1]); return; }
    if (button.url) { window.open(button.url, "_blank", "noopener"); return; }
    const body = { user: this.person.id, message: message.id, data: button.data, wait_seconds: 5, ...this.place() };
    const answer = await this.does(() => post("/sandbox/tap", body));
    if (answer?.answer?.text) this.toast(answer.answer.text);
  }

  vote(message, index) {
    const mine = message.poll.mine.includes(index) ? [] : [index];
    const body = { user: this.person.id, message: message.id, options: mine, ...this.place() };
    return this.does(() => post("/sandbox/vote", body));
  }

  react(message) {
    const mine = message.reactions.some((one) => one.emoji === "👍" && one.mine);
    const body = { user: this.person.id, message: message.id, emoji: mine ? [] : ["👍"], ...this.place() };
    return this.does(() => post("/sandbox/react", body));
  }

  quote(message) {
    this.quoted = message;
    const line = this.part(".quoting");
    line.hidden = !message;
    line.textContent = message ? say("quoting") + message.text.slice(0, 40) : "";
    if (message) this.part("textarea").focus();
  }

  toast(text) {
    const line = this.part(".toast");
    line.textContent = text;
    line.hidden = false;
    clearTimeout(this.fading);
    this.fading = setTimeout(() => { line.hidden = true; }, 8000);
  }
}
