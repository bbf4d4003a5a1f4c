/** What pages, services and people do to a report changes nothing of what is read; every kind in several eras. */
import { describe, expect, it } from 'vitest';
import { changeOfManifest } from '../../../src/core/manifest/manifest-change.ts';
import { readManifest } from '../../../src/core/manifest/read-manifest.ts';
import { DISGUISES } from '../../field/disguises.ts';
import { judge, paste } from '../../field/judge.ts';
import { REPORTS } from '../../field/reports.ts';

describe.each(REPORTS)('$id', ({ text, right }) => {
  it('as it stands', async () => {
    expect(judge(await paste([{ name: 'pasted.txt', text }]), right)).toEqual([]);
  });

  it.each(Object.entries(DISGUISES))('behind %s', (_name, put) => {
    const plain = readManifest(text).manifest;
    const disguised = readManifest(put(text)).manifest;
    expect(disguised.kind).toBe(plain.kind);
    // The world's text has the guesses in the order in which they were made; its releases are compared as facts.
    expect({ ...changeOfManifest(disguised), overlay: null }).toEqual({
      ...changeOfManifest(plain),
      overlay: null,
    });
    expect(disguised.facts).toEqual(plain.facts);
  });
});
