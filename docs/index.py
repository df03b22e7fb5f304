"""The joint index with its band from `detente index --events`: python3 docs/index.py events.csv [precision]"""
import csv, sys; from collections import defaultdict as dd; M = 2**64 - 1; months = dd(lambda: dd(list))
for e in csv.DictReader(open(sys.argv[1])): months[e["month"]][e["document"]].append(float(e["intensity"]))
def mix(z): z = (z + 0x9E3779B97F4A7C15) & M; z = ((z ^ z >> 30) * 0xBF58476D1CE4E5B9) & M; z = ((z ^ z >> 27) * 0x94D049BB133111EB) & M; return z ^ z >> 31
N = {m: sum(map(len, d.values())) for m, d in months.items()}; mean = {m: sum(map(sum, d.values())) / N[m] for m, d in months.items()}
pool = [(sum(v) - len(v) * mean[m]) / (len(v) * (1 - len(v) / N[m])) ** .5 for m in sorted(months) for _, v in sorted(months[m].items()) if len(months[m]) > 1]; w = 1 + 0.93 / sum(len(d) - 1 for d in months.values())
g = sum(mean[m] * N[m] for m in months) / sum(N.values()); p = float(sys.argv[2]) if len(sys.argv) > 2 else 0.86
def replicate(m, r): return g + (mean[m] - sum(len(v) ** .5 * w * pool[mix((mix((mix((mix(1) + int(m[:4]) * 12 + int(m[5:]) - 1) & M) + r) & M) + k) & M) % len(pool)] for k, (_, v) in enumerate(sorted(months[m].items()))) / N[m] - g) / p
for m in sorted(months): b = sorted(replicate(m, r) for r in range(1999)); print(m, N[m], *(round(max(-10, min(10, x)), 4) for x in (mean[m], b[99], b[1899])))
