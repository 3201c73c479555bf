"""Learns the weights of the reader from labelled texts, and measures them with whole documents held out.

    python tools/train.py                 # writes miit_cli/data/weights.json
    python tools/train.py --folds 5       # only measures: each document is read by weights that have not seen it
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

import numpy as np
import scipy.optimize as so
import scipy.sparse as sp

sys.path.insert(0, str(Path(__file__).resolve().parent))
import labelled  # noqa: E402

from miit_cli import vocabulary  # noqa: E402
from miit_cli.reading import lexicon, periods  # noqa: E402
from miit_cli.reading.discourse import Decided, Discourse  # noqa: E402
from miit_cli.reading.linking2 import Linking, UNCATALOGUED  # noqa: E402
from miit_cli.reading.mentions import Concepts  # noqa: E402
from miit_cli.reading.parsing import Parsed  # noqa: E402
from miit_cli.reading.ranking import SCALE, probabilities  # noqa: E402

REASON = {
    "region": "region", "company": "company", "foreign": "foreign", "difference": "difference", "count": "tally",
    "part": "part", "other": "tally", "spec": "spec", "price": "tally", "threshold": "threshold",
    "average": "average", "date": "tally", "contribution": "contribution", "rank": "tally", "range": "range",
    "unattributed": "unattributed", "base": "base", "month_on_month": "month-on-month", "name": "tally",
    "pace": "pace", "footnote": "tally", "page": "tally", "currency": "currency", "population": "tally",
}
V = vocabulary.load()
C = Concepts(V)
L = Linking(C)
WORDS = {}


def words(language):
    if language not in WORDS:
        WORDS[language] = lexicon.build(language, C.user_names, C.anchors)
    return WORDS[language]


class Doc:
    def __init__(self, text):
        self.text = text
        d = self.document = text.document
        w = words(d.language)
        folded = lexicon.fold(d.text)
        clock = periods.Clock(d.date)
        self.sentences = [Parsed(s, folded[s.start:s.end], w, clock, d.text) for s in d.sentences]
        self.gold = {}  # (sentence, number) -> (set of keys or None, list of gold rows)
        self.rows = 0
        self._assign()

    def _assign(self):
        records, others = self.text.records, self.text.others
        for p in self.sentences:
            for n in p.places:
                q = p.numbers[n]
                rows = [g for g in records if covers(g.span, q) and value_fits(g, q)]
                if not rows:
                    rows = [g for g in records if covers(g.span, q) and alone(p, g.span)]
                if rows:
                    keys = set()
                    cat = [g for g in rows if g.catalogued]
                    if len(cat) > 1:
                        keys.add(frozenset(g.indicator for g in cat))
                    for g in rows:
                        keys |= {frozenset([i]) if not i.startswith("OTHER:") else UNCATALOGUED for i in g.accepted("indicator")}
                    if any(g.optional for g in rows):
                        keys.add(UNCATALOGUED)
                    self.gold[p.sentence.number, n] = (keys, rows)
                    continue
                none = [g for g in others if covers(g.span, q)]
                if none:
                    self.gold[p.sentence.number, n] = ({REASON.get(none[0].reason, "tally")}, [])

    def lost(self):
        seen = {id(g) for _, rows in self.gold.values() for g in rows}
        return [g for g in self.text.records if id(g) not in seen]


def covers(span, q):
    return span.start < q.end and q.start < span.end


def value_fits(g, q):
    return q.value is not None and abs(q.value) in {abs(v) for v in g.values}


def alone(p, span):
    return sum(covers(span, p.numbers[n]) for n in p.places) == 1


def key_of(candidate):
    return frozenset(candidate.key) if isinstance(candidate.key, tuple) else candidate.key


def walk(doc, choose):
    """Reads a document; ``choose(parsed, number, common, candidates)`` gives the index of the candidate taken."""
    discourse = Discourse()
    for p in doc.sentences:
        discourse.turn(p)
        for n in sorted(p.places):
            common = L.common(p, n, discourse)
            cands = L.candidates(p, n, discourse)
            taken = choose(p, n, common, cands)
            c = cands[taken]
            place = p.places[n]
            slugs = c.key if isinstance(c.key, tuple) else ()
            discourse.decided.append(Decided(
                slugs, "" if slugs else c.key, c.group if slugs else "", p.numbers[n].unit, 1, p.sentence.number,
                p.sentence.paragraph, place.group, place.index, place.size))
        discourse.keep(p)


class Data:
    def __init__(self):
        self.voc = {}
        self.X, self.y, self.g = [], [], []
        self.groups = 0

    def add(self, common, cands, good):
        """One number: its candidates' features, and which are right."""
        if not good:
            return
        for i, c in enumerate(cands):
            feats = [*(f"{c.group}:{f}" for f in common), *c.features]
            self.X.append([self.voc.setdefault(f, len(self.voc)) for f in feats])
            self.y.append(i in good)
            self.g.append(self.groups)
        self.groups += 1


