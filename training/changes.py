"""What a training does otherwise than the first ones: the config's key "changes" names it, for ablations and for what later trainings add. README.md has what each gave
("Single changes of the whole training", "Version 5").

    for c in "as it is" "no word shapes" …; do python training train --config training/configs/ablation.json --data DIR --out "runs/$c" --set "changes=[\"$c\"]"; done
"""
CHANGES = {
    "as it is": "nothing",
    "no partial labels": "a foreign label says nothing of the taxonomy's types",
    "no strange names": "label lists hold no names that are unlike the line's own",
    "no false spans": "typing sees gold spans only; none is learned from types that were dropped from a list",
    "no other mentions": "mentions are not replaced by others of their type",
    "no word shapes": "every word has shape 0",
    "no lists of mixed levels": "typing learns the 155 fine types, not lists of mixed levels with types dropped",
    "no coarser levels": "typing learns the fine types, not the sums of the medium and coarse ones",
    "no paraphrases": "a node has its main name only",
    "no lower case": "no line is put into lower case",
    "lists of mentions": "lists (\"A, B and C\") are put in place of a part of the mentions",
    "compound names": "names with \"of\", \"for\", \"and\" … inside are put in place of a part of the names",
    "misjoined spans": "two neighbouring entities as one span, and parts of long entities, are false spans",
    "known names": "where a foreign label and the list of known names leave one fine type to a mention, that is its type, and it may give way to others of that type",
    "neutral words": "in written lines, words that are mentions of development sets are unknown where they are not marked, since lines that mark them were refused",
    "standard labels": "labels that say little are dropped, unlike uses of one name are named apart (sources.STANDARD)",
    "pruned sets": "of a foreign set only lines that bring a label of which fewer than 400 lines were kept",
}


def changes_of(config):
    """The config's changes as a set. Raises ValueError where one is unknown."""
    named = config.get("changes", [])
    unknown = [c for c in named if c not in CHANGES]
    if unknown:
        raise ValueError(f'"changes" holds {", ".join(unknown)}. Known changes: {", ".join(CHANGES)}.')
    return frozenset(named)


def standard(rows, names):
    """Rows of a set with its labels renamed by `names`; entities whose new name is None are no entities, but their words stay unknown."""
    for r in rows:
        for e in r["entities"]:
            e["label"] = names.get(e["label"], e["label"])
    return rows


def pruned(rows, rng, most=400):
    """Lines in a random order, kept where they hold a label of which fewer than `most` lines were kept; lines without entities at the end of the order stay as a tenth of the kept."""
    order, count, kept, empty = list(rows), {}, [], []
    rng.shuffle(order)
    for r in order:
        labels = {e["label"] for e in r["entities"]}
        if not labels:
            empty.append(r)
        elif any(count.get(l, 0) < most for l in labels):
            kept.append(r)
            for l in labels:
                count[l] = count.get(l, 0) + 1
    return kept + empty[: len(kept) // 10]
