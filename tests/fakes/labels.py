"""What people said of findings, and the words lent for it, in lists."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.domain.basics import ChatId, CommunityId
from bot.domain.label import Label, Sample
from tests.fakes.shelves import Shelves

Place = tuple[ChatId | None, int | None]


class FakeLabels:
    """Fulfils `Labels`."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves

    def put(self, label: Label) -> None:
        self._shelves.require_community(label.community)
        labels = self._shelves.labels
        for at, known in enumerate(labels):
            if _place(known) == _place(label) and known.finding is label.finding and _named(label):
                drawn = label if label.audited else known
                labels[at] = replace(label, audited=drawn.audited, week=drawn.week)
                return
        labels.append(label)

    def since(self, community: CommunityId, week: str) -> tuple[Label, ...]:
        every = self._shelves.labels
        return tuple(one for one in every if one.community == community and one.week >= week)

    def keep(self, sample: Sample) -> None:
        self._shelves.require_community(sample.community)
        samples = self._shelves.samples
        for at, known in enumerate(samples):
            same = _place(known) == _place(sample) and known.finding is sample.finding
            if same and _named(sample):
                samples[at] = sample
                return
        samples.append(sample)

    def samples(self, community: CommunityId) -> tuple[Sample, ...]:
        return tuple(one for one in self._shelves.samples if one.community == community)

    def samples_by(self, author: str) -> int:
        said = self._said(author)
        return sum(_place(one) in said for one in self._shelves.samples)

    def drop_samples(self, community: CommunityId) -> None:
        every = self._shelves.samples
        self._shelves.samples = [one for one in every if one.community != community]

    def left(self, chat: ChatId) -> None:
        self._shelves.samples = [one for one in self._shelves.samples if one.chat != chat]
        self._unname(lambda one: one.chat == chat)

    def forget(self, author: str) -> None:
        said = self._said(author)
        self._shelves.samples = [one for one in self._shelves.samples if _place(one) not in said]
        self._unname(lambda one: _place(one) in said)

    def purge(self, read: datetime, words: str, whole: str) -> None:
        """Messages are unnamed with their readings; words and labels go when they are old."""
        shelves = self._shelves
        old = {key for key, one in shelves.readings.items() if one.at < read}
        self._unname(lambda one: _place(one) in old)
        samples = [
            replace(one, chat=None, message=None) if _place(one) in old else one
            for one in shelves.samples
        ]
        shelves.samples = [one for one in samples if one.week > words]
        shelves.labels = [one for one in shelves.labels if one.week > whole]

    def _unname(self, concerns: Callable[[Label], bool]) -> None:
        self._shelves.labels = [
            replace(one, chat=None, message=None) if concerns(one) else one
            for one in self._shelves.labels
        ]

    def _said(self, author: str) -> set[Place]:
        return {key for key, one in self._shelves.readings.items() if one.author == author}


def _place(one: Label | Sample) -> Place:
    return one.chat, one.message


def _named(one: Label | Sample) -> bool:
    """What names no message is like no other."""
    return one.chat is not None and one.message is not None
