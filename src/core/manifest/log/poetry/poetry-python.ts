/**
 * Which Python stands for Poetry's range. Poetry looks for one answer for every Python that the project allows; here one
 * Python is asked about, so it has to be one for which the told requirement does not hold.
 */
import { parseSpecifierSet, specifierSetContains, type SpecifierSet } from '../../../packaging/specifier.ts';
import { parseVersion, type Version } from '../../../packaging/version.ts';
import type { ManifestBuilder } from '../../manifest-builder.ts';
import { translatePoetryConstraint } from '../../project/poetry-constraint.ts';

const PYTHONS = [
  '3.11',
  '3.12',
  '3.13',
  '3.10',
  '3.9',
  '3.8',
  '3.7',
  '3.14',
  '3.6',
  '3.5',
  '3.15',
  '4.0',
  '2.7',
];

export interface PythonLimit {
  readonly name: string;
  readonly limit: string;
}

export class PoetryPythons {
  #project: SpecifierSet | null = null;
  /** Parts of the range for which something cannot be installed. */
  readonly #unmet: SpecifierSet[] = [];
  /** What the list of the first paragraph says. */
  readonly limits: PythonLimit[] = [];

  /** The project's range, and `- scipy requires Python <3.11,>=3.8, so it will not be satisfied for Python >=3.11`. */
  readLine(builder: ManifestBuilder, line: string): void {
    const range =
      /(?:supported Python range|Python requirement) \(([^)]*)\) is not compatible/.exec(line) ??
      /must support the following Python versions: (\S+)/.exec(line);
    const project = range === null ? null : toSet(range[1]!);
    if (project !== null && project.text !== '') {
      this.#project = project;
      builder.options = { ...builder.options, requiresPython: specifiersOf(range![1]!) };
    }
    const unmet =
      /^[-•*]? ?(\S+) requires Python (.{1,300}?), so it will not be (?:satisfied|installable) for Python (.{1,300})$/.exec(
        line,
      );
    if (unmet === null) return;
    this.limits.push({ name: unmet[1]!, limit: unmet[2]! });
    for (const part of unmet[3]!.split('||')) {
      const set = toSet(part);
      if (set !== null) this.#unmet.push(set);
    }
  }

  /** Chooses the Python; `limits` are the Requires-Python that the report's sentences name. */
  settle(builder: ManifestBuilder, limits: readonly SpecifierSet[]): void {
    if (builder.environment.python !== undefined || (this.#unmet.length === 0 && limits.length === 0)) return;
    const known = [...limits, ...this.limits.flatMap(({ limit }) => toSet(limit) ?? [])];
    let best: string | null = null;
    let bestScore = 0;
    for (const { text, version } of this.#candidates()) {
      if (this.#project !== null && !admits(this.#project, version)) continue;
      const missed = known.filter((set) => !admits(set, version)).length;
      const score = missed + this.#unmet.filter((set) => admits(set, version)).length;
      if (score <= bestScore) continue;
      best = text;
      bestScore = score;
    }
    if (best === null) return;
    builder.environment = { ...builder.environment, python: best };
    builder.guess(
      `Poetry looks at a whole range of Pythons at once; ${best} is the one in it for which this fails. uv's universal mode asks about a range, too.`,
    );
  }

  /** The first Python of each part that fails, then those that people have. */
  *#candidates(): Generator<{ readonly text: string; readonly version: Version }> {
    for (const text of [...this.#unmet.flatMap(firstOf), ...PYTHONS]) {
      const version = parseVersion(text);
      if (version.ok) yield { text, version: version.value };
    }
  }
}

function specifiersOf(text: string): string {
  return translatePoetryConstraint(text.trim())?.specifiers ?? '';
}

function toSet(text: string): SpecifierSet | null {
  if (translatePoetryConstraint(text.trim()) === null) return null;
  const parsed = parseSpecifierSet(specifiersOf(text));
  return parsed.ok ? parsed.value : null;
}

function admits(set: SpecifierSet, version: Version): boolean {
  return specifierSetContains(set, version, { prereleases: true });
}

/** `>=3.15.dev0` begins with 3.15, `>3.13.2` with 3.13.3, `>=4.dev0` with 4.0. */
function firstOf({ specifiers }: SpecifierSet): string[] {
  return specifiers.flatMap(({ operator, version }) => {
    if (version === null || !/^(?:>=?|==)$/.test(operator)) return [];
    const [major = 3, minor = 0, micro] = version.release;
    const start = micro === undefined || micro === 0 ? `${major}.${minor}` : `${major}.${minor}.${micro}`;
    return operator === '>' ? [`${major}.${minor}.${(micro ?? 0) + 1}`, `${major}.${minor + 1}`] : [start];
  });
}
