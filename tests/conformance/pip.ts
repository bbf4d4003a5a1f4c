/** All recordings of pip against our engines, as rows of one table. */
import type { Engine } from '../../src/core/resolver/engine.ts';
import { resolveLegacyTelling } from '../../src/core/explain/pip/legacy-text.ts';
import { resolvePipTelling } from '../../src/core/explain/pip/tell.ts';
import { type Comparison, compareWithRecording } from './pip-comparison.ts';
import { readRecordings, RECORDING_FILES, type Recording } from './pip-recording.ts';
import type { ConformanceRow } from './table.ts';

/** Of one release and family: how many cases agree in what. */
export function summarize(engine: string, family: string, comparisons: readonly Comparison[]): ConformanceRow {
  const count = (part: (comparison: Comparison) => boolean | null): string => {
    const compared = comparisons.map(part).filter((value) => value !== null);
    return compared.length === 0 ? '–' : `${compared.filter(Boolean).length}/${compared.length}`;
  };
  return {
    engine,
    family,
    outcome: count((comparison) => comparison.outcome),
    pins: count((comparison) => comparison.pins),
    events: count((comparison) => comparison.events),
    text: count((comparison) => comparison.text),
    metrics: count((comparison) => comparison.metrics),
    differences: comparisons
      .filter(({ difference }) => difference !== '')
      .map(({ recording, difference }) => `pip ${recording.pip} ${recording.name}: ${difference}`),
  };
}

/** pip had no search before 20.3. */
function engineOf({ pip }: Recording): Engine {
  return pip.startsWith('19.') ? resolveLegacyTelling : resolvePipTelling;
}

/** Runs every recording; calls `onRow` as soon as a row is complete. */
export function comparePip(onRow: (row: ConformanceRow) => void): void {
  for (const { file, family } of RECORDING_FILES) {
    const all = readRecordings(file);
    for (const release of new Set(all.map(({ pip }) => pip))) {
      const recordings = all.filter(({ pip }) => pip === release);
      const comparisons = recordings.map((recording) => compareWithRecording(recording, engineOf(recording)));
      onRow(summarize(`pip@${release}`, family, comparisons));
    }
  }
}
