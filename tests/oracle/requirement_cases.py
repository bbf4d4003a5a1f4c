"""Requirements and markers: generated texts, what `packaging` makes of them, and how it refuses them."""

import ast
import random

from version_cases import BROKEN_SPECIFIERS, attempt, specifier_texts

NAMES = ["a", "Foo_Bar", "zope.interface", "x-y--z", "A1", "0x", "foo-", "-foo", "é", "fooé", "foo-é", "_a", "a.", "ruamel.yaml.clib"]
EXTRAS = ["", "", "", "[]", "[x]", "[b,a]", "[ b , a , b ]", "[A_b.c]", "[a b]", "[a,]", "[,a]", "[a", "[a;b]", "[é]", "[a-]"]
URLS = ["https://e.org/a-1.0.tar.gz", "git+https://e.org/a@v1#egg=a", "file:///a", "./a.whl", "x;y", "http://e.org/a ;", ""]
VARIABLES = [
    *["python_version", "python_full_version", "os_name", "sys_platform", "platform_release", "platform_system", "extra"],
    *["platform_version", "platform_machine", "platform_python_implementation", "implementation_name"],
    *["implementation_version", "os.name", "sys.platform", "platform.version", "platform.machine", "python_implementation"],
    *["platform.python_implementation", "extras", "dependency_groups", "os-name", "python", "python_versions", "Extra"],
]
OPERATORS = ["<", "<=", "!=", "==", ">=", ">", "~=", "===", "in", "not in", "not  in", "notin", "=", "", "is", "not\tin"]
VALUES = [
    *["3", "3.6", "3.10", "3.11.7", "3.12.*", "3.*", "2.7", "linux", "win32", "posix", "nt", "x86_64", "CPython", "cpython", ""],
    *["3.6 3.11", "3.6,3.11", "Foo_Bar", "foo-bar", "a.b", "5.10", "6.1.0-18-amd64", "1!3", "3.11.7+local", "rc1", "3.12rc1"],
    *["Linux", "Darwin", "lin", "3.11a", "v3.11", " 3.11 ", ">=3.6", "7.3.16", "#1 SMP", "10", "a\\'b", "x\\ny", "x\\x41", "\\d"],
]

ENVIRONMENTS = [
    ["cpython", "3.11.7", "posix", "x86_64", "CPython", "6.1.0", "Linux", "#1 SMP", "3.11.7", "3.11", "linux"],
    ["cpython", "3.12.0rc1", "nt", "AMD64", "CPython", "10", "Windows", "10.0.19045", "3.12.0rc1", "3.12", "win32"],
    ["pypy", "7.3.16", "posix", "arm64", "PyPy", "23.4.0", "Darwin", "Darwin Kernel 23.4.0", "3.9.19", "3.9", "darwin"],
    ["cpython", "3.6.15", "posix", "x86_64", "CPython", "6.1.0-18-amd64", "Linux", "", "3.6.15+", "3.6", "linux"],
]
ENVIRONMENT_KEYS = [
    *["implementation_name", "implementation_version", "os_name", "platform_machine", "platform_python_implementation"],
    *["platform_release", "platform_system", "platform_version", "python_full_version", "python_version", "sys_platform"],
]
ASKED_EXTRAS = ["", "foo-bar", "Foo_Bar", "3.6"]


def operand(rng: random.Random, good: bool) -> str:
    if rng.random() < 0.5:
        return rng.choice(VARIABLES[:17] if good else VARIABLES)
    quote = rng.choice("'\"")
    return quote + rng.choice(VALUES) + quote


def comparison(rng: random.Random, good: bool) -> str:
    blank = rng.choice([" ", " ", "", "  ", "\t"])
    operator = rng.choice(OPERATORS[:10] if good else OPERATORS)
    left, right = operand(rng, good), operand(rng, good)
    if good:
        quoted = f'"{rng.choice(VALUES[:36])}"'
        left, right = rng.choice([(rng.choice(VARIABLES[:17]), quoted)] * 3 + [(quoted, rng.choice(VARIABLES[:17]))])
    blank = blank or (" " if operator[:1].isalpha() else "")
    return f"{left}{blank}{operator}{blank}{right}"


def marker_text(rng: random.Random, good: bool, depth: int = 0) -> str:
    parts = []
    for _ in range(rng.choice([1, 1, 2, 3])):
        if depth < 3 and rng.random() < 0.3:
            inner = marker_text(rng, good, depth + 1)
            parts.append(rng.choice(["({})", "( {} )", "(({}))"]).format(inner))
        else:
            parts.append(comparison(rng, good))
    text = parts[0]
    for part in parts[1:]:
        text += rng.choice([" and ", " or ", " and  ", "\tor "]) + part
    if good or rng.random() < 0.5:
        return text
    position = rng.randrange(len(text) + 1)
    return text[:position] + rng.choice(["", "(", ")", "'", " and", " x", ";", ","]) + text[position + rng.randint(0, 2) :]


def requirement_text(rng: random.Random) -> str:
    name, extras = rng.choice(NAMES[:6] * 4 + NAMES), rng.choice(EXTRAS[:7] * 2 + EXTRAS)
    blank = rng.choice(["", "", " ", "  "])
    if rng.random() < 0.15:
        tail = f"{blank}@{rng.choice(['', ' '])}{rng.choice(URLS)}"
    else:
        pool = specifier_texts() if rng.random() < 0.85 else BROKEN_SPECIFIERS
        specifiers = rng.choice([",", " , ", ", "]).join(rng.choice(pool) for _ in range(rng.choice([0, 1, 1, 2, 3])))
        tail = blank + rng.choice(["{}", "{}", "{}", "({})", "( {} )", "({}", "{})", "{},", "{} x"]).format(specifiers)
    text = f"{rng.choice(['', '', ' '])}{name}{blank}{extras}{tail}"
    if rng.random() < 0.4:
        text += rng.choice([" ; ", ";", "; ", " ;"]) + marker_text(rng, rng.random() < 0.7)
    return text + rng.choice(["", "", "", " ", "\n", " x"])


