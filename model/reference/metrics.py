"""Reference numbers for the evaluation, by scikit-learn, SciPy and statsmodels: what tests/data compares with.

    python metrics.py [--check]

Writes metrics.json beside itself, inputs included, or compares with it. DeLong's variance is computed from all pairs of
films, as in the paper, where ours sorts once.
"""

from fractions import Fraction
from math import comb

import numpy as np
import statsmodels.api as sm
from scipy import optimize, special, stats
from sklearn import metrics
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import StandardScaler, normalize
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import proportion_confint

import golden

rng = np.random.default_rng(1)


def wins(scores, labels):
    positive, negative = scores[labels][:, None], scores[~labels]
    won = (positive > negative) + 0.5 * (positive == negative)
    return won.mean(1), won.mean(0)


def delong(scores, labels):
    """Areas and their covariance, [k] and [k, k], for scores [k, n]."""
    positive, negative = zip(*(wins(one, labels) for one in scores))
    covariance = np.cov(positive) / labels.sum() + np.cov(negative) / (~labels).sum()
    return np.mean(positive, axis=1), covariance


def proportions():
    cases = [(0, 1), (0, 20), (20, 20), (1, 29), (81, 263), (3, 10), (9, 10), (0, 3), (150, 150), (37, 38), (4000, 9000)]
    return [{"hits": k, "n": n, "interval": proportion_confint(k, n, method="beta")} for k, n in cases]


def classes():
    truth = rng.integers(0, 3, 40)
    logits = rng.normal(size=(40, 3)) + 1.2 * np.eye(3)[truth]
    probabilities = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    probabilities = np.round(probabilities, 3)
    probabilities[:, 2] = np.round(1 - probabilities[:, 0] - probabilities[:, 1], 3)
    answers = probabilities.argmax(1)
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(truth, answers)
    logs = np.log(np.maximum(probabilities, 1e-12))

    def loss(log_temperature):
        scaled = logs / np.exp(log_temperature)
        normal = np.log(np.exp(scaled).sum(1))
        return (normal - scaled[np.arange(40), truth]).mean()

    best = optimize.minimize_scalar(loss, bracket=(-1, 1), method="brent", options={"xtol": 1e-12})
    confidence, right = probabilities.max(1), answers == truth
    bins = np.minimum((confidence * 10).astype(int), 9)
    distances = [abs(confidence[bins == b].mean() - right[bins == b].mean()) * (bins == b).sum() for b in set(bins)]
    return {
        "truth": truth,
        "probabilities": probabilities,
        "confusion": metrics.confusion_matrix(truth, answers),
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "balanced_accuracy": metrics.balanced_accuracy_score(truth, answers),
        "brier": ((probabilities - np.eye(3)[truth]) ** 2).sum(1).mean(),
        "log_loss": metrics.log_loss(truth, probabilities),
        "expected_calibration_error": sum(distances) / 40,
        "temperature": np.exp(best.x),
        "loss_at_temperature": best.fun,
    }


def balanced():
    """Classes of unequal size, one without films."""
    cases = [[[19, 0], [1, 0]], [[0, 3], [0, 1]], [[17, 2], [0, 3]], [[4, 1, 0], [2, 9, 3], [0, 0, 6]], [[5, 1], [0, 0]]]

    def score(confusion):
        films = [(truth, answer) for truth, row in enumerate(confusion) for answer, n in enumerate(row) for _ in range(n)]
        return metrics.balanced_accuracy_score(*zip(*films))

    return [{"confusion": confusion, "value": score(confusion)} for confusion in cases]


