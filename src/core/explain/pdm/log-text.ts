/** The lines that PDM's resolver prints with `-v`. */
import type { PdmCandidate } from '../../resolver/pdm/provider.ts';
import type { PdmLogEntry, PdmLogLine } from '../../resolver/pdm/reporter.ts';
import type { LogLine } from '../../resolver/outcome.ts';
import type { Identifiers } from '../../resolver/pdm/requirement.ts';
import type { PdmCause } from '../../resolver/pdm/resolve.ts';

/** One text an entry; some have several lines. */
export function logTexts(log: readonly PdmLogLine[], identifiers: Identifiers): readonly LogLine[] {
  return log.flatMap(({ step, entry }) => entryTexts(entry, identifiers).map((text) => ({ text, step })));
}

function entryTexts(entry: PdmLogEntry, identifiers: Identifiers): readonly string[] {
  switch (entry.kind) {
    case 'start':
      return [
        '======== Start resolving requirements ========',
        ...entry.requirements.map(({ text }) => `  ${text}`),
      ];
    case 'round':
      return [`======== Starting round ${entry.index} ========`];
    case 'require': {
      const from = entry.parent === null ? '' : `(from ${named(entry.parent, ' ')})`;
      return [`  Adding requirement ${entry.requirement.text}${from}`];
    }
    case 'pin':
      return [`Adding new pin: ${named(entry.candidate, ' ')}`];
    case 'reject':
      return [rejectText(entry.candidate, entry.information)];
    case 'unreadable':
      return [
        `Invalid metadata in ${named(entry.candidate, '@')}: ${entry.fault.line}: ${entry.fault.reason}`,
      ];
    case 'conflict':
      return [
        'Conflicts detected:\n' +
          causeLines(entry.causes)
            .map((line) => `  ${line}`)
            .join('\n'),
      ];
    case 'result':
      return ['======== Resolution Result ========', ...resultLines(entry.pins, identifiers)];
  }
}

function named({ name, release }: PdmCandidate, joint: string): string {
  return `${name}${joint}${release?.version.text ?? 'None'}`;
}

function rejectText(candidate: PdmCandidate, information: readonly PdmCause[]): string {
  const last = information.at(-1);
  if (last === undefined)
    return `Candidate rejected because it contains invalid metadata: ${named(candidate, '@')}`;
  const others = causeLines(information.slice(0, -1));
  const lines = others.map((line, index) => `${index === 0 ? '    ' : '  '}${line}`);
  const start = `Candidate rejected: ${named(candidate, '@')} because it introduces a new requirement ${last.requirement.text} that conflicts with other requirements:`;
  return lines.length === 0 ? start : `${start}\n${lines.join('\n')}`;
}

/** `REQ (from name@1.0)`, each once, sorted. */
export function causeLines(causes: readonly PdmCause[]): readonly string[] {
  const lines = causes.map(
    ({ requirement, parent }) =>
      `${requirement.text} (from ${parent === null ? 'project' : named(parent, '@')})`,
  );
  return [...new Set(lines)].sort();
}

function resultLines(pins: readonly PdmCandidate[], identifiers: Identifiers): readonly string[] {
  const names = pins.map(({ identifier }) => identifiers.texts[identifier]!);
  const width = names.reduce((most, name) => Math.max(most, name.length), 0);
  return pins.map(
    ({ release }, index) => `  ${names[index]!.padStart(width)} ${release?.version.text ?? 'None'}`,
  );
}
