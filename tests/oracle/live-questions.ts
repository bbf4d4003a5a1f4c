/** What is asked of Python and of us, one kind after another, and how our answer is put into Python's form. */
import { pythonTomlComplaint } from '../../src/core/manifest/syntax/python-toml/toml-complaint.ts';
import { resolveDependencyGroups } from '../../src/core/packaging/dependency-groups.ts';
import { readVersion } from '../../src/core/packaging/legacy-version.ts';
import {
  evaluateMarker,
  formatMarker,
  parseMarker,
  type MarkerEnvironment,
} from '../../src/core/packaging/marker.ts';
import { parseMetadata } from '../../src/core/packaging/metadata.ts';
import { isValidName, normalizeName } from '../../src/core/packaging/name.ts';
import type { PrereleasePolicy } from '../../src/core/packaging/prerelease-policy.ts';
import { evaluatePythonString } from '../../src/core/packaging/python-text.ts';
import { parseRequirement } from '../../src/core/packaging/requirement.ts';
import type { Result } from '../../src/core/packaging/result.ts';
import { parseSdistFilename } from '../../src/core/packaging/sdist-filename.ts';
import {
  filterVersions,
  parseSpecifier,
  parseSpecifierSet,
  specifierSetContains,
} from '../../src/core/packaging/specifier.ts';
import { makeTargetEnvironment } from '../../src/core/packaging/target-environment.ts';
import { compareVersions, isPrerelease, type Version } from '../../src/core/packaging/version.ts';
import { parseWheelFilename } from '../../src/core/packaging/wheel-filename.ts';
import { parseVersion } from '../../src/core/packaging/version.ts';
import {
  damagedText,
  legacyVersionText,
  markerText,
  nameText,
  quotedText,
  requirementText,
  sdistText,
  specifierSetText,
  specifierText,
  valueText,
  versionText,
  wheelText,
} from './adversarial-texts.ts';
import { tomlText } from './adversarial-toml.ts';
import type { RandomSource } from './random-source.ts';

/** An error in Python's form: what it says, and between which UTF-16 places. */
export interface Refusal {
  readonly error: string;
  readonly span?: readonly [number, number];
}

export interface QuestionKind<Input> {
  /** Shared with live.py. */
  readonly kind: string;
  /** The policies whose releases can be asked this. */
  readonly policies: readonly PrereleasePolicy[];
  readonly ask: (random: RandomSource) => Input;
  /** Our answer; undefined when the two cannot be compared. `theirs` is Python's. */
  readonly answer: (input: Input, policy: PrereleasePolicy, theirs: unknown) => unknown;
}

const NEWEST: readonly PrereleasePolicy[] = ['packaging-26'];
const MODERN: readonly PrereleasePolicy[] = ['packaging-26', 'packaging-25', 'packaging-24'];
const EVERY: readonly PrereleasePolicy[] = [...MODERN, 'packaging-20'];

/** Some of the texts are damaged. */
const perhapsDamaged = (random: RandomSource, text: string, probability = 0.4): string =>
  random.happens(probability) ? damagedText(random, text) : text;

function refused(result: Result<unknown>): Refusal {
  return result.ok ? { error: 'none' } : { error: result.error.message };
}

function isRefusal(answer: unknown): answer is Refusal {
  return typeof answer === 'object' && answer !== null && 'error' in answer;
}

/** A number beyond 2^53 is rounded in our fields; there only the text counts. */
const whole = (value: number | undefined): string => (value === undefined ? 'None' : String(value));

/**
 * Letters that Python's patterns without `re.ASCII` take for an `s`, `i` or `k`. Releases before 26 have such patterns, 26
 * for `~=` alone, where what they let pass ends in an AssertionError.
 */
const isFolded = (text: string, policy: PrereleasePolicy): boolean =>
  (policy === 'packaging-26' ? /~=.*[ſıİ\u212a]/s : /[ſıİ\u212a]/).test(text);

/** One policy stands for 24.2 and 25.0, and the variables of lock files came between them. */
const isOfLockFiles = (text: string, policy: PrereleasePolicy): boolean =>
  policy === 'packaging-25' && /extras|dependency_groups/.test(text);

function versionFields(version: Version): unknown {
  if (version.legacy !== null) return ['legacy', version.text];
  const { epoch, release, pre, post, dev, local } = version;
  return [
    version.text,
    isPrerelease(version),
    String(epoch),
    release.map(String),
    pre === null ? null : [pre[0], String(pre[1])],
    [whole(post ?? undefined)],
    [whole(dev ?? undefined)],
    local === null ? null : local.join('.'),
  ];
}

const HAS_LONG_NUMBER = /\d{16}/;

