/** Resolves what was rebuilt from a text, with nothing but its own toy index. */
import { expect } from 'vitest';
import { runProblem, type Run } from '../../../src/core/headless/run.ts';
import { changeOfManifest } from '../../../src/core/manifest/manifest-change.ts';
import { manifestPanes, type Manifest } from '../../../src/core/manifest/manifest.ts';
import { makeFactsIndex } from '../../../src/core/package-index/facts/facts-index.ts';
import { makeOverlayIndex } from '../../../src/core/package-index/overlay/overlay-index.ts';
import { parseOverlay } from '../../../src/core/package-index/overlay/overlay-parse.ts';
import { makeProblem } from '../../../src/core/problem/problem.ts';
import type { Engine } from '../../../src/core/resolver/engine.ts';
import { resolvePip } from '../../../src/core/resolver/pip/resolve.ts';

/** Goes by the toy index's text, so that the text is tested too. `python` where the manifest names none. */
export function resolveRebuilt(manifest: Manifest, python: string, engine: Engine = resolvePip): Run {
  const change = changeOfManifest(manifest);
  const { overlay, errors } = parseOverlay(change.overlay ?? '');
  expect(errors).toEqual([]);
  // pip locks no project: it is asked for its lines.
  const project = engine === resolvePip ? undefined : change.pyproject;
  const problem = makeProblem({
    requirements: (project === undefined ? manifestPanes(manifest).requirements : '') ?? '',
    ...(project === undefined ? {} : { pyproject: project, engine: manifest.engine ?? 'uv@0.13' }),
    ...(change.constraints ? { constraints: change.constraints } : {}),
    options: { ...(change.options as NonNullable<Parameters<typeof makeProblem>[0]['options']>) },
    environment: { python: change.environment.python ?? python },
  });
  return runProblem(problem, engine, makeOverlayIndex(overlay, makeFactsIndex({ projects: {} })));
}
