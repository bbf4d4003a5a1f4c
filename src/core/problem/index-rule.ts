/** How a Problem's tool reads several live indexes. */
import { parseEngineId } from './engine-id.ts';
import type { Problem } from './problem.ts';

/**
 * pip (and uv's `unsafe-*` strategies) reads every index; uv by default stops at the first that has the project, and
 * never tells the others of it.
 */
export function indexRule({ engine, options }: Pick<Problem, 'engine' | 'options'>): 'merge' | 'first-index' {
  const id = parseEngineId(engine);
  const isUv = id.ok && id.value.family === 'uv';
  return isUv && options.indexStrategy === 'first-index' ? 'first-index' : 'merge';
}
