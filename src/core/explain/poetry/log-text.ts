/** The lines that Poetry's solver prints at `-vvv`, `attempt: text`; seconds are `T`. */
import { fullText } from '../../resolver/poetry/requirement-text.ts';
import type { LogLine as SteppedLine } from '../../resolver/outcome.ts';
import type { LogEntry, LogLine } from '../../resolver/poetry/log.ts';
import type { Overrides, PackageOverrides } from '../../resolver/poetry/overrides.ts';
import { MARKER_SPLIT } from '../../resolver/poetry/overrides.ts';
import type { NamedRequirement } from '../../resolver/poetry/provider/overlap.ts';
import { printedOrder } from '../../resolver/poetry/python-set.ts';
import type { PoetryTerm } from '../../resolver/poetry/terms.ts';
import { incompatibilityText } from './incompatibility-text.ts';

/** A message of several lines has its number before each. */
export function logLines({ attempt, entry }: LogLine): readonly string[] {
  return entryText(entry)
    .split('\n')
    .map((line) => `${attempt}: ${line}`);
}

/** The same with the step of the trace that each comes with. */
export function steppedLines(line: LogLine): readonly SteppedLine[] {
  return logLines(line).map((text) => ({ text, step: line.step }));
}

function entryText(entry: LogEntry): string {
  switch (entry.kind) {
    case 'fact':
    case 'conflict':
      return `${entry.kind}: ${incompatibilityText(entry.incompatibility)}`;
    case 'derived':
      return `derived: ${termText(entry.term)}`;
    case 'satisfied':
      return `! ${termText(entry.term)} is${entry.isPartial ? ' partially' : ''} satisfied by ${termText(entry.by)}`;
    case 'caused':
      return `! which is caused by "${incompatibilityText(entry.incompatibility)}"`;
    case 'thus':
      return `! thus: ${incompatibilityText(entry.incompatibility)}`;
    case 'selecting':
      return `selecting ${entry.completeName} (${entry.version})`;
    case 'duplicates':
      return `Duplicate dependencies for ${entry.name}`;
    case 'merging':
      return `Merging requirements for ${entry.name}`;
    case 'none-relevant':
      return `No relevant requirements for ${entry.name}`;
    case 'one-relevant':
      return `Only one relevant requirement for ${entry.name}`;
    case 'different':
      return `Different requirements found for ${listText(entry.requirements)}.`;
    case 'orphan':
      return `Discarding orphan package ${entry.completeName} (${entry.version}): not reachable from the project's dependencies.`;
    case 'retrying':
      return `Retrying dependency resolution with the following overrides (${overridesText(entry.overrides)}).`;
    case 'run-ended':
      return `Version solving took T seconds.\nTried ${entry.tries} solutions.`;
    case 'all-ended':
      return allEndedText(entry.overrides);
  }
}

function allEndedText(overrides: readonly Overrides[]): string {
  const all = overrides.map((each) => `(${overridesText(each)})`).join(', ');
  return `Complete version solving took T seconds with ${overrides.length} overrides\nResolved with overrides: ${all}`;
}

function termText({ isPositive, versions }: PoetryTerm): string {
  return `${isPositive ? '' : 'not '}${fullText(versions)}`;
}

function listText(requirements: readonly NamedRequirement[]): string {
  const texts = requirements.map(
    ({ name, pretty, marker }) => `${name} (${pretty}) with markers ${marker === '' ? '*' : marker}`,
  );
  return `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)!}`;
}

/** As Python prints the dictionary. */
function overridesText(overrides: Overrides): string {
  const items = [...overrides.values()].map(({ package: item, extras, dependencies }) => {
    const own = [...dependencies].map(
      ([name, dependency]) => `'${name}': <Dependency ${fullText(dependency)}>`,
    );
    return `${packageText(item, extras)}: {${own.join(', ')}}`;
  });
  return `{${items.join(', ')}}`;
}

function packageText(item: PackageOverrides['package'], extras: readonly string[]): string {
  if (item === MARKER_SPLIT) return `Package('${MARKER_SPLIT}', '0')`;
  const features =
    extras.length === 0
      ? ''
      : `, features=frozenset({${printedOrder(extras, 2)
          .map((extra) => `'${extra}'`)
          .join(', ')}})`;
  return `Package('${item.name}', '${item.version.text}'${features})`;
}
