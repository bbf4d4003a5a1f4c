/** Repairs that were tried, in words: what changes, and what would be installed then. */
import type { Repair, LineChange } from '../diagnose/repair.ts';
import type { Repairs } from '../diagnose/repair-trials.ts';
import type { Pin } from '../resolver/outcome.ts';
import type { Fix, LineEdit } from './explanation.ts';
import { readableRequirement } from './requirement-text.ts';
import { capitalized, code, count, lineName, listOf, shortListOf } from './words.ts';

/** A repair as the answer offers it. */
export function fixOf({ kind, changes, python, pins }: Repair, hasPythonVersion = false): Fix {
  const [first, ...others] = changes.map(editOf);
  const text =
    python === null
      ? capitalized(listOf(changes.map(changeWords)))
      : hasPythonVersion
        ? `Use ${code(`--python-version ${python}`)}`
        : `Use Python ${python}`;
  return {
    kind,
    source: first?.source ?? null,
    text,
    newLine: first?.newLine ?? '',
    ...(first?.adds === true ? { adds: first.adds } : {}),
    also: others,
    setting: python === null ? null : { [hasPythonVersion ? 'pythonVersion' : 'python']: python },
    pins,
    note: noteOf(pins, changes),
  };
}

/** A change of a line as the text's reader makes it. */
export function editOf({ source, before, after }: LineChange): LineEdit {
  const newLine = after === null ? '' : readableRequirement(after.text);
  return before === null ? { source, newLine, adds: true } : { source, newLine };
}

/** `change line 3 from … to …`, in the middle of a sentence. */
export function changeWords({ source, before, after }: LineChange): string {
  if (after === null)
    return `take out ${lineName(source)}, ${code(readableRequirement(before!.requirement.text))}`;
  const wish = code(readableRequirement(after.text));
  if (before === null) return `add the line ${wish}`;
  return `change ${lineName(source)} from ${code(readableRequirement(before.requirement.text))} to ${wish}`;
}

/** What would be installed, the changed packages first. */
function noteOf(pins: readonly Pin[], changes: readonly LineChange[]): string {
  const changed = new Set(
    changes.flatMap(({ after, before }) => (after ?? before?.requirement)?.normalizedName ?? []),
  );
  const ordered = pins.toSorted((a, b) => Number(changed.has(b.name)) - Number(changed.has(a.name)));
  const names = ordered.map((pin) => `${code(pin.name)} ${pin.version}`);
  const hashed = changes.filter(({ before, after }) => (before?.hashes.length ?? 0) > 0 && after !== null);
  const hashes =
    hashed.length === 0
      ? ''
      : ` The hashes of ${listOf(hashed.map(({ source }) => lineName(source)))} are those of the old files and go with the change.`;
  return `Tried: solves with ${count(pins.length, 'package')}${names.length === 0 ? '' : `, ${shortListOf(names, 3)}`}.${hashes}`;
}

/** What is to be said besides the fixes: that nothing single helps, and what was left undecided. */
export function repairRemarks({ repairs, tried, undecided, isCutShort }: Repairs): readonly string[] {
  const unknown =
    undecided === 0
      ? ''
      : ` Whether ${undecided} of them would do is not known: facts are missing here, or the run takes too long.`;
  const rest = isCutShort ? ' More could be tried; the work set aside for it ran out.' : '';
  const [best] = repairs;
  const amount = `${count(tried, 'change was', 'changes were')} tried`;
  const nothing = undecided === 0 ? 'Nothing single helps' : 'Nothing single helps as far as is known';
  if (best === undefined)
    return [
      tried === 0
        ? `Nothing single helps: ${amount}, because no line has a bound that another known version would meet, or an extra that could go.`
        : `${nothing}: ${amount}.${unknown}${rest}`,
    ];
  if (best.kind === 'pair')
    return [`${nothing}: ${amount}. Two lines have to change together.${unknown}${rest}`];
  return unknown + rest === '' ? [] : [`${capitalized(amount)}.${unknown}${rest}`];
}
