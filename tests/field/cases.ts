/** All cases of the field: those of ../shared/data/field, where that folder is, and the project's own. */
import type { NamedText } from '../../src/core/manifest/file-set.ts';
import { readSharedJson, sharedData } from '../shared-data.ts';
import { DISGUISES } from './disguises.ts';
import type { Expectation } from './judge.ts';
import { FILES } from './files-right.ts';
import { MORE_REPORTS } from './more-reports.ts';
import { REPORTS } from './reports.ts';
import { PASTED, TOOL_REPORTS, TOOLS } from './shared-right.ts';

export interface FieldCase {
  readonly id: string;
  readonly kind: string;
  readonly files: readonly NamedText[];
  readonly right: Expectation;
}

/** As the shared files have them: `input` is a text, or files as [name, text]. */
interface SharedCase {
  readonly id: string;
  readonly kind: string;
  readonly input: string | readonly (readonly [string, string])[];
}

const SHARED: readonly (readonly [string, Readonly<Record<string, Expectation>>])[] = [
  ['pasted', PASTED],
  ['tool-reports', TOOL_REPORTS],
  ['tools', TOOLS],
  ['files', FILES],
];

/** Every case that says what is right: the shared ones, and each report of the project's own in every disguise. */
export function* fieldCases(): Generator<FieldCase> {
  for (const { id, text, right } of [...REPORTS, ...MORE_REPORTS]) {
    const kind = `own: ${right.kind ?? ''}`;
    yield { id, kind, files: [{ name: 'pasted.txt', text }], right };
    for (const [name, put] of Object.entries(DISGUISES))
      yield { id: `${id}, behind ${name}`, kind, files: [{ name: 'pasted.txt', text: put(text) }], right };
  }
  if (sharedData !== null) for (const [file, right] of SHARED) yield* sharedCases(file, right);
}

function* sharedCases(file: string, right: Readonly<Record<string, Expectation>>): Generator<FieldCase> {
  for (const { id, kind, input } of readSharedJson(`field/${file}.json`) as readonly SharedCase[]) {
    const expectation = right[id];
    if (expectation === undefined) continue;
    yield {
      id,
      kind: file === 'files' ? file : `${file}: ${kind}`,
      files: filesOf(input),
      right: expectation,
    };
  }
}

/** Sets of files are lists of name and text, some of them written as text. */
function filesOf(input: SharedCase['input']): readonly NamedText[] {
  const set =
    typeof input === 'string' && input.startsWith('[["') ? (JSON.parse(input) as typeof input) : input;
  if (typeof set === 'string') return [{ name: 'pasted.txt', text: set }];
  return set.map(([name, text]) => ({ name, text }));
}