def fit(data, l2=1.0, least=3):
    counts = Counter(i for row in data.X for i in set(row))
    keep = {i: k for k, i in enumerate(sorted(i for i, c in counts.items() if c >= least))}
    X = [[keep[i] for i in row if i in keep] for row in data.X]
    ind = np.fromiter((i for r in X for i in r), dtype=np.int32)
    ptr = np.cumsum([0] + [len(r) for r in X])
    M = sp.csr_matrix((np.ones(len(ind)), ind, ptr), shape=(len(X), len(keep)))
    y = np.array(data.y, dtype=float)
    g = np.array(data.g)
    G = sp.csr_matrix((np.ones(len(g)), (g, np.arange(len(g)))), shape=(data.groups, len(g)))

    def loss(w):
        z = M @ w
        top = np.full(data.groups, -1e9)
        np.maximum.at(top, g, z)
        e = np.exp(z - top[g])
        Z = G @ e
        Zy = G @ (e * y)
        p, py = e / Z[g], e * y / Zy[g]
        value = -(np.log(Zy) - np.log(Z)).sum() + 0.5 * l2 * (w @ w)
        return value, -(M.T @ (py - p)) + l2 * w

    result = so.minimize(loss, np.zeros(len(keep)), jac=True, method="L-BFGS-B", options=dict(maxiter=200))
    names = {i: f for f, i in data.voc.items()}
    back = {k: i for i, k in keep.items()}
    out = {}
    for k, w in enumerate(result.x):
        v = round(float(w) * SCALE)
        if abs(v) >= 3:
            out[names[back[k]]] = v
    return dict(sorted(out.items()))


def gather(docs, data):
    for doc in docs:
        def choose(p, n, common, cands):
            label = doc.gold.get((p.sentence.number, n))
            if label is None:
                return 6  # taken for a tally by those after it
            good = [i for i, c in enumerate(cands) if key_of(c) in label[0]]
            joint = [i for i in good if len(key_of(cands[i])) > 1 and isinstance(key_of(cands[i]), frozenset)]
            if joint:
                good = joint
            data.add(common, cands, set(good))
            return good[0] if good else 0
        walk(doc, choose)


def ceiling(docs):
    """How often a right candidate is among them."""
    miss = []
    total = 0
    for doc in docs:
        def choose(p, n, common, cands):
            nonlocal total
            label = doc.gold.get((p.sentence.number, n))
            if label is None:
                return 6
            total += 1
            good = [i for i, c in enumerate(cands) if key_of(c) in label[0]]
            if not good:
                miss.append((doc, p, n, label))
            return good[0] if good else 0
        walk(doc, choose)
    return total, miss


def predict(doc, w):
    out = []
    def choose(p, n, common, cands):
        odds = probabilities(cands, common, w)
        sums = defaultdict(float)
        for i, c in enumerate(cands):
            sums[key_of(c)] += odds[i]
        best = max(range(len(cands)), key=lambda i: (sums[key_of(cands[i])], odds[i]))
        out.append((p, n, cands[best], sums[key_of(cands[best])]))
        return best
    walk(doc, choose)
    return out


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--language", default="")
    parser.add_argument("--l2", type=float, default=1.0)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--ceiling", action="store_true")
    options = parser.parse_args()
    texts = [t for t in labelled.load() if t.document.language.startswith(options.language)]
    docs = [Doc(t) for t in texts]
    print(len(docs), "docs", sum(len(d.gold) for d in docs), "labelled numbers; lost rows", sum(len(d.lost()) for d in docs))
    if options.ceiling:
        total, miss = ceiling(docs)
        print("ceiling", 1 - len(miss) / total, len(miss))
        for doc, p, n, label in miss:
            q = p.numbers[n]
            print("-", doc.document.id, [k if isinstance(k, str) else "+".join(k) for k in label[0]], q.value, q.unit, "|", doc.document.text[max(p.sentence.start, q.start - 60):q.end + 40].replace("\n", " "))
        for doc in docs:
            for g in doc.lost():
                print("lost", doc.document.id, g.indicator, g.value, g.quote)
        return
    if options.folds:
        order = sorted(range(len(docs)), key=lambda i: docs[i].document.id)
        random.Random(1).shuffle(order)
        score = defaultdict(Counter)
        bins = defaultdict(lambda: [0, 0])
        for k in range(options.folds):
            test = set(order[k::options.folds])
            data = Data()
            gather([docs[i] for i in range(len(docs)) if i not in test], data)
            w = fit(data, options.l2)
            for i in sorted(test):
                doc = docs[i]
                for p, n, c, prob in predict(doc, w):
                    label = doc.gold.get((p.sentence.number, n))
                    if label is None:
                        continue
                    kind = doc.text.kind
                    key = key_of(c)
                    got = isinstance(key, frozenset)
                    want = any(isinstance(x, frozenset) for x in label[0]) and UNCATALOGUED not in label[0]
                    right = key in label[0]
                    s = score[kind]
                    s["n"] += 1
                    s["acc"] += right
                    s["got"] += got
                    s["want"] += want
                    s["hit"] += got and right
                    if got:
                        b = bins[int(prob * 10)]
                        b[0] += right
                        b[1] += 1
                    if options.misses and (got or want) and not right:
                        q = p.numbers[n]
                        said = "+".join(sorted(key)) if got else key
                        print(f"{kind} {prob:.2f} got {said} want {[x if isinstance(x, str) else '+'.join(x) for x in label[0]]} | {doc.document.text[max(p.sentence.start, q.start - 70):q.start]}[[{doc.document.text[q.start:q.end]}]]{doc.document.text[q.end:q.end + 30]}".replace("\n", " "))
        total = Counter()
        for kind, s in sorted(score.items()):
            total.update(s)
            report(kind, s)
        report("all", total)
        for b in sorted(bins):
            print(b / 10, bins[b], round(bins[b][0] / bins[b][1], 3))
        return
    data = Data()
    gather(docs, data)
    w = fit(data, options.l2)
    print(len(w), "weights")
    path = Path(__file__).resolve().parent.parent / "miit_cli" / "data" / "weights.json"
    path.write_text(json.dumps({"link": w}, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def report(kind, s):
    p, r = s["hit"] / max(1, s["got"]), s["hit"] / max(1, s["want"])
    print(f"{kind:12} n {s['n']:5} acc {s['acc'] / s['n']:.3f}  P {p:.3f} R {r:.3f} F1 {2 * p * r / max(1e-9, p + r):.3f}")


if __name__ == "__main__":
    main()
