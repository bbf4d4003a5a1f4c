/**
 * A run as Markdown for an issue tracker: what happened, the smallest input that shows it, where, the proof, and the
 * tool's own words. It reads well without opening the link.
 */
import type { LineSource } from '../resolver/trace.ts';
import type { Explanation, ProofStep } from './explanation.ts';
import { outcomeHeading } from './status-text.ts';
import { becauseNumbers } from './proof-steps.ts';

/** Steps of a proof that are printed; issue trackers refuse texts above 65,536 characters. */
const PRINTED_STEPS = 60;
/** Characters of the tool's text that are printed. */
const PRINTED_TEXT = 20_000;

export interface IssueInput {
  readonly explanation: Explanation;
  /** `pip 26.2`. */
  readonly tool: string;
  /** `Python 3.12.0, linux-x86_64`. */
  readonly environment: string;
  /** `PyPI, 7 September 2023`. */
  readonly index: string;
  /** Address that opens this run; '' when there is none. */
  readonly link: string;
  /** The texts as pasted, by pane. */
  readonly texts: Readonly<Partial<Record<LineSource['pane'], string>>>;
  /** Options that are not the default, `pre=true`; '' for none. */
  readonly options?: string;
  /** Releases by hand that the answer rests on; '' for none. */
  readonly toyIndex?: string;
}

/** The whole issue, ending in a newline. */
export function issueText(input: IssueInput): string {
  const { explanation, tool } = input;
  const parts = [
    `**${outcomeHeading(explanation.kind)}.** ${explanation.sentence}`,
    ...explanation.remarks,
    basisText(explanation),
    `### To reproduce\n\n${reproduction(input)}`,
    facts(input),
    section('Changes that work', explanation.fixes.map((fix) => `- ${fix.text}. ${fix.note}`).join('\n')),
    section('Proof', proofText(explanation.proof)),
    section(`What ${tool} prints`, toolText(explanation)),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function section(title: string, body: string): string {
  return body === '' ? '' : `### ${title}\n\n${body}`;
}

function basisText({ minimality, lines }: Explanation): string {
  if (lines.length === 0) return '';
  switch (minimality.status) {
    case 'minimal':
      return `The lines below are minimal: without any one of them there is a solution (checked in ${minimality.solves} solves).`;
    case 'not-minimal':
      return 'The lines below cannot hold together; whether all are needed was not checked to the end.';
    case 'not-checked':
      return 'The lines below are those that the tool names; this was not checked.';
  }
}

/** The guilty lines, or everything when nobody is blamed, pane by pane. */
function reproduction({ explanation, texts, toyIndex = '' }: IssueInput): string {
  const { lines } = explanation;
  const panes = Object.entries(texts) as [LineSource['pane'], string][];
  return panes
    .map(([pane, text]): readonly [string, string] => {
      const own = new Set(lines.filter((line) => line.pane === pane).map(({ line }) => line));
      const all = text.split(/\r?\n/u);
      return [pane, (lines.length === 0 ? all : guiltyText(all, own)).join('\n').trim()];
    })
    .concat([['toy index', toyIndex.trim()]])
    .filter(([, text]) => text !== '')
    .map(([pane, text]) => `\`${pane}\`:\n\n${fenced(text)}`)
    .join('\n\n');
}

/** A line that sets an option of the tool, not one that names another file or a project. */
const OPTION_LINE = /^\s*--?(?!(?:r|c|e|requirement|constraint|editable)\b)\w/u;

/** The guilty lines with their numbers, which the sentences name, and the options that go for all lines. */
function guiltyText(all: readonly string[], guilty: ReadonlySet<number>): readonly string[] {
  if (guilty.size === 0) return [];
  const kept: string[] = [];
  for (let at = 0; at < all.length; at++) {
    const first = at + 1;
    const whole = [all[at]!];
    while (whole.at(-1)!.endsWith('\\') && at + 1 < all.length) whole.push(all[++at]!);
    if (guilty.has(first)) whole.push(`${whole.pop()!.trimEnd()}  # line ${first}`);
    else if (!OPTION_LINE.test(whole[0]!)) continue;
    kept.push(...whole);
  }
  return kept;
}

function facts({ tool, environment, index, link, options = '' }: IssueInput): string {
  return [
    `- Tool: ${tool}`,
    `- Environment: ${environment}`,
    ...(options === '' ? [] : [`- Options: ${options}`]),
    `- Index: ${index}`,
    ...(link === '' ? [] : [`- The search, step by step: <${link}>`]),
  ].join('\n');
}

/** The last steps of a long proof: the conclusion is at its end. */
function proofText(proof: readonly ProofStep[]): string {
  const first = Math.max(0, proof.length - PRINTED_STEPS);
  const lines = proof.slice(first).map((step, at) => {
    const because = becauseNumbers(step);
    return `${first + at + 1}. ${step.text}${because === '' ? '' : ` (from ${because})`}`;
  });
  return [...(first > 0 ? [`The last ${PRINTED_STEPS} of ${proof.length} steps:\n`] : []), ...lines].join(
    '\n',
  );
}

function toolText({ tool }: Explanation): string {
  if (tool.text === '') return '';
  const text =
    tool.text.length > PRINTED_TEXT ? `${tool.text.slice(0, PRINTED_TEXT)}\n[shortened]` : tool.text;
  return [fenced(text.trimEnd()), ...tool.notes.map((note) => `> ${note}`)].join('\n\n');
}

/** A code block whose fence is longer than any run of backticks inside. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/gu)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}
