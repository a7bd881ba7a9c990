"""Writes reference.json: agreement of weights and paired tests by the plainest way (all pairs, sets, exact fractions)."""
import json
import math
import pathlib
import random
from fractions import Fraction

rng = random.Random(20)
n = 240
a = [round(rng.gauss(1, 0.6), 2) for _ in range(n)]  # two decimals, so that there are ties
b = [round(0.6 * x + rng.gauss(0.3, 0.4), 2) for x in a]


def mean_ranks(values):
    return [Fraction(sum(v < x for v in values) * 2 + sum(v == x for v in values) + 1, 2) for x in values]


def pearson(x, y):
    mx, my = sum(x) / len(x), sum(y) / len(y)
    xy = sum((p - mx) * (q - my) for p, q in zip(x, y))
    return float(xy) / math.sqrt(float(sum((p - mx) ** 2 for p in x) * sum((q - my) ** 2 for q in y)))


def kendall(x, y):
    concordant = discordant = only_x = only_y = 0
    for i in range(len(x)):
        for j in range(i):
            p, q = (x[i] > x[j]) - (x[i] < x[j]), (y[i] > y[j]) - (y[i] < y[j])
            if p and q:
                concordant, discordant = concordant + (p == q), discordant + (p != q)
            elif p:
                only_y += 1  # tied in y alone
            elif q:
                only_x += 1
    pairs = concordant + discordant
    return (concordant - discordant) / math.sqrt((pairs + only_x) * (pairs + only_y))


def lowest(values, k):
    return set(sorted(range(len(values)), key=lambda i: values[i])[:k])  # sorted() is stable


def counts():
    k, out = 10.0, []
    while int(k) < n:
        out.append(int(k))
        k *= 1.25
    return out + [n]


def binomial_quantile(trials, share, level):
    reached = Fraction(0)
    for k in range(trials + 1):
        reached += math.comb(trials, k) * share**k * (1 - share) ** (trials - k)
        if reached >= level:
            return k
    return trials


def mcnemar(only_a, only_b):
    m = only_a + only_b
    tail = sum(Fraction(math.comb(m, k), 2**m) for k in range(min(only_a, only_b) + 1))
    return float(min(Fraction(1), 2 * tail))


questions = 97
right_a = [int(rng.random() < 0.6) for _ in range(questions)]
right_b = [int(rng.random() < 0.85) if x else int(rng.random() < 0.4) for x in right_a]
only_a = sum(x and not y for x, y in zip(right_a, right_b))
only_b = sum(y and not x for x, y in zip(right_a, right_b))
low, high = Fraction(1, 40), Fraction(39, 40)
json.dump(
    {
        "a": a, "b": b, "spearman": pearson(mean_ranks(a), mean_ranks(b)), "kendall": kendall(a, b),
        "rank_a": [float(r) for r in mean_ranks(a)],
        "overlap": [[k, len(lowest(a, k) & lowest(b, k))] for k in counts()],
        "only_a_rejects": sum(x < 0.5 <= y for x, y in zip(a, b)), "only_b_rejects": sum(y < 0.5 <= x for x, y in zip(a, b)),
        "both_reject": sum(x < 0.5 and y < 0.5 for x, y in zip(a, b)), "both_keep": sum(x >= 0.5 and y >= 0.5 for x, y in zip(a, b)),
        "right_a": right_a, "right_b": right_b, "only_a": only_a, "only_b": only_b, "mcnemar": mcnemar(only_a, only_b),
        "difference": (sum(right_b) - sum(right_a)) / questions,
        "bootstrap": [[k, t, binomial_quantile(t, Fraction(k, t), low) / t, binomial_quantile(t, Fraction(k, t), high) / t]
                      for k, t in [(1, 2), (3, 10), (sum(right_a), questions), (310, 400), (399, 400), (0, 5), (5, 5)]],
    },
    open(pathlib.Path(__file__).with_name("reference.json"), "w"))