def curves():
    labels = rng.random(60) < 0.4
    first = np.round(rng.normal(size=60) + 1.0 * labels, 1)
    second = np.round(rng.normal(size=60) + 0.5 * first, 1)
    chances = np.round(1 / (1 + np.exp(-first)), 2)
    false_alarms, hits, thresholds = metrics.roc_curve(labels, first, drop_intermediate=False)
    precision, recall, at = metrics.precision_recall_curve(labels, first)
    areas, covariance = delong([first, second], labels)
    error = np.sqrt(covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1])
    difference = areas[0] - areas[1]
    half = stats.norm.ppf(0.975) * error
    # Satterthwaite's degrees of freedom, as SciPy has them for Brunner and Munzel's test, which compares the same shares.
    parts = [np.var(one, ddof=1) / len(one) for one in wins(first, labels)]
    freedom = sum(parts) ** 2 / (parts[0] ** 2 / (labels.sum() - 1) + parts[1] ** 2 / ((~labels).sum() - 1))
    reach = stats.t.ppf(0.975, freedom) * np.sqrt(sum(parts)) / (areas[0] * (1 - areas[0]))
    bins = np.minimum((chances * 5).astype(int), 4)
    return {
        "labels": labels,
        "first": first,
        "second": second,
        "chances": chances,
        "roc": {"thresholds": thresholds[1:], "sensitivity": hits, "false_alarms": false_alarms},
        "precision_recall": {"thresholds": at[::-1], "precision": precision[-2::-1], "recall": recall[-2::-1]},
        "average_precision": metrics.average_precision_score(labels, first),
        "auc": metrics.roc_auc_score(labels, first),
        "standard_error": np.sqrt(covariance[0, 0]),
        "interval": special.expit(special.logit(areas[0]) + reach * np.array([-1, 1])),
        "comparison": {
            "difference": difference,
            "standard_error": error,
            "interval": [difference - half, difference + half],
            "p": 2 * stats.norm.sf(abs(difference / error)),
        },
        "brier": metrics.brier_score_loss(labels, chances),
        "bins": [
            {"n": (bins == b).sum(), "hits": labels[bins == b].sum(), "predicted": chances[bins == b].mean()}
            for b in range(5)
        ],
    }


def pairs():
    first = np.round(rng.normal(0.8, 0.05, 8), 3)
    second = np.round(first - rng.normal(0.02, 0.02, 8), 3)
    change = first - second
    test = stats.ttest_1samp(change, 0).confidence_interval(0.95)
    higher, lower = (change > 0).sum(), (change < 0).sum()
    return {
        "first": first,
        "second": second,
        "mean": change.mean(),
        "interval": [test.low, test.high],
        "sign_p": stats.binomtest(higher, higher + lower).pvalue,
        "student_t": [[k, stats.t.ppf(0.975, k - 1)] for k in (2, 3, 4, 5, 6, 10, 31, 32, 1001)],
        # Surpluses of patients: SciPy flips the signs of all pairs of a sample.
        "sign_flips": [
            [own, stats.permutation_test((own,), np.sum, permutation_type="samples", n_resamples=np.inf).pvalue]
            for own in ([1, 1, 1, -1, 1, 1, 1, 1], [5, 0, -1, 2, 2, 3, 0, -2, 1, 1, 4, 0], [-3, 2, 2, 1, -4, 0, 0, 1, 1, 1])
        ],
        "mcnemar": [[b, c, mcnemar([[9, b], [c, 4]]).pvalue] for b, c in ((0, 0), (1, 0), (3, 12), (7, 7), (700, 800))],
    }


def features():
    """Two clouds, as a network might see films of two classes, and films of neither."""
    training = rng.normal(size=(40, 24)) * np.linspace(2, 0.3, 24) + 1.5 * (np.arange(40) % 2)[:, None]
    training = np.round(training, 2)
    others = np.round(np.concatenate([training[:3] + 0.1, rng.normal(size=(3, 24)) * 3]), 2)

    unit, other_units = normalize(training), normalize(others)
    search = NearestNeighbors(n_neighbors=5).fit(unit)
    distances, nearest = search.kneighbors(other_units)
    # Without an argument a film is not its own neighbour.
    own = search.kneighbors()[0].mean(1)
    pca = PCA(2, svd_solver="full").fit(training)
    return {
        "training": training,
        "others": others,
        "nearest": nearest,
        "distances": distances,
        "percentiles": [(own < d).mean() for d in distances.mean(1)],
        "explained": pca.explained_variance_ratio_,
        "places": pca.transform(training),
        "other_places": pca.transform(others),
    }


def baseline():
    truth = rng.integers(0, 3, 60)
    pixels = rng.uniform(0.2, 0.8, size=(60, 16)) + 0.05 * truth[:, None] * (np.arange(16) % 3 == 0)
    pixels = np.round(pixels, 2)
    # A pixel that never changes.
    pixels[:, 15] = 0.5
    inputs = StandardScaler().fit_transform(pixels)

    def fitted(labels, C):
        model = LogisticRegression(C=C, solver="newton-cholesky", tol=1e-12, max_iter=1000)
        return model.fit(inputs, labels).predict_proba(inputs[:10])

    return {
        "truth": truth,
        "thumbnails": pixels,
        "three_classes": fitted(truth, 1),
        "two_classes": fitted(truth == 2, 2),
    }


