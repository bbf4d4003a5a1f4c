/** What uv's hints tell beside its report: the Python, and the tags of the wheels that there are. */
import { parseSpecifierSet } from '../../../packaging/specifier.ts';
import { normalizeName } from '../../../packaging/name.ts';
import type { Evidence } from '../evidence.ts';
import { plainOutput } from '../output/log-line.ts';
import type { ManifestBuilder } from '../../manifest-builder.ts';

const PYTHON = /You require (CPython|PyPy) (3\.\d{1,2})/;
const TAGS =
  /found wheels for `([\w.-]{1,100})` \(v([^)\s]{1,60})\) with the following Python (?:ABI|implementation) tags?:((?: (?:and )?`[a-z0-9_]{1,20}`,?){1,60})/g;

/** Of what kind of file uv was told to take none, and that of no project. */
const NO_BUILD_AT_ALL = /building from source is disabled for all packages/;
const NO_BINARY_AT_ALL = /using pre-built wheels is disabled for all packages/;
/** The hint on metadata: the parser's words, the text, and marks under it. */
const UNREADABLE =
  /Metadata for `([\w.-]{1,100})` \(v([^)\s]{1,60})\) could not be parsed:\n[^\n]*\n[ \t│]*([^\n]{1,400})\n[ \t│]*\^/g;

function readUnreadable(evidence: Evidence, text: string): void {
  for (const [, name = '', version = '', line = ''] of text.matchAll(UNREADABLE)) {
    const told = evidence.dependencies.filter(
      ({ project, effect }) => effect.kind === 'unusable' && project === normalizeName(name),
    );
    const set = parseSpecifierSet(`==${version}`);
    if (set.ok) evidence.hasUnreadable(name, [set.value], line.trim());
    for (const { versions } of told) evidence.hasUnreadable(name, versions, line.trim());
  }
}

/** Reads the hints of a text: `crates/uv-resolver/src/pubgrub/report.rs`, `TagHint`. */
export function readUvHints(evidence: Evidence, builder: ManifestBuilder, text: string): void {
  if (!text.includes('hint:')) return;
  readUnreadable(evidence, plainOutput(text));
  const prose = plainOutput(text).replace(/[\s│]+/g, ' ');
  const { options } = builder;
  if (NO_BUILD_AT_ALL.test(prose)) builder.options = { ...options, onlyBinary: [':all:'] };
  if (NO_BINARY_AT_ALL.test(prose)) builder.options = { ...options, noBinary: [':all:'] };
  const python = PYTHON.exec(prose);
  if (python !== null && builder.environment.python === undefined) {
    builder.environment = {
      ...builder.environment,
      python: python[2]!,
      ...(python[1] === 'PyPy' ? { implementation: 'pypy' } : {}),
    };
  }
  for (const [, name = '', version = '', list = ''] of prose.matchAll(TAGS)) {
    const set = parseSpecifierSet(`==${version}`);
    const tags = [...list.matchAll(/`(\w+)`/g)].map((match) => match[1]!);
    if (set.ok) evidence.isUnusable(name, [set.value], tags.map(wheelOfTag));
  }
}

/** A wheel of one interpreter and its own ABI; of `abi3` and `none` the interpreter is not told. */
function wheelOfTag(tag: string): string {
  return /^(?:cp|pp)\d/.test(tag) ? `${tag.replace(/t$/, '')}-${tag}-any` : `cp26-${tag}-any`;
}
