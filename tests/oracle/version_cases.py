"""Versions, specifiers and sets of them: generated texts, and what `packaging` makes of them."""

import itertools
import random

PRE = ["", "a1", "b2", "rc1", "a", ".alpha.3", "-beta4", "_preview_5", "c6", "pre7", "RC8", "a0"]
POST = ["", ".post1", "-2", ".post", "r3", ".rev4", "_post_5", ".POST0"]
DEV = ["", ".dev1", "dev2", "-dev", "_DEV3", ".dev0"]
LOCAL = ["", "+ubuntu.1", "+1", "+abc-5_x", "+ABC", "+1.abc", "+0001", "+a.b.c"]
RELEASE = ["0", "1", "1.0", "1.0.0", "1.1", "1.2.3", "2", "2.0.1", "10", "2020.1", "01.02", "1.0.1", "1.10", "1.2.3.4.5"]
EPOCH = ["", "1!", "0!", "2!"]


def version_texts(rng: random.Random) -> list[str]:
    """Well-formed versions in every spelling, odd ones, and broken ones."""
    texts = [
        f"{v}{e}{r}{p}{q}{d}{l}"
        for v, e, r, p, q, d, l in (
            (
                rng.choice(["", "", "", "v", "V"]),
                rng.choice([""] * 5 + EPOCH),
                rng.choice(RELEASE),
                rng.choice(PRE + [""] * 6),
                rng.choice(POST + [""] * 6),
                rng.choice(DEV + [""] * 6),
                rng.choice(LOCAL + [""] * 8),
            )
            for _ in range(1500)
        )
    ]
    texts += RELEASE + [" 1.0 ", "\t1.0\n", "1.0\u00a0", "\u20031.0", "\ufeff1.0", "\x1c1.0", "1.0.", ".1", "1..0", ""]
    texts += ["1.0.post1.dev2+x", "1.0a1.post2.dev3", "1.0-1-1", "1.0a-", "1.0post-", "1.0dev_", "1.0--1", "1!", "!1"]
    texts += ["20201231235959999999999.1", "1.dev123456789012345678901", "1+12345678901234567890", "1+é", "１.0"]
    texts += ["latest", "2011k", "1.0.x", "1.0+", "1.0+_", "1.0+a..b", "1.0 .0", "1,0", "1.0;", "v", "v1", "vv1"]
    alphabet = "0123456789.abcrdevpost!+-_ v"
    for _ in range(600):
        text = list(rng.choice(texts[:1500]))
        for _ in range(rng.randint(1, 2)):
            position = rng.randrange(len(text) + 1)
            text[position : position + rng.randint(0, 1)] = rng.choice(alphabet)
        texts.append("".join(text))
    return list(dict.fromkeys(texts))


def version_fixture(release, rng: random.Random) -> dict:
    """`valid`: text, normal form, is pre-release. `order`: one normal form per distinct version, earliest first."""
    version = release.module("version")
    valid, invalid, parsed = [], [], []
    for text in version_texts(rng):
        try:
            value = version.Version(text)
        except version.InvalidVersion as error:
            invalid.append([text, str(error)])
        else:
            valid.append([text, str(value), int(value.is_prerelease)])
            parsed.append(value)
    order = [str(group[0]) for _, group in ((k, list(g)) for k, g in itertools.groupby(sorted(parsed)))]
    return {"valid": valid, "invalid": invalid, "order": order}


def sample_versions(rng: random.Random) -> list[str]:
    """Normal forms in which every kind of neighbour of 1.0, 1.1 and 2.0 occurs."""
    near = ["1.0", "1.1", "2.0"]
    suffixes = ["", ".dev0", ".dev1", "a1", "a1.dev1", "a1.post1", "a2", "b1", "rc1", "rc1.post0.dev2", ".post0"]
    suffixes += [".post1", ".post1.dev0", ".post1.dev3", ".post2", "+local", "+1", "+1.abc", "a1+x", ".post1+x", ".dev1+x"]
    texts = [base + suffix for base in near for suffix in suffixes]
    texts += ["0", "0.dev0", "0.9", "1", "1.0.0", "1.0.1", "1.0.1a1", "1.0.post1.dev3+y", "1.2.3", "1.10", "1.99", "3", "10.0"]
    texts += ["1!0.5", "1!1.0", "1!1.0a1", "1!1.0.post1", "1.0.0.0.1", "2.0.0.post1", "2.0.0rc1", "2020.1", "1.1.5", "0.0"]
    return texts


SPECIFIER_VERSIONS = [
    *["1.0", "1", "1.0.0", "1.1", "2.0", "0", "1.0a1", "1.0.dev1", "1.0a1.dev1", "1.0.post1", "1.0.post1.dev0", "1.0rc1"],
    *["1.0a1.post1", "2.0.dev0", "2.0rc1.post0.dev2", "1!1.0", "1!0.5", "1.0.1", "v1.0", "1.0-1", "1.0.RC1", "1.0.pre1"],
    *["1.0.c1", "1.0-alpha.1", "1.0.r1", "1.0.pre.1", "1.0.r.1", "01.0", "1.0_post1", "1.0.0rc1", "1.2.3", "1.1a1", "0.dev0"],
]