const versionKind: QuestionKind<string> = {
  kind: 'version',
  policies: ['packaging-26', 'packaging-20'],
  ask: (random) => {
    const text = random.happens(0.2) ? legacyVersionText(random) : versionText(random);
    return perhapsDamaged(random, text);
  },
  answer: (text, policy, theirs) => {
    if (policy === 'packaging-20') {
      if (isFolded(text, policy)) return undefined;
      const version = readVersion(text, policy);
      if (version === null) return null;
      return HAS_LONG_NUMBER.test(text) ? shortened(versionFields(version), theirs) : versionFields(version);
    }
    const parsed = parseVersion(text);
    if (!parsed.ok) return refused(parsed);
    return HAS_LONG_NUMBER.test(text)
      ? shortened(versionFields(parsed.value), theirs)
      : versionFields(parsed.value);
  },
};

/** Our text with their fields. */
function shortened(ours: unknown, theirs: unknown): unknown {
  return Array.isArray(ours) && Array.isArray(theirs) ? [ours[0], ...(theirs as unknown[]).slice(1)] : ours;
}

const orderKind: QuestionKind<readonly [string, string]> = {
  kind: 'order',
  policies: ['packaging-26', 'packaging-20'],
  ask: (random) => {
    const first = versionText(random);
    const second = random.happens(0.5) ? versionText(random) : damagedText(random, first);
    return random.happens(0.1)
      ? [legacyVersionText(random), random.pick([first, legacyVersionText(random)])]
      : [first, second];
  },
  answer: (texts, policy, theirs) => {
    if (isRefusal(theirs) || (policy === 'packaging-20' && isFolded(texts.join(), policy))) return undefined;
    const [first, second] = texts.map((text) => readVersion(text, policy));
    if (first === null || second === null || first === undefined || second === undefined) return null;
    return Math.sign(compareVersions(first, second));
  },
};

const specifierKind: QuestionKind<string> = {
  kind: 'specifier',
  policies: MODERN,
  ask: (random) => perhapsDamaged(random, specifierText(random)),
  answer: (text, policy) => {
    if (isFolded(text, policy)) return undefined;
    const parsed = parseSpecifier(text, policy);
    return parsed.ok ? parsed.value.text : refused(parsed);
  },
};

const specifiersKind: QuestionKind<string> = {
  kind: 'specifiers',
  policies: EVERY,
  ask: (random) => perhapsDamaged(random, specifierSetText(random)),
  answer: (text, policy) => {
    if (isFolded(text, policy)) return undefined;
    const parsed = parseSpecifierSet(text, policy);
    return parsed.ok ? parsed.value.text : refused(parsed);
  },
};

const containmentKind: QuestionKind<readonly [string, readonly string[]]> = {
  kind: 'containment',
  policies: EVERY,
  ask: (random) => [
    specifierSetText(random),
    random.list(0, 6, () => (random.happens(0.05) ? legacyVersionText(random) : versionText(random))),
  ],
  answer: ([text, texts], policy, theirs) => {
    // 26 asks specifiers that it takes for equal all the same, and `~=v1.0` is taken for `~=1.0` and admits nothing.
    if (isRefusal(theirs) || (policy === 'packaging-26' && /~=\s*v/i.test(text))) return undefined;
    const set = parseSpecifierSet(text, policy);
    if (!set.ok) return null;
    const versions = texts.map((one) => readVersion(one, policy));
    if (versions.includes(null)) return null;
    const known = versions as readonly Version[];
    return [undefined, true, false].map((prereleases, index) => {
      const verdicts = known.map((version) =>
        specifierSetContains(set.value, version, { prereleases, policy }) ? 'T' : 'F',
      );
      const kept = filterVersions(set.value, known, { prereleases, policy });
      const [theirVerdicts = '', theirKept] = (theirs as readonly [string, unknown][])[index] ?? [];
      return [
        verdicts.map((verdict, at) => (theirVerdicts[at] === 'E' ? 'E' : verdict)).join(''),
        theirKept === null ? null : known.flatMap((version, at) => (kept.includes(version) ? [at] : [])),
      ];
    });
  },
};

const requirementKind: QuestionKind<string> = {
  kind: 'requirement',
  policies: MODERN,
  ask: (random) => perhapsDamaged(random, requirementText(random)),
  answer: (text, policy) => {
    if (isFolded(text, policy) || isOfLockFiles(text, policy)) return undefined;
    const parsed = parseRequirement(text, policy);
    if (!parsed.ok) return withSpan(parsed);
    const { name, extras, specifier, url, marker } = parsed.value;
    const formatted = marker === null ? null : formatMarker(marker);
    return [name, [...new Set(extras)].sort(), specifier.text, url, formatted, parsed.value.text];
  },
};

