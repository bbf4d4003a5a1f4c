/** Words about options: their flags, their values as text, and why one does nothing. */
import { OPTION_RULES, type OptionName, type OptionUse } from '../../../core/problem/option-rules.ts';
import type { Problem } from '../../../core/problem/problem.ts';

/** A spelling of an option; `tool` is '' when the tools agree or only one has it. */
export interface OptionFlag {
  readonly flag: string;
  readonly tool: '' | 'pip' | 'uv' | 'Poetry';
}

/** The spellings of an option, pip's first. */
export function flagsOf(name: OptionName): readonly OptionFlag[] {
  const { pip, uv, poetry } = OPTION_RULES[name];
  if (uv !== null && poetry !== undefined)
    return [
      { flag: uv, tool: 'uv' },
      { flag: poetry, tool: 'Poetry' },
    ];
  if (pip === null && uv === null) return [];
  if (pip === null || uv === null || pip === uv) return [{ flag: pip ?? uv ?? '', tool: '' }];
  return [
    { flag: pip, tool: 'pip' },
    { flag: uv, tool: 'uv' },
  ];
}

/** A value as it is typed into a text field. */
export function textOfOption(value: Problem['options'][OptionName]): string {
  if (value === null || typeof value === 'boolean') return '';
  if (!Array.isArray(value)) return String(value);
  // Markers have blanks and commas of their own, so they stand one a line.
  return value.join(value.some((item) => /[\s"']/.test(item)) ? '\n' : ', ');
}

/** Why an option does nothing with an engine, as a sentence; '' for one that is used. */
export function reasonAgainst(use: OptionUse, engine: string): string {
  switch (use.kind) {
    case 'used':
      return '';
    case 'newer':
      return `Not in ${engine}: pip ${use.since} and later.`;
    case 'other-tool':
      return `Not in ${engine}: only ${use.tool} has it.`;
    case 'needs':
      return `Only with \`${OPTION_RULES[use.option].pip ?? OPTION_RULES[use.option].uv ?? ''}\`.`;
    case 'none':
      return `Not in ${engine}.`;
  }
}
