"""Names of projects and files: generated texts, and what `packaging` and pip make of them."""

import random

from requirement_cases import python_string_cases

PROJECTS = ["foo", "Foo.Bar", "foo_bar", "foo__bar", "zope.interface", "a", "é", "foo bar", "A-b", "", "fo+o", "0"]
VERSIONS = ["1.0", "1.0.post1", "1.0_1", "1.0a1", "1.0+local.1", "1.0_local", "1!2.0", "01.0", "x", "", "1.0.dev0", "2011k"]
BUILDS = ["", "", "", "1", "2abc", "abc", "", "007", "1_2"]
PYTHONS = ["py3", "py2.py3", "cp312", "CP312", "cp37.cp38.cp39", ""]
ABIS = ["none", "abi3", "cp312", "cp37m.abi3"]
PLATFORMS = ["any", "manylinux_2_17_x86_64.manylinux2014_x86_64", "win_amd64", "macosx_11_0_arm64", "linux_x86_64"]
EXTENSIONS = [".tar.gz", ".zip", ".tgz", ".tar.bz2", ".tar.xz", ".tar", ".TAR.GZ", ".gz", ".egg", ".tar.lzma", ""]


def wheel_names(rng: random.Random) -> list[str]:
    names = []
    for _ in range(500):
        parts = [rng.choice(PROJECTS), rng.choice(VERSIONS)]
        build = rng.choice(BUILDS)
        parts += [build] if build else []
        parts += [rng.choice(PYTHONS[:5]), rng.choice(ABIS), rng.choice(PLATFORMS)]
        if rng.random() < 0.08:
            del parts[rng.randrange(len(parts))]
        if rng.random() < 0.05:
            parts.append("x")
        names.append("-".join(parts) + rng.choice([".whl"] * 12 + [".WHL", ".zip"]))
    return list(dict.fromkeys([*names, "a\n-1.0-py3-none-any.whl", "a\n\n-1.0-py3-none-any.whl", "ΑΣ.Α-1.0-py3-none-any.whl"]))


def wheel_by_packaging(release, name: str):
    utils = release.module("utils")
    try:
        project, version, build, tags = utils.parse_wheel_filename(name)
    except utils.InvalidWheelFilename as error:
        return str(error)
    return [project, str(version), list(build), sorted(map(str, tags))]


def wheel_by_pip(name: str):
    """What pip before 25.3 reads: null when it refuses the name."""
    from pip._internal.exceptions import InvalidWheelFilename
    from pip._internal.models.wheel import Wheel

    try:
        wheel = Wheel(name)
    except InvalidWheelFilename:
        return None
    return [wheel.name, wheel.version, wheel.build_tag or "", sorted(map(str, wheel.file_tags))]


def sdist_names(rng: random.Random) -> list[str]:
    names = [
        f"{rng.choice(PROJECTS)}-{rng.choice(VERSIONS)}{rng.choice(['', '', '', '-py2.7', '-1'])}{rng.choice(EXTENSIONS)}"
        for _ in range(400)
    ]
    return list(dict.fromkeys([*names, "foo.tar.gz", "foo-bar-1.0.tar.gz", "foo-1.0-2.tar.gz", "-1.0.zip", "foo-.zip"]))


def sdist_by_packaging(release, name: str):
    utils = release.module("utils")
    try:
        project, version = utils.parse_sdist_filename(name)
    except utils.InvalidSdistFilename as error:
        return str(error)
    return [project, str(version)]


def sdist_by_pip(release, name: str, project: str):
    """The version text that pip's finder cuts out of a link on a project's page; null when it skips the link."""
    import re

    from pip._internal.index.package_finder import _extract_version_from_fragment
    from pip._internal.utils.filetypes import ARCHIVE_EXTENSIONS
    from pip._internal.utils.misc import splitext

    stem, extension = splitext(name)
    if extension not in ARCHIVE_EXTENSIONS or extension == ".whl":
        return None
    version = _extract_version_from_fragment(stem, release.module("utils").canonicalize_name(project))
    return re.sub(r"-py([123]\.?[0-9]?)$", "", version) if version else None


def filename_fixture(release, rng: random.Random) -> dict:
    wheels, sdists = wheel_names(rng), sdist_names(rng)
    canonicalize = release.module("utils").canonicalize_name
    names = PROJECTS + ["A--B__c..d", "-a-", "İ", "ß", "ΑΣ", "a._-b", "a b", "_", "a.b-C_D", "ΑΣ.Α", "ΑΣ-Α", "ΑΣ_"]
    owned = [(name, project) for name in sdists for project in [name.rpartition("-")[0] or "foo", rng.choice(PROJECTS)]]
    return {
        "names": [[name, canonicalize(name), int(valid_name(release, name))] for name in names],
        "wheels": [[name, wheel_by_packaging(release, name), wheel_by_pip(name)] for name in wheels],
        "sdists": [[name, sdist_by_packaging(release, name)] for name in sdists],
        "project_sdists": [[name, project, sdist_by_pip(release, name, project)] for name, project in owned],
        "strings": python_string_cases(),
    }


def valid_name(release, name: str) -> bool:
    utils = release.module("utils")
    try:
        utils.canonicalize_name(name, validate=True)
    except utils.InvalidName:
        return False
    return True
