"""Draws the losses and the development F1 of one or more runs as one SVG file that needs nothing else.

    python training plot runs/v1 runs/v2 --out runs/v2/curves.svg
"""
import argparse
import json
from html import escape
from pathlib import Path

WIDTH, HEIGHT, LEFT, TOP, RIGHT = 760, 250, 60, 40, 210
# Okabe and Ito's colours, which people who confuse colours tell apart; a second run's lines are dashed.
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000", "#8a8a00"]
DASHES = ["", "6 3", "2 3", "8 3 2 3"]


def read_log(run):
    """Series of a run's log: ({name: [(step, loss)]}, {name: [(step, F1)]}). A step that a resumed run made again counts once, as it was last.
    Raises ValueError."""
    path = Path(run)
    path = path / "log.jsonl" if path.is_dir() else path
    if not path.exists():
        raise ValueError(f"{run} has no log.jsonl.")
    losses, scores = {}, {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
        except ValueError as e:
            raise ValueError(f"{path}:{number}: the line is not JSON.") from e
        for kind, values in row.get("loss", {}).items():
            for part, value in zip(("finding", "typing") if kind not in ("masked", "distance") else ("",), values):
                losses.setdefault(f"{kind} {part}".strip(), {})[row["step"]] = value
        if "dev" in row and "strict" in row:
            scores.setdefault(f"{row['dev']} strict", {})[row["step"]] = row["strict"]
            if "spans" in row:
                scores.setdefault(f"{row['dev']} spans", {})[row["step"]] = row["spans"]
    order = lambda table: {k: sorted(v.items()) for k, v in table.items()}
    return order(losses), order(scores)


def smooth(points, window=5):
    """Means over neighbouring points, so that batches' noise does not hide the course."""
    return [(x, sum(v for _, v in points[max(0, i - window) : i + window + 1]) / len(points[max(0, i - window) : i + window + 1])) for i, (x, _) in enumerate(points)]


def ticks(low, high, most=6):
    """Round numbers between low and high."""
    span = max(high - low, 1e-9)
    unit = next(u for e in range(-6, 9) for u in (10.0**e, 2 * 10.0**e, 5 * 10.0**e) if span / u <= most)
    first = int(low / unit) - 1
    return [round(k * unit, 9) for k in range(first, first + 3 * most) if low - 1e-9 <= k * unit <= high + 1e-9]


def panel(title, series, top):
    """One diagram: series [(name, dash, points)] -> SVG elements."""
    points = [p for _, _, ps in series for p in ps]
    if not points:
        return [f'<text x="{LEFT}" y="{top + 20}">{escape(title)}: nothing in the log</text>']
    last = max(x for x, _ in points) or 1
    low, high = min(y for _, y in points), max(y for _, y in points)
    low, high = (0 if low < 0.4 * high else low), high if high > low else low + 1
    sx, sy = (lambda x: LEFT + x / last * (WIDTH - LEFT)), (lambda y: top + HEIGHT - (y - low) / (high - low) * HEIGHT)
    out = [f'<text x="{LEFT}" y="{top - 12}" font-weight="bold">{escape(title)}</text>']
    for y in ticks(low, high):
        out.append(f'<path d="M{LEFT} {sy(y):.1f}H{WIDTH}" stroke="#ddd"/><text x="{LEFT - 6}" y="{sy(y) + 4:.1f}" text-anchor="end">{y:g}</text>')
    for x in ticks(0, last):
        out.append(f'<text x="{sx(x):.1f}" y="{top + HEIGHT + 16}" text-anchor="middle">{x:g}</text>')
    out.append(f'<text x="{WIDTH}" y="{top + HEIGHT + 32}" text-anchor="end">steps</text>')
    for k, (name, dash, ps) in enumerate(series):
        colour = COLOURS[k % len(COLOURS)]
        line = " ".join(f"{sx(x):.1f},{sy(y):.1f}" for x, y in ps)
        out.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1.6" stroke-dasharray="{dash}"><title>{escape(name)}</title></polyline>')
        if len(ps) == 1:
            out.append(f'<circle cx="{sx(ps[0][0]):.1f}" cy="{sy(ps[0][1]):.1f}" r="3" fill="{colour}"/>')
        y = top + 8 + 16 * k
        out.append(f'<path d="M{WIDTH + 14} {y}h24" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/><text x="{WIDTH + 44}" y="{y + 4}">{escape(name)} {ps[-1][1]:.3g}</text>')
    return out


def draw(runs):
    """The SVG of some runs' logs. Raises ValueError."""
    logs = [(Path(r).name or str(r), *read_log(r)) for r in runs]
    named = lambda name, run: f"{run}: {name}" if len(logs) > 1 else name
    losses = [(named(n, run), DASHES[k % len(DASHES)], smooth(ps)) for k, (run, l, _) in enumerate(logs) for n, ps in l.items()]
    scores = [(named(n, run), DASHES[k % len(DASHES)], ps) for k, (run, _, s) in enumerate(logs) for n, ps in s.items()]
    second = TOP + max(HEIGHT, 16 * len(losses)) + 80
    height = second + max(HEIGHT, 16 * len(scores)) + 50
    body = panel("Loss (mean of neighbouring points)", losses, TOP) + panel("Development sets, F1 in percent", scores, second)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH + RIGHT + 80}" height="{height}" font-family="sans-serif" font-size="12">'
            f'<rect width="100%" height="100%" fill="#fff"/>{"".join(body)}</svg>\n')


def main():
    p = argparse.ArgumentParser(prog="python training plot", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("runs", nargs="+", type=Path, help="folders of runs, or their log.jsonl")
    p.add_argument("--out", type=Path, help="curves.svg in the last run's folder when absent")
    a = p.parse_args()
    last = a.runs[-1]
    out = a.out or (last if last.is_dir() else last.parent) / "curves.svg"
    try:
        out.write_text(draw(a.runs), encoding="utf-8")
    except ValueError as e:
        raise SystemExit(str(e)) from e
    print(out)


if __name__ == "__main__":
    main()
