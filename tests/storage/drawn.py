"""What chance draws for a series of calls: few people, places and ids, and any words."""

from datetime import datetime, timedelta

from hypothesis import strategies as st

from bot.domain.basics import ChatId, CommunityId, MemberId
from bot.domain.community import Group, GroupState
from bot.domain.due import Due
from bot.domain.label import Finding
from bot.domain.matter import Matter, MatterKind, Stage
from bot.domain.people import Role
from tests.storage.made import (
    CHAT,
    CHEN,
    DAY,
    HOME,
    HOSTILE,
    HOUR,
    LIN,
    NOW,
    NOWHERE,
    OTHER,
    SECOND,
    SHANGHAI,
    SUPER,
    WANG,
    awaited,
    matter,
)

members: st.SearchStrategy[MemberId] = st.sampled_from([LIN, WANG, CHEN])
homes: st.SearchStrategy[CommunityId] = st.sampled_from([HOME] * 6 + [OTHER] * 3 + [NOWHERE])
chats: st.SearchStrategy[ChatId] = st.sampled_from([CHAT, CHAT, SECOND, SUPER])
moments: st.SearchStrategy[datetime] = st.sampled_from([-DAY, timedelta(), HOUR, DAY]).map(
    lambda by: (NOW + by).astimezone(SHANGHAI)
)
maybe = st.none() | moments
words = st.sampled_from([*HOSTILE, "a", "A", f"{CHAT}", f"{CHAT},{SECOND}"]) | st.text(max_size=5)
codes = st.sampled_from(["x", "x", "y", "z"])
buildings = st.sampled_from(["", "1", "2"])
numbers = st.integers(1, 6)
messages = st.integers(1, 6)
loose = st.sampled_from([lambda: "w", lambda: "v", lambda: "x"])
weeks = st.sampled_from(["2026-W47", "2026-W48", "2026-W49"])
findings = st.sampled_from(list(Finding))
matter_ids = st.sampled_from(["m1"] * 5 + ["m2"] * 3 + ["m3", "m4"])
letter_ids = st.sampled_from(["l1", "l2", "l3", "l4", "l5"])
roles = st.sampled_from(list(Role))

matters: st.SearchStrategy[Matter] = st.builds(
    Matter,
    matter_ids,
    st.integers(1, 30),
    homes,
    st.sampled_from([MatterKind.QUESTION, MatterKind.NOTICE]),
    st.sampled_from([Stage.OPEN, Stage.TAKEN, Stage.CLOSED]),
    st.none() | members,
    words,
    moments,
    st.dictionaries(st.sampled_from(["signs", "chats", "answer"]), words),
    maybe,
    maybe,
    st.sampled_from(["", "grid"]),
    st.none() | members,
    st.none() | chats,
    st.none() | messages,
)
simple_matters = st.builds(
    lambda id, number, closed: matter(id, number, closed_at=closed), matter_ids, numbers, maybe
)
duties = st.builds(
    Due, st.sampled_from(["probe", "other"]), st.sampled_from(["m1", "M1", "m12"]), moments
)
told = st.sampled_from([frozenset[str](), frozenset({"rights"})])
groups = st.builds(
    Group,
    chats,
    st.none() | homes,
    words,
    st.sampled_from(GroupState),
    st.booleans(),
    st.none() | messages,
    st.none() | messages,
    st.booleans(),
    st.booleans(),
    told,
    maybe,
    st.none() | numbers,
    maybe,
)
texts = st.builds(awaited, messages, members, chats)
