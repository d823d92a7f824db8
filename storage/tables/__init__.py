"""Every table; a column that holds words says in its comment how long."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables import learning as learning
from storage.tables.base import Long as Long
from storage.tables.base import metadata as metadata

arrivals = Table(
    "arrivals",
    metadata,
    Column("update_id", Long, primary_key=True),
    Column("raw", Text, comment="words: emptied when done; second reader 10 min; quarantine 24 h"),
    Column("state", String(12), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("error", String(80), nullable=False, default=""),
    Column("received_at", String(32), nullable=False),
)
_undone = arrivals.c.raw.is_not(None)
Index(
    "ix_arrivals_state",
    arrivals.c.state,
    arrivals.c.update_id,
    sqlite_where=_undone,
    postgresql_where=_undone,
)

letters = Table(
    "letters",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String(24), nullable=False, unique=True),
    Column("chat", Long, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("body", Text, comment="words: emptied once sent or failed"),
    Column("about", String(64), nullable=False, default=""),
    Column("refers", String(24)),
    Column("message_id", Long),
    Column("poll_id", String(32), comment="Telegram's id of the native poll it became"),
    Column("not_before", String(32), nullable=False, default=""),
    Column("created_at", String(32), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("reason", String(80), nullable=False, default=""),
)
Index("ix_letters_state", letters.c.state, letters.c.chat, letters.c.priority, letters.c.seq)
Index("ix_letters_about", letters.c.about)
Index("ix_letters_poll", letters.c.poll_id)
Index("ix_letters_message", letters.c.chat, letters.c.message_id)

dues = Table(
    "dues",
    metadata,
    Column("kind", String(32), primary_key=True),
    Column("object", String(64), primary_key=True),
    Column("at", String(32), nullable=False),
    Column("done_at", String(32)),
    Column("attempts", Integer, nullable=False, default=0),
    Column("error", String(80), nullable=False, default=""),
)
Index("ix_dues_at", dues.c.done_at, dues.c.at)

communities = Table(
    "communities",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("name", String(128), nullable=False),
    Column("lang", String(8), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("settings", Text, nullable=False, default="{}"),
)

groups = Table(
    "groups",
    metadata,
    Column("chat", Long, primary_key=True),
    Column("community", ForeignKey("communities.id", ondelete="CASCADE")),
    Column("title", String(255), nullable=False, default=""),
    Column("state", String(8), nullable=False),
    Column("forum", Boolean, nullable=False, default=False),
    Column("notice_topic", Integer),
    Column("board_topic", Integer),
    Column("hears_all", Boolean, nullable=False, default=False),
    Column("can_pin", Boolean, nullable=False, default=False),
    Column("told", Text, nullable=False, default="[]"),
    Column("members", Integer, comment="people in the group without bots, when last counted"),
    Column("counted_at", String(32)),
    Column("since", String(32)),
)
Index("ix_groups_community", groups.c.community)

aliases = Table(
    "aliases",
    metadata,
    Column("old", Long, primary_key=True),
    Column("new", Long, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("member", Long, primary_key=True),
    Column("lang", String(8)),
    Column("elder", Boolean, nullable=False, default=False),
    Column("reachable", Boolean, nullable=False, default=False),
)

memberships = Table(
    "memberships",
    metadata,
    Column("community", ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True),
    Column("member", Long, primary_key=True),
    Column("building", String(32), nullable=False, default=""),
    Column("opted_out", Boolean, nullable=False, default=False),
)
Index("ix_memberships_member", memberships.c.member)

grants = Table(
    "grants",
    metadata,
    Column("community", ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True),
    Column("member", Long, primary_key=True),
    Column("role", String(12), primary_key=True),
    Column("by_admin", Boolean, nullable=False, default=False),
    Column("granted_at", String(32), nullable=False),
    Column("expires_at", String(32)),
)
Index("ix_grants_member", grants.c.member)

invitations = Table(
    "invitations",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column("community", ForeignKey("communities.id", ondelete="CASCADE")),
    Column("role", String(12), nullable=False),
    Column("expires_at", String(32), nullable=False),
)

forms = Table(
    "forms",
    metadata,
    Column("member", Long, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("step", String(24), nullable=False),
    Column("fields", Text, nullable=False, default="{}"),
    Column("at", String(32), nullable=False),
)

matters = Table(
    "matters",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("community", ForeignKey("communities.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("stage", String(12), nullable=False),
    Column("owner", Long, comment="member id of the one whose it is: author, asker"),
    Column(
        "office",
        String(12),
        nullable=False,
        server_default="",
        comment="role that is responsible",
    ),
    Column("keeper", Long, comment="member id of the one who took it on"),
    Column("chat", Long, comment="where it was said"),
    Column("message", Long),
    Column("text", Text, comment="words: notice until withdrawn, others 30 days after closing"),
    Column("facts", Text, nullable=False, default="{}"),
    Column("due_at", String(32)),
    Column("created_at", String(32), nullable=False),
    Column("closed_at", String(32)),
    UniqueConstraint("community", "number"),
)
Index("ix_matters_stage", matters.c.community, matters.c.kind, matters.c.stage)
Index("ix_matters_said", matters.c.chat, matters.c.message)
Index("ix_matters_owner", matters.c.owner)

history = Table(
    "history",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("matter", ForeignKey("matters.id", ondelete="CASCADE"), nullable=False),
    Column("at", String(32), nullable=False),
    Column("stage", String(12), nullable=False),
    Column("actor", String(32), nullable=False, default="", comment="code of a person, or empty"),
)
Index("ix_history_matter", history.c.matter)

posts = Table(
    "posts",
    metadata,
    Column("matter", ForeignKey("matters.id", ondelete="CASCADE"), primary_key=True),
    Column("chat", Long, primary_key=True),
    Column("letter", String(24), nullable=False),
    Column("state", String(12), nullable=False),
    Column("reposted", Boolean, nullable=False, default=False),
)
Index("ix_posts_letter", posts.c.letter)
Index("ix_posts_chat", posts.c.chat)

acknowledgements = Table(
    "acknowledgements",
    metadata,
    Column("matter", ForeignKey("matters.id", ondelete="CASCADE"), primary_key=True),
    Column("code", String(32), primary_key=True, comment="pseudonym, or a loose code once erased"),
    Column("building", String(32), nullable=False, default=""),
)

readings = Table(
    "readings",
    metadata,
    Column("chat", Long, primary_key=True),
    Column("message", Long, primary_key=True),
    Column("at", String(32), nullable=False),
    Column("author", String(32), nullable=False, comment="code with a monthly salt; 35 days"),
    Column("role", String(12), nullable=False, default=""),
    Column("reply_to", Long),
    Column("found", Text, nullable=False, comment="labels and scores; no word of the message"),
)

stances = Table(
    "stances",
    metadata,
    Column("matter", ForeignKey("matters.id", ondelete="CASCADE"), primary_key=True),
    Column("code", String(32), primary_key=True, comment="pseudonym, or a loose code once erased"),
    Column("stance", String(12), nullable=False),
    Column("receipt", String(16), nullable=False, default=""),
    Column("at", String(32), nullable=False),
)

reasons = Table(
    "reasons",
    metadata,
    Column("matter", ForeignKey("matters.id", ondelete="CASCADE"), primary_key=True),
    Column("member", Long, primary_key=True),
    Column("text", Text, comment="words: a resident's reason; until 30 days after closing"),
    Column("concern", Integer, comment="number of the concern it was put under"),
    Column("confirmed", Boolean, comment="whether its author agrees with the wording"),
)

boards = Table(
    "boards",
    metadata,
    Column("chat", Long, primary_key=True),
    Column("letter", String(24), nullable=False),
    Column("shown_at", String(32), nullable=False),
    Column("print", String(64), nullable=False, default="", comment="hash of what it shows"),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("community", String(16), nullable=False),
    Column("at", String(32), nullable=False),
    Column("actor", String(32), nullable=False),
    Column("act", String(24), nullable=False),
    Column("object", String(64), nullable=False),
    Column("why", String(64), nullable=False, default=""),
    Column("allowed", Boolean, nullable=False),
    Column("hash", String(64), nullable=False),
)
Index("ix_audit_community", audit.c.community, audit.c.at)

noise = Table(
    "noise",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("chat", Long, nullable=False),
    Column("day", String(10), nullable=False),
    Column("ledger", String(8), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("own", String(12), nullable=False, default=""),
)
Index("ix_noise_chat", noise.c.chat, noise.c.day)

erasures = Table(
    "erasures",
    metadata,
    Column("code", String(32), primary_key=True, comment="keyed code; replayed on restore"),
    Column("at", String(32), nullable=False),
    Column("receipt", String(16), nullable=False),
)

health = Table(
    "health",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", String(128), nullable=False),
)
