"""The tables of docs/quality.md, each as Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from types import ModuleType

from scripts.quality import cases as own
from scripts.quality.confidence import Trial
from scripts.quality.gold import Entry
from scripts.quality.measure import interval, missed, prf, tally, total, why_missed
from scripts.quality.rules import Line

MEASURES = ("killed", "wounded", "killed_or_wounded", "missing", "captured", "casualties", "troops")
ATTRIBUTES = ("group", "nationality", "origin", "via", "as_of", "place", "approx", "negated", "status", "cause")


def markdown(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; every column but the first is aligned to the right where its cells are figures."""
    listed = [[str(cell).replace("|", "\\|") for cell in row] for row in rows]
    marks = ["---", *("---:" if all(_is_figure(row[k]) for row in listed) else "---" for k in range(1, len(head)))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, marks, *listed))


def _is_figure(cell: str) -> bool:
    return cell[:1].isdigit() or cell in ("", "-") or cell.startswith("**") or cell[:2].strip("-+−").isdigit()


def overall(rules: ModuleType, corpora: Sequence[tuple[str, Sequence[Entry]]]) -> str:
    """Mention and figure of each corpus."""
    rows = []
    for name, entries in corpora:
        counts = [tally(rules, entry) for entry in entries]
        rows += [[f"{name}, {figure}", *_figures(counts, figure)] for figure in ("mention", "figure")]
    return markdown(("", "hand-made", "found", "right", "precision", "recall", "F1", "F1, 95 %"), rows)


def by_family(rules: ModuleType, entries: Sequence[Entry]) -> str:
    """Mention and figure of each family of sources."""
    rows = []
    for family in dict.fromkeys(entry.family for entry in entries):
        counts = [tally(rules, entry) for entry in entries if entry.family == family]
        rows += [[f"{family}, {figure}", len(counts), *_figures(counts, figure)] for figure in ("mention", "figure")]
    head = ("", "articles", "hand-made", "found", "right", "precision", "recall", "F1", "F1, 95 %")
    return markdown(head, rows)


def by_measure(rules: ModuleType, entries: Sequence[Entry]) -> str:
    """Mentions by kind, measure, and how the amount is put."""
    groups = [
        ("all casualties", lambda r: r["kind"] == "casualty"),
        ("all deployments", lambda r: r["kind"] == "deployment"),
    ]
    groups += [(name, lambda r, name=name: r["measure"] == name) for name in MEASURES if name != "troops"]
    groups += [
        ("0", lambda r: r["low"] == r["high"] == 0),
        ("1", lambda r: r["low"] == r["high"] == 1),
        ("exactly or about 2 and more", lambda r: r["low"] == r["high"] and (r["low"] or 0) > 1),
        ("one bound or a range", lambda r: r["low"] != r["high"]),
        ("vague", lambda r: r["low"] is None and r["high"] is None and bool(r["vague"])),
        ("no amount", lambda r: r["low"] is None and r["high"] is None and not r["vague"]),
    ]
    rows = []
    for name, keep in groups:
        counts = [tally(rules, entry, keep) for entry in entries]
        if total(counts)["mention.gold"] + total(counts)["mention.mine"]:
            rows.append([name, *_figures(counts, "mention")])
    return markdown(("mention", "hand-made", "found", "right", "precision", "recall", "F1", "F1, 95 %"), rows)


def by_attribute(rules: ModuleType, entries: Sequence[Entry]) -> str:
    """The attributes of matched mentions."""
    counts = [tally(rules, entry) for entry in entries]
    rows = [[name, *_figures(counts, name)] for name in ATTRIBUTES]
    return markdown(("attribute", "stated", "given", "right", "precision", "recall", "F1", "F1, 95 %"), rows)


def attributes_by_family(rules: ModuleType, entries: Sequence[Entry]) -> str:
    """F1 of each attribute by family of sources."""
    families = list(dict.fromkeys(entry.family for entry in entries))
    sums = {f: total([tally(rules, entry) for entry in entries if entry.family == f]) for f in families}
    rows = [[name, *(_share(sums[f], name) for f in families)] for name in ATTRIBUTES]
    return markdown(("F1 (stated)", *families), rows)


def _share(counts: Counter[str], name: str) -> str:
    stated = counts[f"{name}.gold"]
    return f"{prf(counts, name)[2]:.3f} ({stated})" if stated else "-"


def _figures(counts: Sequence[Counter[str]], name: str) -> list[str]:
    summed = total(counts)
    low, high = interval(counts, name)
    numbers = [str(summed[f"{name}.{part}"]) for part in ("gold", "mine", "right")]
    return [*numbers, *(f"{x:.3f}" for x in prf(summed, name)), f"{low:.3f}–{high:.3f}"]


