"""Files that travel in messages."""

from typing import Any

from bot.sandbox.actors import Json
from bot.sandbox.errors import bad
from bot.sandbox.world import World

SHAPE: dict[str, Json] = {
    "photo": {"width": 640, "height": 480},
    "voice": {"duration": 14, "mime_type": "audio/ogg"},
    "audio": {"duration": 180, "mime_type": "audio/mpeg"},
    "document": {"mime_type": "application/octet-stream"},
    "video": {"width": 640, "height": 480, "duration": 5},
    "animation": {"width": 320, "height": 240, "duration": 3},
    "video_note": {"length": 240, "duration": 5},
    "sticker": {
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
    },
}
_NAMED = frozenset({"document", "audio", "video", "animation"})


def upload(world: World, kind: str, content: bytes, name: str = "") -> Json:
    """The body of a message that carries a new file."""
    if kind not in SHAPE:
        raise bad("there is no such kind of file")
    return known(world, kind, world.files.add(content, name or f"{kind}.bin"))


def known(world: World, kind: str, id: str) -> Json:
    """The body of a message that carries a file already there."""
    content = world.files[id]
    file: Json = {"file_id": id, "file_unique_id": f"u{id}", "file_size": len(content)}
    file |= SHAPE[kind] | _measured(content, kind)
    if kind in _NAMED:
        file["file_name"] = world.files.name(id)
    if kind == "photo":
        return {"photo": [file]}
    body: Json = {kind: file}
    return body | ({"document": _as_document(file)} if kind == "animation" else {})


def _as_document(file: Json) -> Json:
    """Animations come with a document of the same file, for older programs."""
    kept = ("file_id", "file_unique_id", "file_size", "file_name")
    return {name: file[name] for name in kept if name in file}


def is_picture(content: bytes) -> bool:
    starts = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM")
    return content.startswith(starts) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")


def _measured(content: bytes, kind: str) -> dict[str, Any]:
    if kind != "photo" or not content.startswith(b"\x89PNG") or len(content) < 24:
        return {}
    width, height = (int.from_bytes(content[n : n + 4], "big") for n in (16, 20))
    return {"width": max(1, width), "height": max(1, height)}
