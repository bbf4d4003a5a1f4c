/** Searches that fit on a page, one for each thing that the picture must tell apart. */
import type { TraceRecorder } from '../../src/core/resolver/trace-recorder.ts';
import { Specimen } from './specimen.ts';

/** A solved run without a branch: forty pins, one after the other. */
export function longChain(): TraceRecorder {
  const search = new Specimen().lines('part1');
  for (let part = 1; part <= 40; part++) search.round().pin(`part${part} 1.${part}`);
  return search.done('solved');
}

/** Two lines clash over a third package: nothing to try, nothing solved. */
export function toyConflict(): TraceRecorder {
  return new Specimen()
    .lines('a', 'b')
    .round()
    .pin('a 1.0', 'c<2')
    .round()
    .skip('b 1.0', ['c>=2'], ['c<2', 'a 1.0'], ['c>=2', 'b 1.0'])
    .conflict(['c<2', 'a 1.0'], ['c>=2', 'b 1.0'])
    .unpin('a 1.0')
    .jump(1, 0, ['c<2', 'a 1.0'], ['c>=2', 'b 1.0'])
    .done('unsolvable');
}

/** Five versions of `cup` are skipped and no decision is undone. */
export function skipNotBacktrack(): TraceRecorder {
  const search = new Specimen().lines('tea').round().pin('tea 1.9.8', 'spoon==2.27.0', 'cup>=1.6');
  search.round().pin('spoon 2.27.0').round();
  for (const minor of [22, 21, 20, 19, 18]) {
    const cup = `cup 3.${minor}.0`;
    search.skip(cup, ['spoon>=2.28'], ['spoon==2.27.0', 'tea 1.9.8'], ['spoon>=2.28', cup]);
  }
  return search.pin('cup 3.17.0', 'spoon>=2.0').round().done('solved');
}

/** A conflict at the fourth pin is the fault of the first; the two between are jumped over. */
export function backjump(): TraceRecorder {
  const causes = [
    ['core>=2', 'web 5.0'],
    ['core<2', 'notebook 1.0'],
  ] as const;
  const search = new Specimen().lines('web', 'log', 'theme', 'notebook').round();
  search.pin('web 5.0', 'core>=2').round().pin('log 1.2').round().pin('theme 3.1').round();
  search.skip('notebook 1.0', ['core<2'], ...causes).conflict(...causes);
  search.unpin('theme 3.1', 'log 1.2', 'web 5.0').jump(3, 0, ...causes);
  search.round().pin('web 4.0', 'core>=1').round().pin('log 1.2').round().pin('theme 3.1').round();
  return search.pin('notebook 1.0', 'core<2').round().pin('core 1.0').round().done('solved');
}

/** An optimistic jump leads nowhere and is undone; the search goes on where it had jumped. */
export function rollback(): TraceRecorder {
  const clash = [
    ['z<2', 'x 2'],
    ['z>=2', 'y 3'],
  ] as const;
  const search = new Specimen().lines('x', 'w', 'y').round().pin('x 2', 'z<2').round().pin('w 1').round();
  search
    .skip('y 3', ['z>=2'], ...clash)
    .skip('y 2', ['z>=2'], ...clash)
    .conflict(...clash);
  search.unpin('w 1', 'x 2').jump(2, 0, ...clash);
  search.round().skip('x 1', ['z>=3'], ['z>=3', 'x 1']).conflict(['z>=3', 'x 1']);
  search.rollback(0, 1).restore('x 2');
  search.round().pin('w 0.9').round().pin('y 1').round().pin('z 1').round();
  return search.done('solved');
}

/** Rounds that "succeed" for ever: each pin breaks the other, which is pinned again. Stopped. */
export function livelock(): TraceRecorder {
  const search = new Specimen().lines('b').round().pin('b 3', 'c==2.0').round().pin('c 2.0', 'b==2.0');
  for (let turn = 0; turn < 3; turn++) {
    search.round().unpin('b 3').pin('b 2', 'c==1.0').round().unpin('c 2.0').pin('c 1.0', 'b!=2.0');
    search.round().unpin('b 2').pin('b 3', 'c==2.0').round().unpin('c 1.0').pin('c 2.0', 'b==2.0');
  }
  return search.done('stopped');
}

/** PubGrub: a contradiction, a learned rule, a jump back. */
export function learnedRule(): TraceRecorder {
  const search = new Specimen();
  const { trace } = search;
  const root = trace.addPackage({ identifier: 'Root', name: '' });
  const term = (name: string, isPositive: boolean, range: string): number =>
    trace.addTerm({ package: name === '' ? root : search.package(name), isPositive, range });
  const dependency = trace.addIncompatibility({
    terms: [term('foo', true, '==1.1.0'), term('left', false, '>=1,<2')],
    reason: 'dependency',
  });
  const other = trace.addIncompatibility({
    terms: [term('left', true, '>=1'), term('target', true, '>=2')],
    reason: 'derived',
    causes: [dependency, dependency],
  });
  trace.record('decide', search.candidate('foo 1.1.0'), 1);
  trace.record('incompatibility', dependency);
  trace.record('decide', search.candidate('target 2.0.0'), 2);
  trace.record('decide', search.candidate('left 1.0.0'), 3);
  trace.record('clash', other);
  trace.record('learn', other);
  search.unpin('left 1.0.0', 'target 2.0.0', 'foo 1.1.0');
  trace.record('backjump', 3, 0, -1);
  trace.record('decide', search.candidate('foo 1.0.0'), 1);
  trace.record('decide', search.candidate('target 2.0.0'), 2);
  return search.done('solved');
}
