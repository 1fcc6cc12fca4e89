"""Configs: which kind of training a config or a run is. Needs no PyTorch."""
import json
from pathlib import Path

KINDS = ("english", "multilingual", "own")


def kind_of(config):
    """The config's kind; configs without "kind" are told by their keys. Raises ValueError."""
    kind = config.get("kind") or ("multilingual" if "masked" in config else "english")
    if kind not in KINDS:
        raise ValueError(f'"kind" is {json.dumps(kind)}. It must be one of {", ".join(KINDS)}.')
    return kind


def read_config(path, changes=()):
    """The config of a file with changes "key=JSON". Raises ValueError that names file, line, or key."""
    try:
        c = json.loads(Path(path).read_text(encoding="utf-8"))
    except json.JSONDecodeError as e:
        raise ValueError(f"{path}:{e.lineno}: it is not JSON: {e.msg} at column {e.colno}.") from e
    for change in changes:
        key, eq, value = change.partition("=")
        if not eq or key not in c:
            raise ValueError(f"--set {change}: write key=value with a key of {path}: {', '.join(c)}.")
        try:
            c[key] = json.loads(value)
        except ValueError as e:
            raise ValueError(f"--set {change}: the value is not JSON: {e}") from e
    return c


def config_of_run(run):
    """The config that a run's log begins with. Raises ValueError."""
    log = Path(run) / "log.jsonl"
    if not log.exists():
        raise ValueError(f"{run} is no run: it has no log.jsonl. Name the folder that train wrote to (--out).")
    with log.open(encoding="utf-8") as f:
        configs = [row["config"] for row in map(json.loads, f) if "config" in row]
    if not configs:
        raise ValueError(f"{log} has no config.")
    return configs[-1]
