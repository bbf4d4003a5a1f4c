import { describe, expect, test } from 'vitest';
import { foreseenProjects, loadForeseen } from '../../src/client/snapshot/foresee.ts';
import type { SnapshotStore } from '../../src/client/snapshot/snapshot-store.ts';
import { makeProblem } from '../../src/core/problem/problem.ts';

describe('what a question will need', () => {
  test('is named by the beginnings of its lines, each once and normalised', () => {
    const text =
      '# a comment\nBoto3>=1.28\n  ruamel.yaml ; python_version < "4"\n-r other.txt\n\nboto3\nsvc[new]==1';
    expect(foreseenProjects(text)).toEqual(['boto3', 'ruamel-yaml', 'svc']);
  });

  test('is asked of the snapshot that the question names, and of nothing when it names none', () => {
    const asked: string[] = [];
    const snapshots = {
      loadMissing: (id: string, missing: readonly { project: string }[]) => {
        asked.push(id, ...missing.map(({ project }) => project));
        return Promise.resolve({ ok: true, value: [] });
      },
    } as unknown as SnapshotStore;
    loadForeseen(snapshots, makeProblem({ requirements: 'a\nb', index: { snapshot: 'some' } }));
    loadForeseen(snapshots, makeProblem({ requirements: 'c', index: { overlay: 'c 1.0' } }));
    expect(asked).toEqual(['some', 'a', 'b']);
  });
});
