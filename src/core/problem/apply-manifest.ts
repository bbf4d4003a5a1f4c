/** A manifest's change put into a Problem: what the page does when a pasted text is used, and the headless command. */
import type { ManifestChange } from '../manifest/manifest-change.ts';
import { parseEngineId } from './engine-id.ts';
import { parseProblem, type Problem } from './problem.ts';

/** The Problem after a manifest's change. What the schema would refuse is left as it was. */
export function applyManifest(problem: Problem, change: ManifestChange): Problem {
  const { options, environment, engine, overlay, ...texts } = change;
  // Lines that are asked for take the place of a project that was.
  const hasNewLines = (texts.requirements ?? '').trim() !== '' && texts.pyproject === undefined;
  const panes = hasNewLines && problem.pyproject !== undefined ? { ...texts, pyproject: '' } : texts;
  const isKnown = engine !== null && parseEngineId(engine).ok;
  const changed = parseProblem({
    ...problem,
    ...panes,
    engine: isKnown ? engine : problem.engine,
    options: { ...problem.options, ...options },
    environment: { ...problem.environment, ...environment },
    index: overlay === null ? problem.index : { ...problem.index, overlay },
  });
  if (changed.ok) return changed.value;
  return { ...problem, ...panes };
}