WRITTEN = [
    *["pytz>=2011k", "a>=1.*", "a>=1+x", "a[", "a ; os_name == ", "drv<2; extra == \"old\"", "", " ", "a b", "a==1.0 ;", "a;", "a @"],
    *["a @ http://x; os_name=='a'", "a @ http://x ; os_name=='a'", "a @ http://x\n", "a>=1\n", "a\n\n", "a===1.0;os_name=='x'"],
    *["a===x,y", "a===x,>=1", "a===1.0)", "a(===1.0)", "a (>=1", "a>=1,,<2", "a,>=1", "a>=1 <2", "a<2>=1", "a>=1.0c", "a>=1.0k"],
    *["a\t>=\t1", "a>=\n1", "a==1.*,!=1.5.*", "a==1.*.*", "a[x]@http://x", "a@http://x", "a [x] @ http://x", "a[x]>=1;extra=='A_b'"],
    *["a;(os_name=='x')", "a;((os_name=='x'))", "a;((os_name=='x' or os_name=='y')) and extra=='z'", "a;os_name=='x'or os_name=='y'"],
    *["a;os_name=='x' and", "a;os_name 'x'", "a;'x'=='y'", "a;os_name==sys_platform", "a;not os_name", "a;os_name not 'x'"],
    *["a;os_name notin 'x'", "a;extra=='A' and (extra=='B_c')", "a;'A_b'==extra", "a;os_name=='x\\'", "a;os_name==\"it's\"", "a;()"],
    *["a;os_name=='x' extra=='y'", "a~=1", "a~=1.0", "a!=1.0.*", "A.B_c[D.e,f]>=1", "a>=1;python_version<'3' # c", "a # c", "./a", "a/b"],
    *["a;'x' not in 'python_version'", "a;'linux' == 'sys_platform'", "a;'b'=='extra'", "a;'x' in 'extras'", "a;'nt' == 'os.name'"],
]


def requirement_fixture(release, rng: random.Random) -> dict:
    """`valid`: text, name, extras, specifier, url, marker, str. `broken`: text, message, span start, span end."""
    texts = dict.fromkeys([*WRITTEN, *(requirement_text(rng) for _ in range(3200))])
    valid, broken = [], []
    for text in texts:
        try:
            extras = release.module("_parser").parse_requirement(text).extras
            value = release.module("requirements").Requirement(text)
        except release.module("_tokenizer").ParserSyntaxError as error:
            broken.append([text, error.message, *error.span])
        except release.module("specifiers").InvalidSpecifier as error:
            broken.append([text, str(error), None, None])
        except (SyntaxError, ValueError):
            broken.append([text, None, None, None])
        else:
            marker = None if value.marker is None else str(value.marker)
            valid.append([text, value.name, extras, str(value.specifier), value.url, marker, str(value)])
    rendered = [[text, str(syntax_error(release, text))] for text in WRITTEN if syntax_error(release, text)]
    return {"valid": valid, "broken": broken, "rendered": rendered}


def syntax_error(release, text: str):
    try:
        release.module("_parser").parse_requirement(text)
    except release.module("_tokenizer").ParserSyntaxError as error:
        return error
    except (SyntaxError, ValueError):
        return None
    return None


def marker_fixture(release, older: list, rng: random.Random) -> dict:
    """`texts` with their normal form; `releases`: verdicts T, F or E (Python raises), an environment and extra each."""
    written = [text.partition(";")[2] for text in WRITTEN if ";" in text]
    candidates = dict.fromkeys([*written, *(marker_text(rng, rng.random() < 0.85) for _ in range(1350))])
    valid, broken = [], []
    for text in candidates:
        try:
            valid.append([text, str(release.module("markers").Marker(text))])
        except release.module("markers").InvalidMarker as error:
            cause = error.__cause__
            broken.append([text, cause.message, *cause.span])
        except (SyntaxError, ValueError):
            broken.append([text, None, None, None])
    texts = [text for text, _ in valid]
    return {
        "keys": ENVIRONMENT_KEYS,
        "environments": ENVIRONMENTS,
        "extras": ASKED_EXTRAS,
        "valid": valid,
        "broken": broken,
        "releases": {each.version: [verdicts(each, text) for text in texts] for each in [release, *older]},
    }


def verdicts(release, text: str) -> str | None:
    marker = attempt(lambda: release.module("markers").Marker(text))
    if marker is None:
        return None
    return "".join(verdict(marker, values, extra) for values in ENVIRONMENTS for extra in ASKED_EXTRAS)


def verdict(marker, values: list[str], extra: str) -> str:
    environment = dict(zip(ENVIRONMENT_KEYS, values, strict=True))
    result = attempt(lambda: marker.evaluate({**environment, "extra": extra}))
    return "E" if result is None else "T" if result else "F"


def python_string_cases() -> list[list[str | None]]:
    """Quoted texts, and what Python reads in them."""
    bodies = ["", "a", "a\\n", "\\x41", "\\101", "\\8", "\\u00e9", "\\U0001F600", "\\\\", "\\q", "a\\\nb", "\\0", "\\x4", "a\nb", "\\", "a\\\rb", "a\\\r\nb", "a\rb", "\\\0", "\\400"]
    quoted = [f"'{body}'" for body in bodies] + ['"it\'s"', "'\\\"'", '"\\\'"']
    return [[text, attempt(lambda: ast.literal_eval(text))] for text in quoted]
