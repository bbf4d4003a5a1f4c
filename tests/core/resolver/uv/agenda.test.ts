import { TraceRecorder } from '../../../../src/core/resolver/trace-recorder.ts';
import { UvLog } from '../../../../src/core/resolver/uv/uv-log.ts';
import { expect, test } from 'vitest';
import { VersionRange } from '../../../../src/core/packaging/version-range.ts';
import { Agenda } from '../../../../src/core/resolver/uv/agenda.ts';
import { CONFLICT_THRESHOLD } from '../../../../src/core/resolver/uv/conflict-tracker.ts';
import { basePackage, PackageTable } from '../../../../src/core/resolver/uv/package.ts';

function clash(packages: readonly number[]) {
  return {
    package: packages[0]!,
    incompatibility: { id: 0, packages, terms: [], cause: { kind: 'root' as const } },
  };
}

test('a culprit goes behind and is undone, unless it went before for its own conflicts', () => {
  const agenda = new Agenda(
    new PackageTable(),
    { reprioritized: () => undefined },
    new UvLog(new TraceRecorder()),
  );
  const [a, b] = ['a', 'b'].map((name) =>
    agenda.register({
      package: basePackage(name),
      range: VersionRange.FULL,
      requirement: null,
      isDirectUrl: false,
    }),
  ) as [number, number];
  const undone: number[] = [];
  // Five times b is rejected because of a, while b is at hand …
  for (let times = 0; times < CONFLICT_THRESHOLD; times++) agenda.recordConflict(b, clash([b, a]));
  agenda.moveConflicting((number) => undone.push(number));
  expect(undone).toEqual([a]);
  // … then five times a because of b: b stays before and is not undone.
  for (let times = 0; times < CONFLICT_THRESHOLD; times++) agenda.recordConflict(a, clash([a, b]));
  agenda.moveConflicting((number) => undone.push(number));
  expect(undone).toEqual([a]);
});
