"""Supported wheel tags of many machines and Pythons, in order; `packaging.tags` told that it runs there."""

import hashlib
from collections.abc import Iterator
from unittest import mock

LINUX = [
    *[("linux-2.17-x86_64", "x86_64", (2, 17)), ("linux-x86_64", "x86_64", (2, 36)), ("linux-2.41-x86_64", "x86_64", (2, 41))],
    *[("linux-2.5-x86_64", "x86_64", (2, 5)), ("linux-2.28-aarch64", "aarch64", (2, 28)), ("linux-i686", "i686", (2, 36))],
    *[("linux-2.31-armv7l", "armv7l", (2, 31)), ("linux-ppc64le", "ppc64le", (2, 36)), ("linux-s390x", "s390x", (2, 36))],
    *[("linux-riscv64", "riscv64", (2, 36)), ("linux-2.16-aarch64", "aarch64", (2, 16))],
]
MUSL = [("musllinux-x86_64", "x86_64", (1, 2)), ("musllinux-1.1-aarch64", "aarch64", (1, 1))]
MACOS = [
    *[("macos-arm64", (14, 0), "arm64"), ("macos-26-arm64", (26, 0), "arm64"), ("macos-11-arm64", (11, 0), "arm64")],
    *[("macos-15.3-x86_64", (15, 3), "x86_64"), ("macos-10.15-x86_64", (10, 15), "x86_64")],
    *[("macos-10.6-i386", (10, 6), "i386"), ("macos-10.16-x86_64", (10, 16), "x86_64"), ("macos-10.9-x86_64", (10, 9), "x86_64")],
]
OTHERS = [("windows-amd64", "win-amd64"), ("windows-arm64", "win-arm64"), ("windows-x86", "win32")]
IOS = [("ios-13-arm64_iphoneos", (13, 0), "arm64_iphoneos"), ("ios-17.2-arm64_iphonesimulator", (17, 2), "arm64_iphonesimulator")]
ANDROID = [("android-21-arm64_v8a", 21, "arm64_v8a"), ("android-x86_64", 24, "x86_64")]

PYTHONS = [*[(3, minor, "") for minor in range(7, 16)], (3, 13, "t"), (3, 14, "t"), (3, 15, "t")]
PYPYS = [(3, minor) for minor in range(7, 12)]


def platforms(release) -> Iterator[tuple[str, list[str]]]:
    """Our name of a machine, and its platform tags."""
    tags = release.module("tags")
    for name, architecture, glibc in LINUX:
        yield name, linux_platforms(release, architecture, glibc, None)
    for name, architecture, musl in MUSL:
        yield name, linux_platforms(release, architecture, None, musl)
    for name, version, architecture in MACOS:
        yield name, list(tags.mac_platforms(version, architecture))
    for name, platform in OTHERS:
        with mock.patch("sysconfig.get_platform", lambda: platform):
            yield name, list(tags._generic_platforms())
    for name, version, multiarch in IOS:
        yield name, list(tags.ios_platforms(version, multiarch))
    for name, level, abi in ANDROID:
        yield name, list(tags.android_platforms(level, abi))


def linux_platforms(release, architecture: str, glibc, musl) -> list[str]:
    manylinux, musllinux = release.module("_manylinux"), release.module("_musllinux")
    musl_version = None if musl is None else musllinux._MuslVersion(*musl)
    with (
        mock.patch("sysconfig.get_platform", lambda: f"linux-{architecture}"),
        mock.patch.object(manylinux, "_have_compatible_abi", lambda *_: glibc is not None),
        mock.patch.object(manylinux, "_get_glibc_version", lambda: manylinux._GLibCVersion(*(glibc or (-1, -1)))),
        mock.patch.object(musllinux, "_get_musl_version", lambda _: musl_version),
    ):
        return list(release.module("tags")._linux_platforms(is_32bit=False))


def supported(release, python: tuple, platform_tags: list[str]) -> list[str]:
    """pip's `get_supported`: the interpreter's own tags, then those that any Python of its version supports."""
    tags = release.module("tags")
    major, minor = python[:2]
    nodot = f"{major}{minor}"
    if len(python) == 3:
        abi = f"cp{nodot}{'m' if minor < 8 else ''}{python[2]}"
        own = tags.cpython_tags((major, minor), [abi], platform_tags)
        interpreter = f"cp{nodot}"
    else:
        interpreter = f"pp{nodot}"
        own = tags.generic_tags(interpreter, [f"pypy{nodot}_pp73"], platform_tags)
    return [str(tag) for tag in [*own, *tags.compatible_tags((major, minor), interpreter, platform_tags)]]


def tag_fixture(release) -> dict:
    """`platforms`: all platform tags. `supported`: Python, machine, count of tags, and a digest of them all in order."""
    machines = list(platforms(release))
    rows = []
    for name, platform_tags in machines:
        for python in [*PYTHONS, *PYPYS]:
            listed = supported(release, python, platform_tags)
            label = f"{python[0]}.{python[1]}" + (python[2] if len(python) == 3 else "")
            kind = "cpython" if len(python) == 3 else "pypy"
            digest = hashlib.sha256("\n".join(listed).encode()).hexdigest()[:16]
            rows.append([kind, label, name, len(listed), digest])
    spelled = supported(release, (3, 15, "t"), machines[-1][1])
    return {"platforms": dict(machines), "supported": rows, "spelled": {"3.15t android-x86_64": spelled}}
