/** Puts advice for a quicker search into the requirements, to be undone like a fix. */
import type { SpeedAdvice } from '../core/explain/explanation.ts';
import type { Playground } from './playground.svelte.ts';

export async function applyFaster(playground: Playground, advice: SpeedAdvice): Promise<void> {
  const { applyAdvice } = await import('../core/explain/fix-edit.ts');
  const requirements = applyAdvice(playground.problem.requirements, advice);
  const source = advice.edits[0]?.source ?? advice.first;
  playground.apply({ source, text: advice.text.replace(/: .*$/u, '') }, { requirements });
}
