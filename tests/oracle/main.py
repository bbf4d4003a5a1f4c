"""Writes tests/fixtures/packaging/*.json: what Python's own `packaging` says to thousands of generated texts.

    python3 -B tests/oracle/main.py FOLDER...

Needs `packaging` 26.2 and a pip that carries 21.3. Each FOLDER holds a further release, such as the 24.1 in pip 24.2
(`…/pip/_vendor/packaging`) and the 24.2 in setuptools; the first must be one of 22 to 25. The files in the project were
made with those two. The same releases give the same files, byte for byte.
"""

import json
import random
import sys
from pathlib import Path

import filename_cases
import legacy_cases
import metadata_cases
import requirement_cases
import tag_cases
import version_cases
from releases import carried, inside_pip, installed

OUTPUT = Path(__file__).parent.parent / "fixtures" / "packaging"
SEED = 20261121


def write(name: str, fixture: dict) -> None:
    path = OUTPUT / f"{name}.json"
    text = json.dumps(fixture, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")
    print(f"{path.name}: {len(text):,} characters")


def main(folders: list[str]) -> None:
    release = installed()
    older = [inside_pip(), *(carried(folder, f"carried_{index}") for index, folder in enumerate(folders))]
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for name, make in {
        "versions": lambda rng: version_cases.version_fixture(release, rng),
        "specifiers": lambda rng: version_cases.specifier_fixture(release, older, rng),
        "requirements": lambda rng: requirement_cases.requirement_fixture(release, rng),
        "markers": lambda rng: requirement_cases.marker_fixture(release, older, rng),
        "filenames": lambda rng: filename_cases.filename_fixture(release, rng),
        "legacy": lambda rng: legacy_cases.legacy_fixture(older[0], older[1], rng),
        "metadata": lambda rng: metadata_cases.metadata_fixture(release, rng),
        "tags": lambda rng: tag_cases.tag_fixture(release),
    }.items():
        write(name, {"packaging": release.version, **make(random.Random(f"{SEED} {name}"))})


if __name__ == "__main__":
    main(sys.argv[1:])
