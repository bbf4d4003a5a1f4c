/** All recordings of pip against our engines, as one table. */
import { resolveLegacyTelling } from '../../src/core/explain/pip/legacy-text.ts';
import { resolvePipTelling } from '../../src/core/explain/pip/tell.ts';
import type { Engine } from '../../src/core/resolver/engine.ts';
import { type Comparison, compareWithRecording } from './pip-comparison.ts';
import { readRecordings, RECORDING_FILES, type Recording } from './pip-recording.ts';
import type { ConformanceRow, ConformanceTable } from './table.ts';

type Part = (comparison: Comparison) => boolean | null;

/** Of one release and family: how many cases agree in what. */
export function summarize(
  engine: string,
  family: string,
  comparisons: readonly Comparison[],
): ConformanceRow {
  const agreeing = (part: Part): number =>
    comparisons.filter((comparison) => part(comparison) !== false).length;
  const agreeingIfAny = (part: Part): number | null => {
    return comparisons.every((comparison) => part(comparison) === null) ? null : agreeing(part);
  };
  return {
    family,
    engine,
    total: comparisons.length,
    outcome: agreeing((comparison) => comparison.outcome),
    pins: agreeing((comparison) => comparison.outcome && comparison.pins),
    events: agreeingIfAny((comparison) => comparison.events),
    text: agreeingIfAny((comparison) => comparison.text),
    metrics: agreeingIfAny((comparison) => comparison.metrics),
  };
}

/** What differs, one line a case. */
export function differencesOf(comparisons: readonly Comparison[]): readonly string[] {
  return comparisons
    .filter(({ difference }) => difference !== '')
    .map(({ recording, difference }) => `pip ${recording.pip} ${recording.name}: ${difference}`);
}

/** pip had no search before 20.3. */
export function engineOf({ pip }: Recording): Engine {
  return pip.startsWith('19.') ? resolveLegacyTelling : resolvePipTelling;
}

/** Runs every recording of the data folder. */
export function pipConformance(): ConformanceTable {
  const rows: ConformanceRow[] = [];
  const differences: string[] = [];
  for (const { file, family } of RECORDING_FILES) {
    const all = readRecordings(file);
    for (const release of new Set(all.map(({ pip }) => pip))) {
      const recordings = all.filter(({ pip }) => pip === release);
      const comparisons = recordings.map((recording) => compareWithRecording(recording, engineOf(recording)));
      rows.push(summarize(`pip@${release}`, family, comparisons));
      differences.push(...differencesOf(comparisons));
    }
  }
  return { title: 'pip, recorded event by event', rows, differences };
}