def misses(rules: ModuleType, entries: Sequence[Entry]) -> str:
    """What stands where a count is missed."""
    why: Counter[str] = Counter()
    single: Counter[str] = Counter()
    for entry in entries:
        for record in missed(rules, entry):
            reason = why_missed(rules, entry, record)
            why[reason] += 1
            single[reason] += record["low"] == record["high"] == 1
    rows = [[reason, n, single[reason]] for reason, n in sorted(why.items(), key=lambda item: (-item[1], item[0]))]
    return markdown(("missed", "counts", "of them, of 1"), [*rows, ["all", why.total(), single.total()]])


def rules_table(lines: Sequence[Line], flagged: Sequence[Line]) -> str:
    """The patterns, and the groups that are flagged."""
    patterns = markdown(
        ("pattern", "fired", "right", "wrong", "precision", ""),
        [[f"`{x.rule}`", x.fired, x.right, x.wrong, f"{x.precision:.3f}", x.flag] for x in lines],
    )
    names = ", ".join(f"`{x.rule}` ({x.right} of {x.fired})" for x in flagged)
    return f"{patterns}\n\nRules under 0.8, by kind and frame: {names or 'none'}."


def confidence(trials: Sequence[Trial]) -> str:
    """Brier scores against the base rate, and the calibration curve of each model."""
    rows = []
    for t in trials:
        gain, low, high = t.gain()
        verdict = "beats the base rate" if t.beats_base else "does not beat the base rate"
        rows.append(
            [t.name, f"{t.brier:.4f}", f"{t.base_brier:.4f}", f"{gain:+.4f}", f"{low:+.4f} to {high:+.4f}", verdict]
        )
        rows[-1].insert(1, f"{t.auc():.3f}")
    out = [markdown(("model", "AUC", "Brier", "Brier of the base rate", "gain", "gain, 95 %", ""), rows)]
    for t in trials:
        curve = [
            [f"{low:g} to {high:g}", n, f"{mean:.3f}", f"{right:.3f}"] for low, high, n, mean, right in t.reliability()
        ]
        out.append(
            f"Calibration curve, {t.name}:\n\n" + markdown(("predicted", "counts", "mean predicted", "right"), curve)
        )
    better = [t.name for t in trials if t.beats_base]
    out.append(f"Models that beat the base rate: {', '.join(better) or 'none'}.")
    return "\n\n".join(out)


def phenomena(found: Sequence[own.Case]) -> str:
    """Rows right and open by table."""
    rows = [[f"`{name}`", right, still, f"{right / (right + still):.2f}"] for name, right, still in own.by_table(found)]
    right, still = sum(not c.todo for c in found), sum(bool(c.todo) for c in found)
    return markdown(
        ("table", "right", "open", "share"), [*rows, ["all", right, still, f"{right / (right + still):.2f}"]]
    )


def contacts(found: Sequence[own.FirstContact]) -> str:
    """Rows that were right when they were written, by commit."""
    rows = [[x.title, x.commit, x.rows, x.right, f"{x.right / x.rows:.2f}"] for x in found]
    number, right = sum(x.rows for x in found), sum(x.right for x in found)
    head = ("rows were added with", "commit", "rows", "right at once", "share")
    return markdown(head, [*rows, ["all", "", number, right, f"{right / number:.2f}"]])


def open_table(found: Sequence[own.Case]) -> str:
    """Known misses: the phenomena that keep several rows open, each with a row, and the names of the others."""
    phenomena = own.open_phenomena(found)
    rows = [[name, n, case.text, case.expected] for name, n, case in phenomena if n > 1]
    single = [name for name, n, _ in phenomena if n == 1]
    table = markdown(("phenomenon", "rows", "for example", "it should yield"), rows)
    return f"{table}\n\nWith one row each ({len(single)}): {'; '.join(single) or 'none'}."


def usage(columns: Sequence[tuple[str, Sequence[tuple[str, int, int]]]]) -> str:
    """Lexicon rows that are used, by table; one column a set of texts."""
    sizes = {table: rows for _, counts in columns for table, rows, _ in counts}
    used = {(name, table): number for name, counts in columns for table, _, number in counts}
    body = [[f"`{table}`", size, *(used[name, table] for name, _ in columns)] for table, size in sizes.items()]
    totals = ["all", sum(sizes.values()), *(sum(n for _, _, n in counts) for _, counts in columns)]
    return markdown(("table", "rows", *(f"used in {name}" for name, _ in columns)), [*body, totals])
