"""The features of the first look and linear models over them: alone, or the mean of several."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bot.analysis import marks
from bot.analysis.first import SIGN
from bot.analysis.folded import END, START, folded
from bot.analysis.normal import normal

Labels = npt.NDArray[Any]
Numbers = npt.NDArray[np.float64]
ELSEWHERE = 0.3
"""How much a score that was learned elsewhere weighs beside a run of characters."""


def formed(text: str) -> str:
    """The form in which the first look sees a text."""
    return f"{START}{folded(normal(text))}{END}"


class Line:
    """The features of the first look and a logistic regression, alone."""

    def __init__(
        self,
        strength: float = 2.0,
        positive: float = 0.0,
        signs: bool = True,
        form: Callable[[str], str] = formed,
        elsewhere: Sequence["Line"] = (),
        ratios: bool = False,
    ) -> None:
        """`positive` weighs the second of two labels; without it all labels weigh the same.

        What lines learned `elsewhere` say stands beside the words. With `ratios` each run of
        characters counts by how much more often one label has it than the others (NB-SVM).
        """
        self._grams = TfidfVectorizer(
            analyzer="char", ngram_range=(1, 4), min_df=2, sublinear_tf=True, lowercase=False
        )
        self._strength, self._positive, self._signs = strength, positive, signs
        self._form, self._elsewhere, self._ratios = form, elsewhere, ratios
        self.labels: list[str] = []
        self._model: Any = None

    def learn(self, texts: Sequence[str], labels: Sequence[str]) -> "Line":
        """Learns two labels or more."""
        self.labels = sorted(set(labels))
        place = {label: n for n, label in enumerate(self.labels)}
        self._grams.fit(self._forms(texts))
        truth = np.array([place[label] for label in labels])
        model = Ratios(self._strength) if self._ratios else self._plain()
        self._model = model.fit(self._seen(texts), truth)
        return self

    def _plain(self) -> Any:
        two = len(self.labels) == 2
        return LogisticRegression(
            C=self._strength,
            class_weight={0: 1.0, 1: self._positive} if self._positive else "balanced",
            max_iter=150,
            tol=1e-3,
            solver="liblinear" if two else "lbfgs",
        )

    def say(self, texts: Sequence[str]) -> Labels:
        """The likeliest label of each text."""
        labels: Labels = np.array(self.labels)[self._model.predict(self._seen(texts))]
        return labels

    def score(self, texts: Sequence[str]) -> Numbers:
        """How sure it is of the second of two labels, or of each label of more."""
        scores: Numbers = self._model.decision_function(self._seen(texts))
        return scores

    def chances(self, texts: Sequence[str]) -> Numbers:
        """How likely each label is."""
        chances: Numbers = self._model.predict_proba(self._seen(texts))
        return chances

    def _forms(self, texts: Sequence[str]) -> list[str]:
        return [self._form(text) for text in texts]

    def _seen(self, texts: Sequence[str]) -> Any:
        forms = self._forms(texts)
        parts = [self._grams.transform(forms)]
        if self._signs:
            marked = np.array([marks.marked(form[1:-1])[0] for form in forms]) * SIGN
            parts.append(sparse.csr_matrix(marked))
        for line in self._elsewhere:
            said = line.score(texts).reshape(len(texts), -1)
            parts.append(sparse.csr_matrix(said * ELSEWHERE))
        return sparse.hstack(parts).tocsr()


class Ratios:
    """One logistic regression a label over runs weighed by their log-count ratios."""

    def __init__(self, strength: float) -> None:
        self._strength = strength
        self._weights: Any = None
        self._bias: Any = None

    def fit(self, seen: Any, truth: Labels) -> "Ratios":
        """Learns as many labels as there are numbers in `truth`."""
        models = [self._one(seen, truth == n) for n in range(truth.max() + 1)]
        self._weights = np.array([weights for weights, _ in models]).T
        self._bias = np.array([bias for _, bias in models])
        return self

    def _one(self, seen: Any, truth: Labels) -> tuple[Any, float]:
        ratios = log_ratios(seen, truth)
        model = LogisticRegression(
            C=self._strength, class_weight="balanced", tol=1e-3, solver="liblinear"
        ).fit(seen @ sparse.diags(ratios), truth)
        return model.coef_[0] * ratios, float(model.intercept_[0])

    def decision_function(self, seen: Any) -> Any:
        """The score of each label."""
        return seen @ self._weights + self._bias

    def predict(self, seen: Any) -> Any:
        """The place of the likeliest label."""
        return self.decision_function(seen).argmax(axis=1)

    def predict_proba(self, seen: Any) -> Any:
        """The share of each label."""
        alone = 1 / (1 + np.exp(-self.decision_function(seen)))
        return alone / alone.sum(axis=1, keepdims=True)


def log_ratios(seen: Any, truth: Labels) -> Numbers:
    """How much more often the texts of one label have each feature than all others do."""
    held = (seen > 0).astype(np.float64)
    own, others = (np.asarray(held[rows].sum(axis=0)).ravel() for rows in (truth, ~truth))
    ratios: Numbers = np.log((1 + own) / (truth.sum() + 2)) - np.log(
        (1 + others) / ((~truth).sum() + 2)
    )
    return ratios


class Chancy(Protocol):
    """What gives each label of each text a chance."""

    labels: list[str]

    def chances(self, texts: Sequence[str]) -> Numbers:
        """How likely each label is."""
        ...


def together(lines: Sequence[Chancy], texts: Sequence[str]) -> Labels:
    """The likeliest label of each text by the mean of the logarithms of all chances."""
    logs = np.array([np.log(line.chances(texts) + 1e-9) for line in lines])
    labels: Labels = np.array(lines[0].labels)[logs.mean(axis=0).argmax(axis=1)]
    return labels
