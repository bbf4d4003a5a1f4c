"""Answers questions about `packaging`, a JSON value a line in, a JSON value a line out: the other half of live.ts.

    python3 -B -W ignore tests/oracle/live.py [FOLDER...] < questions > answers

A question is `[release, kind, input]`: the number of a release (0 is the installed one, 1 the one inside pip, the
others lie in the FOLDERs), one of `ANSWERS`, and what to ask about. With no question at all it lists the releases.
An answer of null means that the release refuses the input, and `{"error": …}` with what words it does, when it
matters.
"""

import ast
import json
import sys
import tomllib

import filename_cases
import metadata_cases
import tag_cases
from releases import Release, carried, inside_pip, installed
from requirement_cases import ENVIRONMENT_KEYS


def refusal(error: Exception) -> dict:
    """The words of an error and, for a syntax error, the place."""
    cause = error.__cause__ if hasattr(error.__cause__, "span") else error
    if hasattr(cause, "span"):
        return {"error": cause.message, "span": list(cause.span)}
    return {"error": str(error) if type(error).__module__.partition(".")[0] != "builtins" else None}


def numbers(parts) -> list[str] | None:
    """Integers as text, since JavaScript's are not exact beyond 2^53."""
    return None if parts is None else [str(part) for part in parts]


def version(release: Release, text: str):
    module = release.module("version")
    value = module.parse(text)
    if type(value).__name__ == "LegacyVersion":
        return ["legacy", str(value)]
    parts = [str(value.epoch), numbers(value.release), numbers(value.pre), numbers([value.post]), numbers([value.dev]), value.local]
    return [str(value), value.is_prerelease, *parts]


def order(release: Release, texts: list[str]) -> int:
    left, right = map(release.module("version").parse, texts)
    return (left > right) - (left < right)


def specifier(release: Release, text: str):
    return str(release.module("specifiers").Specifier(text))


def specifiers(release: Release, text: str):
    return str(release.module("specifiers").SpecifierSet(text))


def truth(compute) -> str:
    try:
        return "T" if compute() else "F"
    except Exception:
        return "E"


def containment(release: Release, question):
    """For each way of asking about pre-releases: a verdict on each version, and the places of those that a filter keeps."""
    text, texts = question
    each = release.module("specifiers").SpecifierSet(text)
    versions = [release.module("version").parse(one) for one in texts]
    answers = []
    for asked in (None, True, False):
        kept = None
        try:
            ids = {id(one) for one in each.filter(versions, asked)}
            kept = [index for index, one in enumerate(versions) if id(one) in ids]
        except Exception:
            pass
        answers.append(["".join(truth(lambda one=one: each.contains(one, asked)) for one in versions), kept])
    return answers


def requirement(release: Release, text: str):
    value = release.module("requirements").Requirement(text)
    marker = None if value.marker is None else str(value.marker)
    return [value.name, sorted(value.extras), str(value.specifier), value.url, marker, str(value)]


def marker(release: Release, question):
    """The normal form, and a verdict for each environment (a list of values and an extra)."""
    text, environments = question
    value = release.module("markers").Marker(text)
    verdicts = []
    for values, extra in environments:
        environment = {**dict(zip(ENVIRONMENT_KEYS, values, strict=True)), "extra": extra}
        verdicts.append(truth(lambda environment=environment: value.evaluate(environment)))
    return [str(value), "".join(verdicts)]


def name(release: Release, text: str):
    return [release.module("utils").canonicalize_name(text), filename_cases.valid_name(release, text)]


def wheel(release: Release, text: str):
    project, number, build, tags = release.module("utils").parse_wheel_filename(text)
    return [project, str(number), [str(part) for part in build], sorted(map(str, tags))]


def sdist(release: Release, text: str):
    project, number = release.module("utils").parse_sdist_filename(text)
    return [project, str(number)]


def string(_: Release, text: str):
    return ast.literal_eval(text)


def toml(_: Release, text: str):
    """What tomllib complains of; None where it reads the text."""
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return str(error)


def metadata(_: Release, text: str):
    return metadata_cases.read_metadata(text)


def groups(release: Release, question):
    return metadata_cases.read_groups(release, *question)


def tags(release: Release, question):
    """Every tag of an interpreter on a machine, best first."""
    python, system, number, architecture = question
    return tag_cases.supported(release, tuple(python), platform_tags(release, system, number, architecture))


def platform_tags(release: Release, system: str, number, architecture: str) -> list[str]:
    modern = release.module("tags")
    if system == "linux":
        return tag_cases.linux_platforms(release, architecture, tuple(number), None)
    if system == "musllinux":
        return tag_cases.linux_platforms(release, architecture, None, tuple(number))
    if system == "macos":
        return list(modern.mac_platforms(tuple(number), architecture))
    if system == "ios":
        return list(modern.ios_platforms(tuple(number), architecture))
    return list(modern.android_platforms(number[0], architecture))


ANSWERS = {
    each.__name__: each
    for each in [
        *[version, order, specifier, specifiers, containment, requirement, marker, name, wheel, sdist],
        *[string, toml, metadata, groups, tags],
    ]
}


def answer(release: Release, kind: str, question):
    try:
        return ANSWERS[kind](release, question)
    except Exception as error:
        return refusal(error)


def main(folders: list[str]) -> None:
    releases = [installed(), inside_pip(), *(carried(folder, f"carried_{index}") for index, folder in enumerate(folders))]
    print(json.dumps([release.version for release in releases]))
    for line in sys.stdin:
        number, kind, question = json.loads(line)
        print(json.dumps(answer(releases[number], kind, question), default=str))


if __name__ == "__main__":
    main(sys.argv[1:])
