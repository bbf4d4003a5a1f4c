import { expect, test } from 'vitest';
import { decodeEmbed, encodeEmbed, iframeLine } from '../../src/client/codec/embed-link.ts';
import { loadEngine } from '../../src/core/headless/engines.ts';
import { explainProblemRun } from '../../src/core/headless/explain-problem.ts';
import { runProblem } from '../../src/core/headless/run.ts';
import { parseFacts } from '../../src/core/package-index/facts/facts.ts';
import { makeFactsIndex } from '../../src/core/package-index/facts/facts-index.ts';
import { parseEngineId } from '../../src/core/problem/engine-id.ts';
import { makeProblem } from '../../src/core/problem/problem.ts';
import type { TracedRun } from '../../src/core/share/trace-file/trace-file.ts';
import { traceDigest } from '../../src/core/share/trace-digest.ts';

async function run(requirements: string, projects: object): Promise<TracedRun> {
  const problem = makeProblem({ requirements, index: { facts: { projects } } });
  const id = parseEngineId(problem.engine);
  const facts = parseFacts({ projects });
  if (!id.ok || !facts.ok) throw new Error('no such engine, or facts');
  const engine = await loadEngine(id.value);
  const made = runProblem(problem, engine, makeFactsIndex(facts.value));
  const explanation = explainProblemRun(made, id.value, engine);
  return { summary: { ...made, explanation, milliseconds: 0 }, trace: made.trace };
}

const CLASH = { a: { '1': { requires: ['c<2'] } }, c: { '1': { requires: [] }, '2': { requires: [] } } };

test('a run comes out of an address as it went in, at its step', async () => {
  const made = await run('a\nc>=2', CLASH);
  const fragment = (await encodeEmbed({ run: made, step: 3 }))!;
  expect(fragment).toMatch(/^#e1\.3\/[\w-]+$/u);
  const read = await decodeEmbed(fragment);
  if (!read.ok) throw new Error(read.error.message);
  expect(read.value.step).toBe(3);
  expect(traceDigest(read.value.run.trace)).toBe(traceDigest(made.trace));
  expect(read.value.run.summary.explanation.sentence).toBe(made.summary.explanation.sentence);
});

test('what is no such address says so', async () => {
  const fragment = (await encodeEmbed({ run: await run('a\nc>=2', CLASH), step: 0 }))!;
  for (const text of ['', '#v2.x', '#e1.0/', fragment.slice(0, 60), `#e1.0/${'A'.repeat(40_000)}`])
    expect((await decodeEmbed(text)).ok).toBe(false);
});

test('a title is text of an attribute', () => {
  const line = iframeLine('https://h/embed.html', '#e1.0/x', 'a" onload="alert(1)\n<b>&');
  expect(line).toContain('title="a&quot; onload=&quot;alert(1) &lt;b&gt;&amp;"');
  expect(line.match(/"/gu)).toHaveLength(line.match(/="/gu)!.length * 2);
});