/** As `requirement`, but of the errors only that there is one. */
const oldRequirementKind: QuestionKind<string> = {
  ...requirementKind,
  policies: ['packaging-20'],
  answer: (text, policy, theirs) => {
    const ours = requirementKind.answer(text, policy, theirs);
    return isRefusal(ours) && isRefusal(theirs) ? undefined : ours;
  },
};

function withSpan(result: Result<unknown>): unknown {
  if (result.ok) return null;
  const { message, span } = result.error;
  return { error: message, span: [span.start, span.end] };
}

const KEYS = [
  ...([
    'implementation_name',
    'implementation_version',
    'os_name',
    'platform_machine',
    'platform_python_implementation',
  ] as const),
  ...([
    'platform_release',
    'platform_system',
    'platform_version',
    'python_full_version',
    'python_version',
    'sys_platform',
  ] as const),
];

type MarkerQuestion = readonly [string, readonly (readonly [readonly string[], string])[]];

const markerKind: QuestionKind<MarkerQuestion> = {
  kind: 'marker',
  policies: EVERY,
  ask: (random) => [
    perhapsDamaged(random, markerText(random), 0.25),
    Array.from({ length: 4 }, () => [
      KEYS.map(() => valueText(random)),
      random.pick(['', nameText(random), valueText(random)]),
    ]),
  ],
  answer: ([text, environments], policy, theirs) => {
    if (isOfLockFiles(text, policy)) return undefined;
    const parsed = parseMarker(text, policy);
    if (!parsed.ok) return withSpan(parsed);
    const verdicts = environments.map(([values, extra], index) => {
      const environment = Object.fromEntries(KEYS.map((key, at) => [key, values[at]]));
      const verdict = evaluateMarker(
        parsed.value,
        environment as unknown as MarkerEnvironment,
        extra,
        policy,
      );
      const their = (theirs as readonly string[])[1]?.[index];
      return their === 'E' ? 'E' : verdict ? 'T' : 'F';
    });
    return [formatMarker(parsed.value), verdicts.join('')];
  },
};

const nameKind: QuestionKind<string> = {
  kind: 'name',
  policies: NEWEST,
  ask: (random) => perhapsDamaged(random, nameText(random)),
  answer: (text) => [normalizeName(text), isValidName(text)],
};

const wheelKind: QuestionKind<string> = {
  kind: 'wheel',
  policies: NEWEST,
  ask: (random) => perhapsDamaged(random, wheelText(random), 0.2),
  answer: (text) => {
    const parsed = parseWheelFilename(text);
    if (!parsed.ok) return refused(parsed);
    const { name, version, build, tags } = parsed.value;
    const [, digits = '', rest = ''] = /^(\d+)([^\n]*)/.exec(build) ?? [];
    return [name, version.text, build === '' ? [] : [String(BigInt(digits)), rest], [...tags].sort()];
  },
};

const sdistKind: QuestionKind<string> = {
  kind: 'sdist',
  policies: NEWEST,
  ask: (random) => perhapsDamaged(random, sdistText(random), 0.2),
  answer: (text) => {
    const parsed = parseSdistFilename(text);
    return parsed.ok ? [parsed.value.name, parsed.value.version.text] : refused(parsed);
  },
};

const stringKind: QuestionKind<string> = {
  kind: 'string',
  policies: NEWEST,
  ask: quotedText,
  answer: (text, _policy, theirs) => evaluatePythonString(text) ?? (isRefusal(theirs) ? undefined : null),
};

const tomlKind: QuestionKind<string> = {
  kind: 'toml',
  policies: NEWEST,
  ask: tomlText,
  answer: (text) => pythonTomlComplaint(text),
};

const HEADERS = [
  ...[
    'Metadata-Version: 2.1',
    'Name: foo',
    'name:bar',
    'Version: 1.0',
    'Requires-Dist: a>=1',
    'requires-dist:   c  ',
  ],
  ...[
    'Requires-Python: >=3.8',
    'Provides-Extra: x',
    'Dynamic: Requires-Dist',
    '  folded',
    '\tmore',
    'Summary: a: b',
    '',
  ],
  ...[
    'no header',
    ': empty',
    'From someone',
    'X\tY: z',
    'Name : x',
    'Näme: y',
    'Requires-Dist:',
    ' Requires-Dist: q',
    'A:',
  ],
] as const;