def strata():
    """The effect of a factor within strata: least squares with a mean for each cell, and the mean of the differences."""
    with_a, without_a = [0.95, 0.97, 0.92, 1.0, 0.90], [0.68, 0.75, 0.71]
    with_b, without_b = [0.96, 0.93], [0.66, 0.70, 0.69, 0.74]
    test = stats.ttest_ind(with_a, without_a)
    interval = test.confidence_interval(0.95)
    one = [np.mean(with_a) - np.mean(without_a), interval.low, interval.high]

    cells = [with_a, without_a, with_b, without_b]
    cell = np.repeat(np.arange(4), [len(values) for values in cells])
    fit = sm.OLS(np.concatenate(cells), np.eye(4)[cell]).fit()
    contrast = fit.t_test([0.5, -0.5, 0.5, -0.5])
    two = [*contrast.effect, *contrast.conf_int(0.05)[0]]
    return {"cells": cells, "one_stratum": one, "two_strata": two}


def shares_of_seeds():
    """The mean of shares by Student's t on the logit scale: a regression on a constant, and the delta method."""
    cases = [[0.9, 0.95, 1.0, 0.925, 0.975, 1.0, 0.95, 1.0, 0.975, 0.9], [0.5, 0.25], [1.0, 1.0, 0.99]]

    def interval(shares):
        fit = sm.OLS(shares, np.ones(len(shares))).fit()
        mean, error = fit.params[0], fit.bse[0]
        reach = stats.t.ppf(0.975, len(shares) - 1) * error / (mean * (1 - mean))
        return special.expit(special.logit(mean) + reach * np.array([-1, 1]))

    return [{"shares": shares, "interval": interval(shares)} for shares in cases]


def patients():
    """Right films of films of each patient, and half a patient more with half of them right: a logistic regression on a
    constant whose errors are clustered by patient. Half a patient is one beside two of each other."""

    def interval(right, films):
        k, average = len(films), np.mean(films)
        twice = np.repeat(right, 2), np.repeat(films, 2)
        right, films = np.append(twice[0], average / 2), np.append(twice[1], average)
        model = sm.GLM(right / films, np.ones(2 * k + 1), family=sm.families.Binomial(), var_weights=films)
        groups = {"groups": np.arange(2 * k + 1), "use_correction": False}
        fit = model.fit(cov_type="cluster", cov_kwds=groups, tol=1e-14, maxiter=200)
        error = fit.bse[0] * np.sqrt(2 * (k + 0.5) / (k - 0.5))
        return special.expit(fit.params[0] + stats.t.ppf(0.975, k - 1) * error * np.array([-1, 1]))

    cases = [
        [[5, 5, 4, 5, 5, 3, 5, 5, 5, 5], [5] * 10],
        [[1, 7, 3, 11, 4, 9, 2, 2, 6, 8, 0, 10], [2, 7, 5, 11, 9, 9, 2, 3, 6, 8, 4, 10]],
    ]
    return [{"right": right, "films": films, "interval": interval(right, films)} for right, films in cases]


def best_of():
    """The mean of the largest of several binomial draws, as a share of n, in exact fractions."""

    def share(draws, n, p):
        p = Fraction(p)
        # A mean is the sum of the chances to reach 1, 2, ..., n.
        below, mean = Fraction(0), Fraction(0)
        for hits in range(n):
            below += comb(n, hits) * p**hits * (1 - p) ** (n - hits)
            mean += 1 - below**draws
        return float(mean / n)

    cases = [(10, 38, "0.9"), (5, 10, "0.8"), (20, 1000, "0.7"), (3, 1, "0.5"), (2, 2, "0.5")]
    return [{"draws": draws, "n": n, "share": float(p), "best": share(draws, n, p)} for draws, n, p in cases]


options = golden.arguments(__doc__)
parts = {
    "proportions": proportions(),
    "classes": classes(),
    "balanced": balanced(),
    "curves": curves(),
    "pairs": pairs(),
    "features": features(),
    "baseline": baseline(),
    "strata": strata(),
    "shares_of_seeds": shares_of_seeds(),
    "patients": patients(),
    "best_of": best_of(),
}
# 12 digits: shorter than 17, and finer than any tolerance of the tests. Another version of a library may differ in the
# last of them, and where it searches for an optimum, in a few more.
golden.keep({"metrics": parts}, digits=12, tolerance=1e-9, check=options.check)
