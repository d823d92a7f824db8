"""The bot itself: getMe, webhook, answers to taps."""

from bot.sandbox.actors import Bot, Json
from bot.sandbox.entities import utf16
from bot.sandbox.errors import QUERY_OLD, bad
from bot.sandbox.limits import QUERY_LASTS, TOAST
from bot.sandbox.methods.asked import Method, flag, text, whole
from bot.sandbox.world import World

TOASTS_KEPT = 50
ABLE = (
    "supports_inline_queries",
    "can_connect_to_business",
    "has_main_web_app",
    "has_topics_enabled",
    "allows_users_to_create_topics",
    "can_manage_bots",
    "supports_guest_queries",
    "supports_join_request_queries",
)


def get_me(world: World, bot: Bot, asked: Json) -> Json:
    seen = {"can_join_groups": True, "can_read_all_group_messages": not bot.privacy}
    return bot.json() | seen | dict.fromkeys(ABLE, False)


def answer_query(world: World, bot: Bot, asked: Json) -> bool:
    query = world.queries.get(text(asked, "callback_query_id"))
    if query is None or query["bot"] != bot.id or world.now() - query["at"] > QUERY_LASTS:
        raise bad(QUERY_OLD)
    shown = text(asked, "text")
    if utf16(shown) > TOAST:
        raise bad("MESSAGE_TOO_LONG")
    if query["answer"] is not None:
        return True
    url = text(asked, "url")
    if url and not url.startswith(
        (f"https://t.me/{bot.username}?", f"t.me/{bot.username}?", "tg://")
    ):
        raise bad("URL_INVALID")
    query["answer"] = {"text": shown, "alert": flag(asked, "show_alert"), "url": url or None}
    _show(world, query)
    return True


def _show(world: World, query: Json) -> None:
    """The answer appears on the phone of the person who tapped."""
    answer, user = query["answer"], world.users.get(query["user"])
    if user is not None and (answer["text"] or answer["url"]):
        where = {"at": world.now().isoformat(), "chat": query["chat"], "message": query["message"]}
        user.toasts.append(answer | where | {"bot": query["bot"]})
        del user.toasts[:-TOASTS_KEPT]
    chat = world.chats.get(query["chat"]) or world.private.get((query["user"], query["bot"]))
    world.touched(chat)


def set_webhook(world: World, bot: Bot, asked: Json) -> bool:
    url = text(asked, "url")
    if url and not url.startswith("https://"):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    bot.webhook = url
    if flag(asked, "drop_pending_updates"):
        bot.queue.clear()
    world.touched()
    return True


def delete_webhook(world: World, bot: Bot, asked: Json) -> bool:
    bot.webhook = ""
    if flag(asked, "drop_pending_updates"):
        bot.queue.clear()
    world.touched()
    return True


def webhook_info(world: World, bot: Bot, asked: Json) -> Json:
    world.expire(bot)
    body: Json = {
        "url": bot.webhook,
        "has_custom_certificate": False,
        "pending_update_count": len(bot.queue),
    }
    if bot.allowed is not None:
        body["allowed_updates"] = sorted(bot.allowed)
    return body


def photos(world: World, bot: Bot, asked: Json) -> Json:
    if whole(asked, "user_id") not in world.users:
        raise bad("user not found")
    return {"total_count": 0, "photos": []}


def yes(world: World, bot: Bot, asked: Json) -> bool:
    return True


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "answerCallbackQuery": answer_query,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": webhook_info,
    "getUserProfilePhotos": photos,
    "logOut": yes,
    "close": yes,
}