const metadataKind: QuestionKind<string> = {
  kind: 'metadata',
  policies: NEWEST,
  ask: (random) => {
    // Python's parser turns lone surrogates into objects of another type.
    const line = (): string =>
      perhapsDamaged(random, random.pick(HEADERS), 0.1).replaceAll(/\p{Surrogate}/gu, '');
    return (
      random.list(0, 9, line).join(random.pick(['\n', '\n', '\r\n', '\r'])) +
      random.pick(['', '\n', '\n\nName: b'])
    );
  },
  answer: (text, _policy, theirs) => {
    const { metadataVersion, name, version, requiresPython, requiresDist, providesExtra } =
      parseMetadata(text);
    // Ours are in lower case.
    const { dynamic } = parseMetadata(text);
    const their = (theirs as readonly unknown[])[6] as readonly string[];
    if (their.map((field) => field.toLowerCase()).join() !== dynamic.join()) return { dynamic };
    return [metadataVersion, name, version, requiresPython, requiresDist, providesExtra, their];
  },
};

type GroupQuestion = readonly [Readonly<Record<string, unknown>>, readonly string[]];
const GROUPS = ['dev', 'Dev', 'test_1', 'TEST-1', 'docs', 'all', 'x.y'] as const;

const groupsKind: QuestionKind<GroupQuestion> = {
  kind: 'groups',
  policies: NEWEST,
  ask: (random) => {
    const item = (): unknown =>
      random.pick<() => unknown>([
        () => requirementText(random).trim(),
        () => 'a>=1',
        () => ({ 'include-group': random.pick(GROUPS) }),
        () => ({ 'include-group': random.pick(GROUPS) }),
        () => random.pick<unknown>([1, null, {}, { x: 'y' }, { 'include-group': 'a', x: 1 }, [], true]),
      ])();
    const table: Record<string, unknown> = {};
    for (const name of random.list(1, 4, () => random.pick(GROUPS)))
      table[name] = random.happens(0.05)
        ? random.pick<unknown>(['text', {}, 1, null])
        : random.list(0, 4, item);
    return [table, random.list(1, 2, () => random.pick(GROUPS))];
  },
  answer: ([table, names], _policy, theirs) => {
    const { requirements, errors } = resolveDependencyGroups(table, names);
    if (errors.length > 0)
      return isRefusal(theirs) || (theirs as readonly unknown[])[0] === null ? undefined : { errors };
    return [requirements.map(({ requirement }) => requirement.text), null];
  },
};

type TagQuestion = readonly [readonly (number | string)[], string, readonly number[], string];

const ARCHITECTURES: Readonly<Record<string, readonly string[]>> = {
  linux: ['x86_64', 'aarch64', 'i686', 'armv7l', 'ppc64le', 's390x', 'riscv64', 'loongarch64'],
  musllinux: ['x86_64', 'aarch64', 'i686', 'armv7l', 'ppc64le', 's390x', 'riscv64'],
  macos: ['x86_64', 'arm64', 'i386'],
  ios: ['arm64_iphoneos', 'arm64_iphonesimulator', 'x86_64_iphonesimulator'],
  android: ['arm64_v8a', 'armeabi_v7a', 'x86_64', 'x86'],
};

const tagsKind: QuestionKind<TagQuestion> = {
  kind: 'tags',
  policies: NEWEST,
  ask: (random) => {
    const system = random.pick(Object.keys(ARCHITECTURES));
    const number = {
      linux: [2, random.integer(0, 45)],
      musllinux: [1, random.integer(0, 5)],
      macos: random.happens(0.5)
        ? [10, random.integer(4, 16)]
        : [random.integer(11, 27), random.integer(0, 6)],
      ios: [random.integer(12, 20), random.integer(0, 12)],
      android: [random.integer(16, 40), 0],
    }[system]!;
    const minor = random.integer(0, 16);
    const python = random.happens(0.3) ? [3, minor] : [3, minor, minor >= 13 ? random.pick(['', 't']) : ''];
    return [python, system, number, random.pick(ARCHITECTURES[system]!)];
  },
  answer: ([python, system, [major, minor], architecture]) => {
    const target = makeTargetEnvironment({
      python: `${python[0]!}.${python[1]!}${python[2] ?? ''}`,
      platform: `${system}-${major!}${system === 'android' ? '' : `.${minor!}`}-${architecture}`,
      implementation: python.length === 3 ? 'cpython' : 'pypy',
    });
    return target.ok ? target.value.tags : withSpan(target);
  },
};

/** Every kind of question. */
export const QUESTION_KINDS: readonly QuestionKind<never>[] = [
  versionKind,
  orderKind,
  specifierKind,
  specifiersKind,
  containmentKind,
  requirementKind,
  oldRequirementKind,
  markerKind,
  nameKind,
  wheelKind,
  sdistKind,
  stringKind,
  tomlKind,
  metadataKind,
  groupsKind,
  tagsKind,
] as unknown as readonly QuestionKind<never>[];
