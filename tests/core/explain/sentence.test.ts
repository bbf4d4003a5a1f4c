import { describe, expect, test } from 'vitest';
import { sentenceForStep } from '../../../src/core/explain/sentence.ts';
import { spokenSentence } from '../../../src/core/explain/spoken.ts';
import { actionForStep, becauseForStep } from '../../../src/core/explain/step-words.ts';
import { wordCount } from '../../../src/core/explain/words.ts';
import { EVENT_KINDS, NO_PARENT, type EventKind } from '../../../src/core/resolver/events.ts';
import { eventAt } from '../../../src/core/resolver/trace.ts';
import { TraceRecorder } from '../../../src/core/resolver/trace-recorder.ts';

/** A trace with one event of every kind; not a search that could happen, but all that can be worded. */
function everyKind(): TraceRecorder {
  const trace = new TraceRecorder();
  const requests = trace.addPackage({ identifier: 'requests', name: 'requests' });
  const urllib3 = trace.addPackage({ identifier: 'urllib3', name: 'urllib3' });
  const python = trace.addPackage({ identifier: '<Python from Requires-Python>', name: '' });
  const root = trace.addPackage({ identifier: 'root', name: '' });
  const line1 = trace.addRequirement({
    package: requests,
    text: 'requests==2.24.0',
    source: { pane: 'requirements', line: 1 },
  });
  const line3 = trace.addRequirement({
    package: urllib3,
    text: 'urllib3<1.21',
    source: { pane: 'requirements', line: 3 },
  });
  const need = trace.addRequirement({ package: urllib3, text: 'urllib3!=1.25.0,<1.26,>=1.21.1' });
  const pythonNeed = trace.addRequirement({ package: python, text: 'Requires-Python >=3.8' });
  const candidate = trace.addCandidate({
    package: requests,
    version: '2.24.0',
    label: 'requests==2.24.0',
    origin: 'index',
  });
  const interpreter = trace.addCandidate({
    package: python,
    version: '3.11.7',
    label: '<Python 3.11.7>',
    origin: 'python',
  });
  const causes = trace.addCauses([
    { requirement: line3, parent: NO_PARENT },
    { requirement: need, parent: candidate },
  ]);
  const noCauses = trace.addCauses([]);
  const chosen = trace.addTerm({ package: requests, isPositive: true, range: '==2.24.0' });
  const allowed = trace.addTerm({ package: urllib3, isPositive: false, range: '>=1.21.1,<1.26' });
  const wanted = trace.addTerm({ package: urllib3, isPositive: true, range: '>=1.21.1,<1.26' });
  const rootTerm = trace.addTerm({ package: root, isPositive: true, range: '*' });
  const dependency = trace.addIncompatibility({ terms: [chosen, allowed], reason: 'dependency' });
  const gone = trace.addIncompatibility({ terms: [wanted], reason: 'no-versions' });
  const learned = trace.addIncompatibility({
    terms: [rootTerm, chosen],
    reason: 'derived',
    causes: [dependency, gone],
  });
  trace.record('page', urllib3);
  trace.record('metadata', candidate);
  trace.record('require', line1, NO_PARENT);
  trace.record('require', need, candidate);
  trace.record('require', pythonNeed, candidate);
  trace.record('round', 0);
  trace.record('pin', candidate);
  trace.record('pin', interpreter);
  trace.record('reject', candidate, causes);
  trace.record('conflict', causes);
  trace.record('backtrack', candidate);
  trace.record('unpin', candidate);
  trace.record('backjump', 4, 1, causes);
  trace.record('backjump', 2, 1, noCauses);
  trace.record('restore', candidate);
  trace.record('rollback', 1, 3);
  trace.record('build-begin', candidate);
  trace.record('build-end', candidate, 0);
  trace.record('select', candidate);
  trace.record('decide', candidate, 1);
  trace.record('decide', candidate, 1, 1);
  trace.record('derive', wanted, dependency, 1);
  trace.record('derive', allowed, gone, 1);
  trace.record('incompatibility', dependency);
  trace.record('clash', gone);
  trace.record('learn', learned);
  trace.record('reprioritize', urllib3, 2);
  trace.record('unpin', candidate);
  trace.record('fork', 2, 1);
  trace.record('done', 1);
  return trace;
}

function stepOf(trace: TraceRecorder, kind: EventKind): number {
  for (let step = 0; step < trace.length; step += 1) if (eventAt(trace, step).kind === kind) return step;
  throw new Error(`no ${kind}`);
}

describe('sentences of steps', () => {
  test('every kind of event has a sentence, word for word', () => {
    const trace = everyKind();
    const steps = Array.from({ length: trace.length }, (_step, at) => at);
    expect(
      steps.map((step) => `${eventAt(trace, step).kind}: ${sentenceForStep(trace, step)}`),
    ).toMatchSnapshot();
    expect(
      steps.map((step) => `${actionForStep(trace, step)} | ${becauseForStep(trace, step)}`),
    ).toMatchSnapshot();
    const kinds = new Set<EventKind>(steps.map((step) => eventAt(trace, step).kind));
    expect([...EVENT_KINDS].filter((kind) => !kinds.has(kind))).toEqual([]);
  });

  test('a skip names the line that stands against it, within 30 words', () => {
    const trace = everyKind();
    const step = stepOf(trace, 'reject');
    expect(sentenceForStep(trace, step)).toBe(
      'Skipped `requests` 2.24.0: it needs `urllib3>=1.21.1,<1.26,!=1.25.0`, but line 3 asks for `urllib3<1.21`.',
    );
    for (let at = 0; at < trace.length; at += 1)
      expect(wordCount(sentenceForStep(trace, at)), sentenceForStep(trace, at)).toBeLessThanOrEqual(30);
  });

  test('skipping, undoing and jumping back share no word', () => {
    const actions = (['reject', 'unpin', 'backjump'] as const).map((kind) => {
      const trace = everyKind();
      const step = stepOf(trace, kind);
      return sentenceForStep(trace, step).split(' ', 1)[0];
    });
    expect(actions).toEqual(['Skipped', 'Undid', 'Jumped']);
  });
});

describe('spoken sentences', () => {
  test.each([
    ['line 3 asks for `urllib3<1.21`', 'line 3 asks for urllib3, below 1.21'],
    ['`a` `>=2,<3`', 'a at least 2, below 3'],
    ['`flask[async,dotenv]==2.*`', 'flask with async and dotenv, any 2 version'],
    ['`a!=1.5`', 'a, not 1.5'],
    ['`a~=1.4`', 'a, compatible with 1.4'],
    ['`bar @ file:///x`', 'bar @ file:///x'],
  ])('%s', (sentence, spoken) => {
    expect(spokenSentence(sentence)).toBe(spoken);
  });
});
