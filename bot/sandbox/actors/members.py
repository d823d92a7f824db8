"""Somebody's standing in a chat, and the rights that go with it."""

from dataclasses import dataclass, field

from bot.sandbox.actors.people import Json

_EVERYWHERE = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)
_GROUPS = ("can_pin_messages", "can_manage_topics", "can_manage_tags")
_CHANNELS = ("can_post_messages", "can_edit_messages", "can_manage_direct_messages")
ADMIN_RIGHTS = (*_EVERYWHERE, *_GROUPS, *_CHANNELS)
MEMBER_RIGHTS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
OPEN = frozenset(MEMBER_RIGHTS) - {"can_change_info", "can_pin_messages", "can_manage_topics"}
"""What every member may do in a new group."""
PRESENT = frozenset({"creator", "administrator", "member", "restricted"})
ADMINS = frozenset({"creator", "administrator"})


@dataclass
class Member:
    """Somebody's standing in a chat."""

    status: str
    rights: dict[str, bool] = field(default_factory=dict)
    anonymous: bool = False
    until: int = 0
    title: str | None = None
    inside: bool = True
    by: int | None = None

    @property
    def present(self) -> bool:
        return self.status in PRESENT and (self.status != "restricted" or self.inside)

    def may(self, right: str) -> bool:
        """Whether an administrator's right is held."""
        return self.status == "creator" or (
            self.status == "administrator" and self.rights.get(right, False)
        )

    def json(self, user: Json, type: str = "supergroup", asking: int | None = None) -> Json:
        body: Json = {"user": user, "status": self.status}
        if self.status == "creator":
            body["is_anonymous"] = self.anonymous
        elif self.status == "administrator":
            special = _CHANNELS if type == "channel" else _GROUPS
            body |= {name: self.rights.get(name, False) for name in (*_EVERYWHERE, *special)}
            body["is_anonymous"] = self.anonymous
            body["can_be_edited"] = self.by is not None and self.by == asking
        elif self.status == "restricted":
            body |= {name: self.rights.get(name, False) for name in MEMBER_RIGHTS}
            body |= {"is_member": self.inside, "until_date": self.until}
        elif self.status == "kicked":
            body["until_date"] = self.until
        if self.title and self.status in ADMINS:
            body["custom_title"] = self.title
        return body
