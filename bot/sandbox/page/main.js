// The town: its personas, its phones, its clock, and the bot's rights in it.
import { get, post } from "./api.js";
import { node } from "./message.js";
import { Phone } from "./phone.js";
import { locale, say, switchLanguage } from "./words.js";

const PERSONAS = [
  { name: "林悦", role: "resident", elder: false },
  { name: "王秀兰", role: "elder", elder: true },
  { name: "陈雪", role: "manager", elder: false },
  { name: "李强", role: "clerk", elder: false },
];
const part = (id) => document.getElementById(id);
const town = { groups: [], bot: 0, manager: 0 };
let phones = [];

function tell(text) { part("notice").textContent = text; }

async function settle(action) {
  try {
    return await action();
  } catch (error) {
    tell(say("failed") + error.message);
    return null;
  }
}

async function gather() {
  const [users, bots, chats] = await Promise.all([
    get("/sandbox/users"), get("/sandbox/bots"), get("/sandbox/chats"),
  ]);
  town.groups = chats.filter((chat) => chat.type !== "channel" && !chat.moved_to);
  town.bot = bots[0]?.id ?? 0;
  if (!town.bot) tell(say("nobot"));
  const found = PERSONAS.map((one) => ({ ...one, id: users.find((u) => u.first_name === one.name)?.id }));
  town.manager = found[2].id ?? 0;
  choose(town.groups);
  return town.groups.length && found.every((one) => one.id) ? found : null;
}

function choose(groups) {
  const kept = part("where").value;
  part("where").replaceChildren(...groups.map((group) => {
    const option = node("option", "", group.title);
    option.value = group.id;
    return option;
  }));
  if (groups.some((group) => String(group.id) === kept)) part("where").value = kept;
}

function furnish(people) {
  phones = people.map((person) => new Phone(person, town));
  part("phones").replaceChildren(...phones.map((phone) => phone.root));
  show(0);
  for (const phone of phones) phone.watch();
}

function show(index) {
  phones.forEach((phone, at) => phone.root.classList.toggle("shown", at === index));
  part("switcher").replaceChildren(...phones.map((phone, at) => {
    const button = node("button", "", phone.person.name);
    button.type = "button";
    button.setAttribute("aria-pressed", String(at === index));
    button.addEventListener("click", () => show(at));
    return button;
  }));
}

async function makeTown() {
  const made = [];
  for (const one of PERSONAS) {
    made.push((await post("/sandbox/users", { first_name: one.name, language_code: "zh-hans" })).id);
  }
  const [lin, wang, chen, li] = made;
  await post("/sandbox/chats", {
    type: "supergroup", title: "春晖里1群", creator: chen, members: [lin, wang, li],
  });
  await open();
}

async function anotherGroup() {
  const people = phones.map((phone) => phone.person.id);
  const title = `春晖里${town.groups.length + 1}群`;
  const made = await post("/sandbox/chats", {
    type: "supergroup", title, creator: town.manager,
    members: people.filter((id) => id !== town.manager),
  });
  await gather();
  part("where").value = made.id;
  for (const phone of phones) phone.label();
  tell(say("made") + title);
}

async function tick() {
  const { now } = await get("/sandbox/clock");
  part("now").textContent = new Date(now).toLocaleString(locale(), {
    month: "short", day: "numeric", weekday: "short", hour: "2-digit", minute: "2-digit",
    timeZone: "Asia/Shanghai",
  });
}

async function moveOn(hours) {
  const on = part("restart").hidden
    ? () => post("/sandbox/clock", { advance: hours * 3600 })
    : () => post("/demo/forward", hours * 3600);
  const left = await settle(on);
  if (left) { await tick(); tell(say("moved") + part("now").textContent); }
}

function member(what, extra = {}) {
  const body = { user: town.bot, by: town.manager, ...extra };
  return settle(() => post(`/sandbox/chats/${part("where").value}/${what}`, body));
}

async function open() {
  const people = await gather();
  part("begin").hidden = Boolean(people);
  if (people) furnish(people);
}

function wire() {
  const on = (id, run) => part(id).addEventListener("click", run);
  on("add", () => member("add"));
  on("remove", () => member("remove"));
  on("admin", () => member("promote"));
  on("plain", () => member("demote"));
  on("hour", () => moveOn(1));
  on("day", () => moveOn(24));
  on("go", () => moveOn(Number(part("ahead").value)));
  on("begin", () => settle(makeTown));
  on("another", () => settle(anotherGroup));
  on("restart", async () => {
    if (await settle(() => post("/demo/restart"))) tell(say("restarted"));
  });
  on("language", () => {
    switchLanguage();
    part("language").textContent = say("other");
    for (const phone of phones) { phone.label(); phone.look(); }
    tick();
  });
  part("ahead").addEventListener("input", () => { part("hours").textContent = part("ahead").value; });
}

wire();
await settle(open);
await settle(tick);
setInterval(() => settle(tick), 5000);
get("/demo/state").then(() => { part("restart").hidden = false; }, () => {});
