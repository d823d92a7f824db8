"""What texts are like, by vectors learned from talk without labels, and a model over that."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.linalg import cho_factor, cho_solve
from scipy.special import softmax
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import rbf_kernel
from sklearn.preprocessing import normalize
from sklearn.utils.extmath import randomized_svd

from bot.analysis import marks
from bot.analysis.learn.line import Numbers, formed
from bot.analysis.words import cut

Rows = npt.NDArray[np.float32]
_NAME = re.compile(r"@[\w\-·]{1,30}")
_LINK = re.compile(r"https?://[\w./?=&%-]+")
REACH, SELDOM, COMMON = 5, 2, 1e-4
"""How far apart two words still stand near each other; the count from which on a word is known;
the share of all words from which on a word says less (Arora et al. 2017)."""
WORDS, CHARACTERS, RUNS = (500, 1.0), (150, 0.7), (300, 1.0)
"""How many numbers each view of a text has, and how much it weighs."""
SIGN, STEEP, RIDGE, SURE = 0.3, 0.3, 1.0, 6.0
"""What a mark weighs beside them; how fast likeness falls; how small the worth of texts is held;
how sure a score is, beside the logarithms of the chances that a line gives."""


def cleaned(text: str) -> str:
    """The form of the first look, in which names and links are only that."""
    return _NAME.sub("@", _LINK.sub("网址", formed(text)))


class Means:
    """A text is the mean of its words, a word is what stands near it (PPMI and SVD)."""

    def __init__(self, texts: Sequence[Sequence[str]], size: int) -> None:
        often = Counter(chain.from_iterable(texts))
        known = [word for word, count in often.items() if count >= SELDOM]
        self._place = {word: n for n, word in enumerate(known)}
        counts = np.array([often[word] for word in known])
        self._weight = COMMON / (COMMON + counts / often.total())
        left, values, _ = randomized_svd(self._surprise(texts), size, n_iter=3, random_state=7)
        self._words = normalize(left * np.sqrt(values))
        self._centre: Any = 0.0
        self._centre = self._plain(texts).mean(axis=0)

    def of(self, texts: Iterable[Sequence[str]]) -> Rows:
        """One row of unit length a text."""
        rows: Rows = normalize(self._plain(texts) - self._centre).astype(np.float32)
        return rows

    def _plain(self, texts: Iterable[Sequence[str]]) -> Any:
        held = [[self._place[word] for word in text if word in self._place] for text in texts]
        ends = np.cumsum([0, *map(len, held)])
        places = np.fromiter(chain.from_iterable(held), np.intp, ends[-1])
        shape = len(held), len(self._place)
        weights = sparse.csr_matrix((self._weight[places], places, ends), shape=shape)
        return normalize(weights, norm="l1") @ self._words

    def _surprise(self, texts: Sequence[Sequence[str]]) -> Any:
        """How much more often two words stand near each other than by chance, if they do."""
        gap = [""] * REACH  # no word of one text stands near one of the next
        line = np.array([self._place.get(word, -1) for text in texts for word in (*text, *gap)])
        size = len(self._place)
        near = sparse.csr_matrix((size, size))
        for far in range(1, REACH + 1):
            one, other = line[:-far], line[far:]
            both = (one >= 0) & (other >= 0)
            ones = np.full(both.sum(), 1 / far)
            near += sparse.csr_matrix((ones, (one[both], other[both])), shape=(size, size))
        near = (near + near.T).tocoo()
        own = np.asarray(near.sum(axis=0)).ravel()
        # Rare company counts less than it would by chance alone (Levy, Goldberg, Dagan 2015).
        company = own**0.75 / (own**0.75).sum()
        data = np.log(near.data / (own[near.row] * company[near.col]))
        return sparse.csr_matrix((np.maximum(data, 0), (near.row, near.col)), shape=(size, size))


class Runs:
    """A text by its runs of one to three characters, of which few sums are kept (TF-IDF, SVD)."""

    def __init__(self, texts: Iterable[str], size: int) -> None:
        self._grams = TfidfVectorizer(
            analyzer="char", ngram_range=(1, 3), min_df=3, sublinear_tf=True, lowercase=False
        )
        rows = self._grams.fit_transform(texts)
        few = min(size, *rows.shape)
        self._sums = TruncatedSVD(few, random_state=7).fit(rows)

    def of(self, texts: Iterable[str]) -> Rows:
        """One row of unit length a text."""
        rows: Rows = normalize(self._sums.transform(self._grams.transform(texts)))
        return rows.astype(np.float32)


class Likeness:
    """Where texts lie: by their words, characters, runs of characters and marks."""

    def __init__(self, texts: Sequence[str], beside: Sequence[str]) -> None:
        """Words and characters are learned from what stands `beside` too, runs are not.

        Runs of other kinds of texts were a loss (posts .789 against .794 on inner folds).
        """
        forms, more = ([cleaned(text) for text in some] for some in (texts, beside))
        self._words = Means([cut(form) for form in (*forms, *more)], WORDS[0])
        self._characters = Means([*forms, *more], CHARACTERS[0])
        self._runs = Runs(forms, RUNS[0])

    def of(self, texts: Iterable[str]) -> Rows:
        """One row a text."""
        forms = [cleaned(text) for text in texts]
        views = (
            self._words.of([cut(form) for form in forms]) * WORDS[1],
            self._characters.of(forms) * CHARACTERS[1],
            self._runs.of(forms) * RUNS[1],
            np.array([marks.marked(form[1:-1])[0] for form in forms]) * SIGN,
        )
        return np.hstack(views).astype(np.float32)


class Near:
    """Kernel ridge regression: a text is labelled as those are that it is like."""

    def __init__(self, likeness: Likeness) -> None:
        self._likeness = likeness
        self.labels: list[str] = []
        self._places: Any = None
        self._worth: Any = None

    def learn(self, texts: Sequence[str], labels: Sequence[str]) -> "Near":
        """Learns labels that all weigh the same, however rare."""
        self.labels = sorted(set(labels))
        truth = np.array([[label == one for one in self.labels] for label in labels])
        self._places = self._likeness.of(texts)
        near = rbf_kernel(self._places, gamma=STEEP)
        often = truth @ truth.mean(axis=0) * len(self.labels)
        near[np.diag_indices(len(near))] += (RIDGE * often).astype(np.float32)
        factor = cho_factor(near, lower=True, overwrite_a=True, check_finite=False)
        self._worth = cho_solve(factor, np.where(truth, 1.0, -1.0), check_finite=False)
        return self

    def chances(self, texts: Sequence[str]) -> Numbers:
        """How likely each label is."""
        scores = rbf_kernel(self._likeness.of(texts), self._places, STEEP) @ self._worth
        chances: Numbers = softmax(SURE * scores, axis=1)
        return chances
