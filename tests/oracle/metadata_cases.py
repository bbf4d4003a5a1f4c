"""Core metadata and dependency groups: generated texts and tables, and what Python makes of them."""

import email.parser
import random

LINES = [
    *["Metadata-Version: 2.1", "Metadata-Version: 2.2", "Name: foo", "name:bar", "Version: 1.0", "Requires-Dist: a>=1", "Version:"],
    *["Requires-Dist: b; python_version<'3'", "requires-dist:   c  ", "Requires-Python: >=3.8", "Requires-Python: >=3.6,\t<4"],
    *["Provides-Extra: x", "Provides-Extra: Y_z", "Dynamic: Requires-Dist", "Dynamic: Version", "  folded continuation", "\tmore"],
    *["Summary: text: with: colons", "Description: first line", "        |second line", "", "no header at all", ": empty name"],
    *["Bad Name: x", "From someone", "Keywords:\tx", "Requires-Dist: d @ http://e.org/d.whl", "Ünicode: x", "Name: é", "X-Y:z"],
]
FIELDS = ["Metadata-Version", "Name", "Version", "Requires-Python"]
LISTS = ["Requires-Dist", "Provides-Extra", "Dynamic"]
GROUP_NAMES = ["dev", "Test_1", "docs", "lint.x", "all"]


def metadata_text(rng: random.Random) -> str:
    lines = [rng.choice(LINES[:19] * 3 + LINES) for _ in range(rng.randint(0, 12))]
    return rng.choice(["\n", "\n", "\r\n", "\r"]).join(lines) + rng.choice(["", "\n", "\n\nbody\nName: not-me\n"])


def read_metadata(text: str) -> list:
    message = email.parser.Parser().parsestr(text)
    single = [message.get(name) for name in FIELDS]
    return [*single, *(message.get_all(name, []) for name in LISTS)]


def group_item(rng: random.Random, names: list[str]):
    items = ["a>=1", "b", "c[x]; os_name=='nt'", {"include-group": rng.choice(GROUP_NAMES)}]
    items += [{"include-group": rng.choice(names).upper()}, "a b c" if rng.random() < 0.2 else "d~=1.0"]
    items += [1 if rng.random() < 0.1 else "e", {"x": "y"} if rng.random() < 0.1 else "f"]
    return rng.choice(items)


def group_table(rng: random.Random) -> dict:
    names = rng.sample(GROUP_NAMES, rng.randint(1, 5))
    table = {name: [group_item(rng, names) for _ in range(rng.randint(0, 3))] for name in names}
    if rng.random() < 0.1:
        table[rng.choice(names).replace("_", "-").upper()] = ["g"]
    if rng.random() < 0.05:
        table[rng.choice(names)] = "text"
    return table


def read_groups(release, table: dict, names: list[str]) -> list:
    """The requirements in order; or the messages of the errors, null for one that cannot be collected."""
    from packaging.errors import ExceptionGroup

    try:
        return [list(release.module("dependency_groups").resolve_dependency_groups(table, *names)), None]
    except ExceptionGroup as group:
        return [None, [str(error) for error in group.exceptions]]
    except ValueError:
        return [None, None]


def metadata_fixture(release, rng: random.Random) -> dict:
    texts = list(dict.fromkeys(metadata_text(rng) for _ in range(300)))
    tables = [(group_table(rng), rng.sample(GROUP_NAMES, rng.choice([1, 1, 2]))) for _ in range(300)]
    return {
        "metadata": [[text, *read_metadata(text)] for text in texts],
        "groups": [[table, names, *read_groups(release, table, names)] for table, names in tables],
    }
