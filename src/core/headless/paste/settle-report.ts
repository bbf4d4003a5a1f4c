/**
 * What a report of uv leaves open, settled by trying: of a few questions that the text allows (the release that wrote
 * it, how many releases lie beyond the last one named, the order of the lines), the first whose own report is the
 * pasted one is taken.
 */
import { changeOfManifest } from '../../manifest/manifest-change.ts';
import { readUvReport } from '../../manifest/log/uv/uv-report.ts';
import { readUvOutput } from '../../manifest/log/uv/uv-sentences.ts';
import { makeFactsIndex } from '../../package-index/facts/facts-index.ts';
import { applyManifest } from '../../problem/apply-manifest.ts';
import { parseEngineId } from '../../problem/engine-id.ts';
import type { Problem } from '../../problem/problem.ts';
import type { Engine } from '../../resolver/engine.ts';
import { loadEngine } from '../engines.ts';
import { runProblem } from '../run.ts';

/** Longer texts are logs: what they tell is not tried out. */
const LONGEST_REPORT = 200_000;
/** Reports of the older frame are read as of its last release; those of 0.11 are worded a little otherwise. */
const LAST_OF_FRAME = 'uv@0.12';
const FIRST_OF_FRAME = 'uv@0.11';
const NOTHING = makeFactsIndex({ projects: {} });

/** `rebuilt` is what the text was read as on `base`; it stays where no other question fits better. */
export async function settleUvReport(text: string, base: Problem, rebuilt: Problem): Promise<Problem> {
  const id = parseEngineId(rebuilt.engine);
  const { prose, log } = readUvOutput(text);
  if (text.length > LONGEST_REPORT || log.length > 0 || !id.ok || id.value.family !== 'uv') return rebuilt;
  const engine = await loadEngine(id.value);
  for (const question of questions(text, base, rebuilt)) if (tells(question, engine, prose)) return question;
  return rebuilt;
}

/** Whether the question fails, and in the same words; hints and line breaks aside. */
function tells(problem: Problem, engine: Engine, prose: string): boolean {
  const run = runProblem(problem, engine, NOTHING, { keepsLog: false });
  if (run.outcome.kind !== 'unsolvable') return false;
  return proofOf(readUvOutput(run.printed ?? run.message).prose) === proofOf(prose);
}

/** From the first "Because" on: headings differ by what was run. */
function proofOf(prose: string): string {
  return prose.slice(Math.max(0, prose.search(/\bBecause /u)));
}

/** Likelier ones first. */
function* questions(text: string, base: Problem, rebuilt: Problem): Generator<Problem> {
  for (const crowded of [false, true]) {
    const read = crowded ? applyManifest(base, changeOfManifest(readUvReport(text, true))) : rebuilt;
    for (const ordered of [read, withLinesReversed(read)]) {
      if (ordered === null) continue;
      yield ordered;
      if (ordered.engine === LAST_OF_FRAME) yield { ...ordered, engine: FIRST_OF_FRAME };
    }
  }
}

/** uv decides in the order of the lines, which a report does not tell; null where there is but one. */
function withLinesReversed(problem: Problem): Problem | null {
  const lines = problem.requirements.split('\n').filter((line) => line.trim() !== '');
  return lines.length < 2 ? null : { ...problem, requirements: `${lines.toReversed().join('\n')}\n` };
}
