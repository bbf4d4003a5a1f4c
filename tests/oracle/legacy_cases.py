"""What older releases of `packaging` understood, or worded differently: versions and specifiers beyond PEP 440."""

import random

from requirement_cases import WRITTEN, attempt
from version_cases import bits, filtered, sample_versions

LEGACY_VERSIONS = [
    *["2011k", "2011n", "2012c", "2010b", "2011g", "1.0-final-build", "1.0-dev-r12", "1.0.x", "latest", "1.0-pre-x", "foo-1"],
    *["1.0.0-x", "1.0-x", "1-x", "1.0--x", "1.0-rc-x", "1.0preview-x", "dev-1", "2.0.Beta.x", "1.0.0.zz", "0.0.q", "1.10.q", "1.9.q"],
    *["2004_06_15", "1.2.dev_x", "1.0_1_x", "b20_x", "1,0", "1.0 x", "A.B", "a.b", "-", "1..0", "x" * 12, "1.00000000001.q"],
]
LEGACY_SPECIFIERS = [
    *[">=2011k", "==2011k", "!=2011k", "<2012c-x", ">2010b_", "<=latest", ">=1.0.x", "==1.0.*.x", "<1.0-final-build", ">="],
    *["==1.0a1.*", "==1.0.post1.*", ">=1.0.*", "<2.*", "~=1", "== 2011k ", ">=2011k,<2012", ">=2011k,!=2011n,<=2012c", "===2011k"],
    *["==1.*", ">=1.0", "<2.0", "", ">=1.0a1", "!=1.0", "<=2.0rc1"],
    *["===1;0", "===a)", "==v1.0.*", "!=01.*", "==1!1.*", "~=01.0", "~=v1.0", "~=1.0,~=1.0.0", "===1,===1.0", "==1.0,==1", ">=1.0\x1c"],
    *[">= \x1f1.0.x", "==1.0\u2028", ">=1\ufeff", "<2.0,<2,<2.0.0", "==1.0,==1.*,==1.0.*"],
]
REQUIREMENTS = [
    *["pytz>=2011k", "pytz >= 2011k, <2013b", "pytz (>=2011k)", "a>=1.*", "a==1.0a1.*", "a[x]>=2011k; os_name=='x'", "a~=1", "a>=1.0k;"],
    *["a>=1.0", "a (<2.0,>=dev)", "a==", "a=>1", "a>=1.0,", "a>=2011k @ x", "a<2.x,>=1.x", "a>=x y"],
]


def legacy_fixture(old, middle, rng: random.Random) -> dict:
    """`old` is a release before 22, `middle` one from 22 to 25."""
    parse = old.module("version").parse
    texts = list(dict.fromkeys([*LEGACY_VERSIONS, *rng.sample(sample_versions(rng), 25)]))
    spec = old.module("specifiers")
    readable = [text for text in LEGACY_SPECIFIERS if attempt(lambda: spec.SpecifierSet(text)) is not None]
    lists = [rng.sample(texts, rng.randint(1, 8)) for _ in range(30)] + [["2011k"], ["1.0a1"] if "1.0a1" in texts else texts[:1]]
    return {
        "old": old.version,
        "middle": middle.version,
        "versions": texts,
        "order": [sum(parse(other) < parse(text) for other in texts) for text in texts],
        "specifiers": [[text, attempt(lambda: str(spec.SpecifierSet(text)))] for text in LEGACY_SPECIFIERS],
        "contains": [
            [bits(spec.SpecifierSet(text).contains(parse(v), asked) for v in texts) for asked in (None, True, False)]
            for text in readable
        ],
        "lists": [[texts.index(text) for text in chosen] for chosen in lists],
        "filter": [
            [" ".join(filtered(spec.SpecifierSet(text), parse, chosen, asked) for chosen in lists) for asked in (None, True, False)]
            for text in readable
        ],
        "requirements": [[text, old_specifier(old, text)] for text in REQUIREMENTS],
        "messages": [[text, *syntax_error(middle, text)] for text in WRITTEN + REQUIREMENTS],
    }


def old_specifier(release, text: str) -> str | None:
    return attempt(lambda: str(release.module("requirements").Requirement(text).specifier))


def syntax_error(release, text: str) -> list:
    """Message and span; nothing when the text is a requirement."""
    try:
        release.module("_parser").parse_requirement(text)
        release.module("requirements").Requirement(text)
    except release.module("_tokenizer").ParserSyntaxError as error:
        return [error.message, *error.span]
    except (SyntaxError, ValueError):
        return [None]
    return []
