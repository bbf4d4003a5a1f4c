/** What the Share menu copies or saves, by target: one function for the page and the headless command. */
import { assertNever } from '../packaging/assert.ts';
import type { Trace } from '../resolver/trace.ts';
import { decidingStep } from '../search-tree/deciding-step.ts';
import { buildSearchTree } from '../search-tree/search-tree-builder.ts';
import { issueText, type SharedRun } from './markdown/issue-text.ts';
import { conflictDiagram } from './mermaid/conflict-diagram.ts';
import { plainText } from './plain-text.ts';
import { decisiveSteps } from './svg/decisive-steps.ts';
import { searchSvg, storyboardSvg, type PictureWords } from './svg/search-svg.ts';

/** Where a run can go as text. `discourse` folds by its own marks and draws no diagrams. */
export const SHARE_TARGETS = ['markdown', 'discourse', 'mermaid', 'svg', 'storyboard', 'text'] as const;
export type ShareTarget = (typeof SHARE_TARGETS)[number];

/** A run as text for a target. `step` is the step that is looked at; null: the one that decides. */
export function sharedText(
  target: ShareTarget,
  run: SharedRun,
  trace: Trace,
  step: number | null = null,
): string {
  switch (target) {
    case 'markdown':
      return issueText(run);
    case 'discourse':
      return issueText(run, 'discourse');
    case 'mermaid':
      return `${conflictDiagram(run.problem, run.explanation)}\n`;
    case 'svg':
      return searchSvg(trace, step ?? decidingStep(buildSearchTree(trace), trace), pictureWords(run));
    case 'storyboard':
      return storyboardSvg(trace, decisiveSteps(trace), pictureWords(run));
    case 'text':
      return plainText(run);
    default:
      return assertNever(target);
  }
}

function pictureWords({ problem, explanation }: SharedRun): PictureWords {
  const { python, platform } = problem.environment;
  const index =
    problem.index.snapshot ?? (problem.index.live === true ? 'live index' : 'an index of its own');
  return {
    title: explanation.sentence.replaceAll('`', ''),
    caption: `${problem.engine.replace('@', ' ')}, Python ${python}, ${platform}, ${index}`,
  };
}
