/** uv's debug lines on its search (`uv --verbose`), each with the step of the trace that it comes with. */
import { assertNever } from '../../packaging/assert.ts';
import type { VersionRange } from '../../packaging/version-range.ts';
import { markerText } from '../../resolver/uv/marker-text.ts';
import { packageText, projectName, type UvPackage } from '../../resolver/uv/package.ts';
import type { UvLogEntry, UvLogFact } from '../../resolver/uv/uv-log.ts';
import type { LogLine } from '../../resolver/outcome.ts';

/** `*`, `>=1, <2`, `==1`, alternatives divided by ` | `; `>=1, <1+` for a version with all of its local ones. */
export function logRange(range: VersionRange): string {
  const texts = range.segments().map(({ lower, upper }) => {
    const plus = (cut: { readonly sentinel: string } | null): string =>
      cut?.sentinel === 'local-max' ? '+' : '';
    if (
      lower !== null &&
      upper !== null &&
      !lower.isAfter &&
      upper.isAfter &&
      lower.version.text === upper.version.text &&
      plus(lower) === plus(upper)
    )
      return `==${lower.version.text}`;
    const low = lower === null ? '' : `${lower.isAfter ? '>' : '>='}${lower.version.text}${plus(lower)}`;
    const high = upper === null ? '' : `${upper.isAfter ? '<=' : '<'}${upper.version.text}${plus(upper)}`;
    if (low === '' && high === '') return '*';
    return low === '' || high === '' ? low + high : `${low}, ${high}`;
  });
  return texts.length === 0 ? '∅' : texts.join(' | ');
}

export interface LogNames {
  readonly packages: readonly UvPackage[];
  /** The project whose lock is made; it has an address. */
  readonly member: string | null;
}

function factTexts(fact: UvLogFact, { packages, member }: LogNames): readonly string[] {
  const text = (number: number): string => packageText(packages[number]!);
  switch (fact.kind) {
    case 'python': {
      const { installed, targetText } = fact.python;
      return [
        `Solving with installed Python version: ${installed.text}`,
        `Solving with target Python version: ${targetText}`,
      ];
    }
    case 'dependency': {
      const wanted = text(fact.package) + logRange(fact.range);
      if (fact.version === null) return [`Adding direct dependency: ${wanted}`];
      const parent = projectName(packages[fact.parent]!) ?? text(fact.parent);
      return [`Adding transitive dependency for ${parent}==${fact.version.text}: ${wanted}`];
    }
    case 'search': {
      const item = packages[fact.package]!;
      const address = member !== null && projectName(item) === member ? ' @ file://DIR' : '';
      return [
        `Searching for a compatible version of ${packageText(item)}${address} (${logRange(fact.range)})`,
      ];
    }
    case 'select': {
      const name = projectName(packages[fact.package]!) ?? text(fact.package);
      return [`Selecting: ${name}==${fact.version.text} [${fact.from}] (${fact.filename})`];
    }
    case 'no-version':
      return [`No compatible version found for: ${text(fact.package)}`];
    case 'conflict': {
      const terms = fact.terms.map(text).join(', ');
      return [
        fact.version === null
          ? `Recording unit propagation conflict of ${text(fact.package)} from incompatibility of (${terms})`
          : `Recording dependency conflict of ${text(fact.package)}==${fact.version.text} from incompatibility of (${terms})`,
      ];
    }
    case 'too-many':
      return [
        fact.part === 'affected'
          ? `Package ${text(fact.package)} has too many conflicts (affected), prioritizing`
          : `Package ${text(fact.package)} has too many conflicts (culprit), deprioritizing and backtracking`,
      ];
    case 'backtracked':
      return [`Backtracked ${fact.levels} decisions`];
    case 'divided': {
      const version = fact.version === null ? '' : `==${fact.version.text}`;
      return [
        `Splitting resolution on ${text(fact.package)}${version} into ${fact.parts} resolutions with separate markers`,
      ];
    }
    case 'split-begins':
      return [`Solving split (${markerText(fact.marker) ?? 'true'}) (requires-python: ${fact.target})`];
    case 'split-ends':
      return [`split \`${markerText(fact.marker) ?? 'true'}\` resolution took Ts`];
    default:
      return assertNever(fact);
  }
}

/** Made when asked for. Seconds are `T`. */
export function uvLogLines(entries: readonly UvLogEntry[], names: LogNames): readonly LogLine[] {
  return entries.flatMap(({ step, fact }) =>
    factTexts(fact, names).map((text) => ({ text: `DEBUG ${text}`, step })),
  );
}
