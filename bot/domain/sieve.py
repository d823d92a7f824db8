"""Many patterns over one text: what lacks a character it cannot do without is not tried.

A pattern is taken apart into its alternatives. The syntax tree of each tells two sets of
characters of which a match holds at least one each; it is searched for where the text has both.
What filters before regular expressions do with runs of three characters (Cox 2012, "Regular
expression matching with a trigram index") is done with single ones, for the texts are short.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from re import _constants as code  # type: ignore[attr-defined]  # re has no public syntax tree
from re import _parser as parser  # type: ignore[attr-defined]  # re has no public syntax tree
from typing import Any

WIDEST = 1_000
"""A set of more characters excludes too little to be worth its room."""
ANY_DIGIT = "any digit"
DIGITS = frozenset((*"0123456789", ANY_DIGIT))
LIKE_LETTERS = frozenset("\u0130\u0131\u017f\u212a")
"""What the letters i, s and k stand for too, where case is nothing."""
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]|.", re.DOTALL)
_SIGN = re.compile(r"[\\.^$*+?{}\[\]|()]")
"""What means something else than itself in a pattern."""
_REFERENCE = re.compile(r"\\[1-9]|\(\?(?:P[=<]|\()")
Needed = frozenset[str] | None
"""A match holds at least one of these characters; None: nobody knows."""


class _Piece:
    """One alternative of a pattern; it is compiled when it is first tried."""

    def __init__(self, pattern: int, source: str, flags: int) -> None:
        self.pattern, self.source, self._flags = pattern, source, flags

    @cached_property
    def search(self) -> Callable[[str], object]:
        """Says whether it is found; of plain words nothing need be compiled."""
        source, cased = self.source, self.source.lower() != self.source.upper()
        if _SIGN.search(source) or (cased and self._flags & re.IGNORECASE):
            return re.compile(source, self._flags).search
        return lambda text: source in text

    def needs(self) -> tuple[Needed, Needed]:
        """The two parts with the fewest choices tell most."""
        tree = parser.parse(self.source, self._flags)
        one, other, *_ = [*sorted(_row(tree, self._flags), key=len), None, None]
        return one, other


class Sieve:
    """Says which of its patterns are found in a text."""

    def __init__(self, patterns: Sequence[str], flags: int = 0) -> None:
        self.pieces = [
            _Piece(n, source, flags)
            for n, pattern in enumerate(patterns)
            for source in alternatives(pattern)
        ]
        self._always = [0, 0]
        self._held = dict[str, tuple[int, int]]()
        for n, piece in enumerate(self.pieces):
            for side, needed in enumerate(piece.needs()):
                self._note(side, 1 << n, needed)

    def found(self, text: str) -> Iterator[int]:
        """The places of the patterns that are found, in their order."""
        left, last = self._worth_trying(text), -1
        while left:
            lowest = left & -left
            left ^= lowest
            piece = self.pieces[lowest.bit_length() - 1]
            if piece.pattern != last and piece.search(text):
                last = piece.pattern
                yield last

    def finds(self, text: str) -> bool:
        """Whether any of its patterns is found."""
        return next(self.found(text), None) is not None

    def _worth_trying(self, text: str) -> int:
        """One bit a piece."""
        one, other = self._always
        held = self._held
        for character in text:
            bits = held.get(character)
            if bits is None and character.isdecimal():
                bits = held.get(ANY_DIGIT)
            if bits is not None:
                one |= bits[0]
                other |= bits[1]
        return one & other

    def _note(self, side: int, bit: int, needed: Needed) -> None:
        if needed is None:
            self._always[side] |= bit
        for character in needed or ():
            one, other = self._held.get(character, (0, 0))
            self._held[character] = (one, other | bit) if side else (one | bit, other)


def alternatives(pattern: str) -> list[str]:
    """The parts between the bars that stand in no group; whole where a part may name another."""
    if _REFERENCE.search(pattern):
        return [pattern]
    parts, depth = [""], 0
    for token in _TOKEN.findall(pattern):
        depth += {"(": 1, ")": -1}.get(token, 0)
        if token == "|" and not depth:  # noqa: S105 - a bar is no password
            parts.append("")
        else:
            parts[-1] += token
    return parts


def _row(tree: Any, flags: int) -> list[frozenset[str]]:
    """What stands in a row is all needed."""
    return [found for kind, what in tree if (found := _of(kind, what, flags)) is not None]


def _least(tree: Any, flags: int) -> Needed:
    return min(_row(tree, flags), key=len, default=None)


def _of(kind: Any, what: Any, flags: int) -> Needed:
    if kind is code.LITERAL:
        return _cases([what], flags)
    if kind is code.IN:
        return _any([_member(kind, part, flags) for kind, part in what])
    if kind is code.BRANCH:
        return _any([_least(tree, flags) for tree in what[1]])
    if kind is code.SUBPATTERN:
        return _least(what[3], (flags | what[1]) & ~what[2])
    if kind in (code.MAX_REPEAT, code.MIN_REPEAT) and what[0] > 0:
        return _least(what[2], flags)
    return None


def _member(kind: Any, what: Any, flags: int) -> Needed:
    """One part of a set in square brackets."""
    if kind is code.LITERAL:
        return _cases([what], flags)
    if kind is code.RANGE and what[1] - what[0] < WIDEST:
        return _cases(range(what[0], what[1] + 1), flags)
    return DIGITS if what is code.CATEGORY_DIGIT else None


def _any(choices: Sequence[Needed]) -> Needed:
    """One of several is enough."""
    every: frozenset[str] = frozenset()
    for one in choices:
        if one is None:
            return None
        every |= one
    return every if len(every) <= WIDEST else None


def _cases(codes: Sequence[int], flags: int) -> Needed:
    """The characters, in both cases where case is nothing; of other scripts nobody knows."""
    characters = frozenset(map(chr, codes))
    cased = {one for one in characters if flags & re.IGNORECASE and one.lower() != one.upper()}
    if not all(map(str.isascii, cased)):
        return None
    both = characters | {one.lower() for one in cased} | {one.upper() for one in cased}
    return both | LIKE_LETTERS if cased else both
