/** Real runs of `pdm lock -v` against ours: outcome, report, steps, and what pdm.lock says of each package. */
import { resolvePdm } from '../../src/core/explain/pdm/pdm-engine.ts';
import { lockConformance } from './poetry.ts';
import type { ConformanceTable } from './table.ts';

/** PDM 2.29.4's recordings with ours. */
export function pdmConformance(): ConformanceTable {
  return lockConformance({
    title: 'PDM 2.29.4, pdm lock -v',
    recordings: 'recordings/pdm-2.29.4-lock.json',
    engine: 'pdm@2.29',
    resolve: resolvePdm,
  });
}
