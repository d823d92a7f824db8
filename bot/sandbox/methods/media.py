"""Photos, documents and other files, and albums of them."""

from typing import Any

from bot.sandbox.actors import Bot, Json
from bot.sandbox.errors import bad
from bot.sandbox.limits import ALBUM, DOWNLOAD, PHOTO
from bot.sandbox.methods.asked import Method, chat_of, records, text
from bot.sandbox.methods.sending import content, post
from bot.sandbox.play.files import is_picture, known, upload
from bot.sandbox.world import World

PLAIN = frozenset({"sticker", "video_note"})
"""Kinds without a caption."""


def sender(kind: str) -> Method:
    """sendPhoto, sendDocument and their like."""

    def send(world: World, bot: Bot, asked: Json) -> Json:
        chat = chat_of(world, bot, asked, writing=True)
        body = carried(world, kind, asked.get(kind), asked)
        body |= {} if kind in PLAIN else content(asked, "caption")
        return post(world, bot, asked, chat, body).json()

    return send


def carried(world: World, kind: str, given: Any, asked: Json) -> Json:
    """The body of a message with a file: uploaded, known by its id, or named by an address."""
    if isinstance(given, str) and given.startswith("attach://"):
        given = asked.get(given.removeprefix("attach://"))
    if isinstance(given, bytes):
        return _uploaded(world, kind, given)
    if given in (None, "") or not isinstance(given, str):
        raise bad(f"there is no {kind} in the request")
    if given in world.files:
        return known(world, kind, given)
    if given.startswith(("http://", "https://")):
        return upload(world, kind, b"")
    raise bad("wrong file identifier/HTTP URL specified")


def _uploaded(world: World, kind: str, given: bytes) -> Json:
    if not given:
        raise bad("file must be non-empty")
    if kind == "photo" and len(given) > PHOTO:
        raise bad("file is too big")
    if kind == "photo" and not is_picture(given):
        raise bad("IMAGE_PROCESS_FAILED")
    return upload(world, kind, given, getattr(given, "name", ""))


def send_media_group(world: World, bot: Bot, asked: Json) -> list[Json]:
    chat = chat_of(world, bot, asked, writing=True)
    media = records(asked, "media")
    if not ALBUM[0] <= len(media) <= ALBUM[1]:
        raise bad("wrong number of messages to send as an album")
    album = {"media_group_id": f"{world.random.getrandbits(50)}"}
    bodies = [album | item(world, one, asked) for one in media]
    shared = {name: value for name, value in asked.items() if name != "reply_markup"}
    return [post(world, bot, shared, chat, body).json() for body in bodies]


def item(world: World, given: Json, asked: Json) -> Json:
    """One InputMedia as the body of a message."""
    kind = text(given, "type")
    if kind not in ("photo", "video", "document", "audio", "animation"):
        raise bad(f'can\'t parse InputMedia: type "{kind}" is unsupported')
    return carried(world, kind, given.get("media"), asked) | content(given, "caption")


def get_file(world: World, bot: Bot, asked: Json) -> Json:
    id = text(asked, "file_id")
    if id not in world.files:
        raise bad("invalid file_id" if id else "file_id is empty")
    size = len(world.files[id])
    if size > DOWNLOAD:
        raise bad("file is too big")
    body = {"file_id": id, "file_unique_id": f"u{id}", "file_size": size}
    return body | {"file_path": f"files/{id}"}


METHODS: dict[str, Method] = {
    "sendMediaGroup": send_media_group,
    "getFile": get_file,
} | {
    f"send{name}": sender(kind)
    for name, kind in (
        ("Photo", "photo"),
        ("Document", "document"),
        ("Voice", "voice"),
        ("Audio", "audio"),
        ("Video", "video"),
        ("Animation", "animation"),
        ("VideoNote", "video_note"),
        ("Sticker", "sticker"),
    )
}