def specifier_texts() -> list[str]:
    texts = [op + v for op in ["==", "!=", "<=", ">=", "<", ">", "~="] for v in SPECIFIER_VERSIONS]
    texts = [text for text in texts if not text.startswith("~=") or "." in text.replace(".dev", "")]  # ~= needs two numbers
    texts += [op + v for op in ["==", "!="] for v in ["1.*", "1.0.*", "1.0.0.*", "1!1.*", "0.*", "v1.0.*", "01.*", "2.*"]]
    texts += [op + v for op in ["==", "!="] for v in ["1.0+local", "1.0+LOCAL", "1.0+1", "1.0a1+x", "1.0.post1+x", "2.0+1.abc"]]
    texts += ["===1.0", "===1.0A1", "===1.0+LOCAL", "===foobar", "===", "=== 1.0.0", ">= 1.0", " ~=1.0 "]
    return texts


BROKEN_SPECIFIERS = [
    *["1.0", "=1.0", ">=2011k", ">=1.0.*", "~=1", "~=1.*", "<1.0+x", ">=1.0+x", "==1.0a1.*", "==1.0.post1.*", "==1.0.dev1.*"],
    *["==1.0+x.*", "==1.*.*", "==*", ">", "", ">=foo", "=>1.0", "==1.0 2.0", "!==1.0", "~= 1.0 x", "==1.0;x", "<>1.0", "==v"],
    *[">=1.0-", ">=1.0a-", "===a b", "===a;b", "===a)b", ">==1", "~=v1", "==1.0.*x", "=== ", "==1!", ">=1..0"],
]


def bits(values) -> str:
    """Truth values as hexadecimal digits, four to a digit, the first value the highest bit."""
    text = "".join("1" if value else "0" for value in values)
    text += "0" * (-len(text) % 4)
    return "".join(f"{int(text[i : i + 4], 2):x}" for i in range(0, len(text), 4))


def set_texts(rng: random.Random) -> list[str]:
    singles = specifier_texts()
    texts = ["", ",", " , ", ">=1.0,", ">=1,>=1.0", ">=1.0,>=1", "~=1.0,~=1.0.0", "==1.0,==1", "==1.*,==1.0.*", "<1,<=1,<v1", ">v2,>=1,>2", ">=1.0 , <2.0"]
    texts += [">=1.0,<2.0", "!=1.0,>=1.0", ">=2.0,<1.0", ">0.5,!=1.1", "<3.0.dev0", "<2.0,>=1.0a1", ">1.0rc1", "!=1.0a1", "<=1.0a1"]
    for _ in range(150):
        texts.append(",".join(rng.choice(singles) for _ in range(rng.randint(1, 3))))
    return list(dict.fromkeys(texts))


def specifier_fixture(release, older: list, rng: random.Random) -> dict:
    """Containment of every sample version in every specifier and set, release by release; see the test for the form."""
    versions = sample_versions(rng)
    singles, sets = specifier_texts(), set_texts(rng)
    lists = [rng.sample(versions, rng.randint(1, 9)) for _ in range(25)]
    lists += [[v] for v in ["1.0a1", "1.0", "2.0rc1.post0.dev2"]] + [["1.0a1", "2.0.dev0"], ["0.9", "1.1a1"], []]
    fixture = {
        "versions": versions,
        "specifiers": singles,
        "sets": [[text, str(release.module("specifiers").SpecifierSet(text))] for text in sets],
        "lists": [[versions.index(v) for v in chosen] for chosen in lists],
        "broken": [[text, error_of(release, text)] for text in BROKEN_SPECIFIERS],
        "releases": {},
    }
    for each in [release, *older]:
        fixture["releases"][each.version] = containment(each, versions, singles, sets, lists)
    return fixture


def error_of(release, text: str) -> str | None:
    try:
        release.module("specifiers").Specifier(text)
    except release.module("specifiers").InvalidSpecifier as error:
        return str(error)
    return None


def containment(release, versions, singles, sets, lists) -> dict:
    spec, parse = release.module("specifiers"), release.module("version").Version
    parsed = [parse(v) for v in versions]
    return {
        "single": [attempt(lambda: bits(spec.Specifier(s).contains(v, True) for v in parsed)) for s in singles],
        "set": {
            name: [attempt(lambda: bits(spec.SpecifierSet(s).contains(v, asked) for v in parsed)) for s in sets]
            for name, asked in (("unset", None), ("true", True), ("false", False))
        },
        "filter": {
            name: [
                attempt(lambda: " ".join(filtered(spec.SpecifierSet(s), parse, chosen, asked) for chosen in lists))
                for s in sets
            ]
            for name, asked in (("unset", None), ("true", True), ("false", False))
        },
    }


def attempt(compute):
    """Null where that release cannot answer at all (an older one refuses `===` of what is no version)."""
    try:
        return compute()
    except Exception:
        return None


def filtered(specifier_set, parse, texts: list[str], asked: bool | None) -> str:
    """Which of the list stay; `-` stands for an empty list."""
    pairs = [(parse(t), t) for t in texts]
    kept = {id(v) for v in specifier_set.filter([v for v, _ in pairs], asked)}
    return bits(id(v) in kept for v, _ in pairs) or "-"
