// Every word of the page, in two languages.
const WORDS = {
  zh: {
    skip: "跳到手机", title: "邻声 · 试一试",
    lead: "四部手机，一个小区。打字、点按钮、回复都可以；一切都在这台电脑上。",
    bot: "机器人", add: "加入群", remove: "移出群", admin: "设为管理员", plain: "收走权限",
    restart: "重启机器人", clock: "时间", hour: "+1 小时", day: "+1 天", ahead: "往后拨（小时）",
    go: "拨过去", page: "页面", begin: "开始：建一个小区", another: "另建一个群", where: "在哪个群", attach: "发文件", made: "新群建好了：", private: "和机器人私聊",
    start: "开始（Start）", send: "发送", write: "写消息", reply: "回复", react: "赞",
    edited: "已编辑", pinned: "置顶：", quoting: "回复：", unquote: "不回复了",
    restarted: "机器人重启好了，什么都没有丢。", failed: "没有成功：", moved: "时间已拨到 ",
    nobot: "还没有机器人连上来。", resident: "居民 · 3号楼", elder: "居民 · 长辈版",
    manager: "社区管理员", clerk: "物业前台", joined: "加入了群", left: "离开了群",
    titled: "改群名为 ", pins: "置顶了一条消息", voters: " 人投票", closed: "已结束", vote: "投票",
    phones: "换一部手机", other: "English",
  },
  en: {
    skip: "Skip to the phones", title: "Linsheng · try it",
    lead: "Four phones, one community. Type, tap and reply; everything stays on this machine.",
    bot: "The bot", add: "Add to group", remove: "Remove", admin: "Make admin", plain: "Take rights",
    restart: "Restart the bot", clock: "Time", hour: "+1 hour", day: "+1 day", ahead: "Move on (hours)",
    go: "Go there", page: "Page", begin: "Begin: make a community", another: "Make another group",
    where: "In which group", attach: "Send a file", made: "The new group is there: ",
    private: "Chat with bot", start: "Start", send: "Send", write: "Write a message",
    reply: "Reply", react: "Like", edited: "edited", pinned: "Pinned: ", quoting: "Replying to: ",
    unquote: "no reply", restarted: "The bot is back; nothing was lost.", failed: "That failed: ",
    moved: "It is now ", nobot: "No bot has connected yet.", resident: "Resident · building 3",
    elder: "Resident · large letters", manager: "Community manager", clerk: "Property clerk",
    joined: "joined", left: "left", titled: "renamed the group to ", pins: "pinned a message",
    voters: " voted", closed: "closed", vote: "Vote", phones: "Another phone", other: "中文",
  },
};

let lang = "zh";

export const say = (key) => WORDS[lang][key] ?? key;
export const locale = () => (lang === "zh" ? "zh-CN" : "en-GB");

export function switchLanguage() {
  lang = lang === "zh" ? "en" : "zh";
  document.documentElement.lang = lang === "zh" ? "zh-Hans" : "en";
  for (const node of document.querySelectorAll("[data-say]")) node.textContent = say(node.dataset.say);
}
