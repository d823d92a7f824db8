"""Announcements: what a named human tells the groups of a community."""

from bot.domain.announce.acknowledge import AcknowledgeDesk
from bot.domain.announce.draft import DraftDesk
from bot.domain.announce.followup import FollowUpDesk
from bot.domain.announce.help import HelpDesk
from bot.domain.announce.publish import PublishDesk
from bot.domain.announce.values import Announcements, Post, PostState

__all__ = [
    "AcknowledgeDesk",
    "Announcements",
    "DraftDesk",
    "FollowUpDesk",
    "HelpDesk",
    "Post",
    "PostState",
    "PublishDesk",
]
