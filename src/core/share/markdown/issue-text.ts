/**
 * A run as Markdown for an issue tracker: what happened, the smallest input that shows it, how to repeat it, a diagram,
 * and folded below it the proof and the tool's own words. It reads well without opening the link. Everything that came
 * from outside is quoted (markdown-text.ts), secrets are left out, and the whole stays below what trackers take.
 */
import { headedSentence } from '../../explain/status-text.ts';
import { becauseNumbers } from '../../explain/proof-steps.ts';
import type { Explanation, ProofStep } from '../../explain/explanation.ts';
import { snapshotDate } from '../../problem/command-line.ts';
import { isDefaultOption } from '../../problem/said-options.ts';
import type { Problem } from '../../problem/problem.ts';
import type { Metrics } from '../../resolver/outcome.ts';
import type { LineSource } from '../../resolver/trace.ts';
import { conflictDiagram } from '../mermaid/conflict-diagram.ts';
import { mapTexts, redactCredentials } from '../redact.ts';
import { commandTexts } from '../shell/command-texts.ts';
import { codeBlock, codeSpan, htmlText, proseMarkdown } from './markdown-text.ts';
import { guiltyText } from './guilty-text.ts';

/** Where the text is pasted: what folds, and whether diagrams are drawn. */
export type MarkdownHost = 'github' | 'discourse';

export interface SharedRun {
  readonly problem: Problem;
  readonly explanation: Explanation;
  readonly metrics: Metrics;
  /** What is to be known of the run besides, in our words. */
  readonly caveats?: readonly string[];
  /** Address that opens this run; '' when there is none. */
  readonly link: string;
  /** Which Backjump said it; '' when it does not know. */
  readonly build?: string;
}

/** Steps of a proof, and characters of a text, that are printed; trackers refuse texts above 65,536 characters. */
const MOST_TEXT = 60_000;
const PRINTED_STEPS = 60;
const PRINTED_TEXT = 12_000;
const PRINTED_LINES = 8_000;
const PRINTED_SENTENCE = 2_000;
const PRINTED_FIXES = 12;

/** The whole issue, ending in a newline. */
export function issueText(shared: SharedRun, host: MarkdownHost = 'github'): string {
  const run = { ...shared, ...redactedParts(shared) };
  const { explanation } = run;
  const said = headedSentence(explanation);
  const parts = [
    `**${said.heading}.** ${prose(said.sentence)}`,
    ...[...explanation.remarks, ...(run.caveats ?? [])].slice(0, PRINTED_FIXES).map(prose),
    section('Lines', [basisText(explanation), reproduction(run)].filter((part) => part !== '').join('\n\n')),
    section('Changes that work', fixesText(explanation)),
    section('Where', facts(run)),
    section('To repeat it', repetition(run)),
    host === 'github'
      ? section('Diagram', codeBlock(conflictDiagram(run.problem, explanation), 'mermaid'))
      : '',
    folded(host, `Proof (${explanation.proof.length} steps)`, proofText(explanation.proof)),
    folded(host, `What ${toolOf(run.problem)} prints`, toolText(explanation)),
  ];
  return `${withinLimit(parts.filter((part) => part !== '')).join('\n\n')}\n`;
}

/** Whole parts, as many as a tracker takes. */
function withinLimit(parts: readonly string[]): readonly string[] {
  let length = 0;
  const kept = parts.filter((part) => {
    if (length + part.length > MOST_TEXT) return false;
    length += part.length;
    return true;
  });
  return kept.length === parts.length ? kept : [...kept, 'What would have been too long is left out.'];
}

function redactedParts({
  problem,
  explanation,
  caveats = [],
}: SharedRun): Pick<SharedRun, 'problem' | 'explanation' | 'caveats'> {
  const { facts, ...index } = problem.index;
  // Facts are not printed; they can be a whole index.
  const printed = { ...problem, index: facts === undefined ? index : { ...index, facts: {} } };
  return mapTexts(
    { problem: printed, explanation: { ...explanation, leftOut: [], missing: [] }, caveats },
    redactCredentials,
  );
}

function prose(text: string): string {
  return proseMarkdown(shortened(text, PRINTED_SENTENCE));
}

function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)} [shortened]` : text;
}

function section(title: string, body: string): string {
  return body === '' ? '' : `### ${title}\n\n${body}`;
}

/** A block that opens on a click. */
function folded(host: MarkdownHost, title: string, body: string): string {
  if (body === '') return '';
  return host === 'github'
    ? `<details>\n<summary>${htmlText(title)}</summary>\n\n${body}\n\n</details>`
    : `[details="${htmlText(title).replaceAll(/["\][]/gu, '')}"]\n\n${body}\n\n[/details]`;
}

function basisText({ minimality, lines }: Explanation): string {
  if (lines.length === 0) return '';
  switch (minimality.status) {
    case 'minimal':
      return `Minimal: without any one of these lines there is a solution (checked in ${minimality.solves} solves).`;
    case 'not-minimal':
      return 'These lines cannot hold together; whether all are needed was not checked to the end.';
    case 'not-checked':
      return 'These lines are those that the tool names; this was not checked.';
  }
}

const PANES = ['requirements', 'constraints', 'overrides', 'installed', 'pyproject'] as const;

/** The guilty lines, or everything when nobody is blamed, pane by pane, and the releases by hand. */
function reproduction({ problem, explanation }: SharedRun): string {
  const { lines } = explanation;
  const texts = PANES.map((pane): readonly [string, string] => {
    const text = problem[pane] ?? '';
    const own = new Set(lines.filter((line: LineSource) => line.pane === pane).map(({ line }) => line));
    return [pane, lines.length === 0 ? text : guiltyText(text, own)];
  });
  return [...texts, ['toy index', problem.index.overlay ?? ''] as const]
    .map(([pane, text]) => [pane, text.trim()] as const)
    .filter(([, text]) => text !== '')
    .map(([pane, text]) => `\`${pane}\`:\n\n${codeBlock(shortened(text, PRINTED_LINES))}`)
    .join('\n\n');
}

function fixesText({ fixes }: Explanation): string {
  return fixes
    .slice(0, PRINTED_FIXES)
    .map((fix) => `- ${prose(fix.text)}. ${prose(fix.note)}`.trimEnd())
    .join('\n');
}

function toolOf({ engine }: Problem): string {
  return engine.replace('@', ' ');
}

function facts({ problem, metrics, link, build = '' }: SharedRun): string {
  const { python, platform, implementation } = problem.environment;
  const environment = [
    `Python ${python}`,
    platform,
    ...(implementation === undefined ? [] : [implementation]),
  ];
  return [
    `- Tool: ${codeSpan(toolOf(problem))}`,
    `- Environment: ${codeSpan(environment.join(', '))}`,
    ...optionLines(problem),
    `- Index: ${indexText(problem)}`,
    `- Search: ${counters(metrics, problem.engine)}`,
    ...(build === '' ? [] : [`- Said by: ${codeSpan(`Backjump ${build}`)}`]),
    ...linkLines(link),
  ].join('\n');
}

/** A fragment alone belongs behind the address of a page that is not known here. */
function linkLines(link: string): readonly string[] {
  if (!/^[!-~]+$/u.test(link) || /[<>`]/u.test(link)) return [];
  return link.startsWith('#')
    ? [`- The search, step by step, behind the page’s address: ${codeSpan(link)}`]
    : [`- The search, step by step: <${link}>`];
}

/** What differs from the defaults: `pre=true`. */
function optionLines({ options }: Problem): readonly string[] {
  const said = (Object.entries(options) as [keyof Problem['options'], unknown][])
    .filter(([name, value]) => !isDefaultOption(name, value))
    .map(([name, value]) => codeSpan(shortened(`${name}=${JSON.stringify(value)}`, 300)));
  return said.length === 0 ? [] : [`- Options: ${said.join(', ')}`];
}

function indexText({ index }: Problem): string {
  const { snapshot, facts: own, overlay = '', live, urls = [] } = index;
  const date = snapshotDate(snapshot);
  const parts = [
    ...(snapshot === undefined
      ? []
      : [
          `the snapshot ${codeSpan(snapshot)}${date === null ? '' : `, as of ${date}`}; what it does not hold is not known`,
        ]),
    ...(own === undefined ? [] : ['facts of its own']),
    ...(overlay.trim() === '' ? [] : ['a toy index, written by hand']),
    ...(live === true ? ['the live index'] : []),
    ...(live === true ? urls.slice(0, 4).map((url) => codeSpan(url)) : []),
  ];
  return parts.length === 0 ? 'none' : parts.join('; ');
}

/** In the words of the tool's own algorithm: PubGrub decides and derives, it has no rounds and skips nothing. */
function counters({ rounds, pinned, rejected, undone, requirements }: Metrics, engine: string): string {
  const said = (count: number, word: string) => `${count.toLocaleString('en-US')} ${word}`;
  if (/^(?:uv|poetry)@/u.test(engine))
    return [
      said(pinned, pinned === 1 ? 'decision' : 'decisions'),
      said(undone, undone === 1 ? 'decision undone' : 'decisions undone'),
      ...(requirements === 0
        ? []
        : [said(requirements, requirements === 1 ? 'incompatibility' : 'incompatibilities')]),
    ].join(', ');
  const decisions = pinned === 1 ? 'version chosen' : 'versions chosen';
  return [
    said(rounds, rounds === 1 ? 'round' : 'rounds'),
    said(pinned, decisions),
    said(rejected, 'skipped'),
    said(undone, undone === 1 ? 'choice undone' : 'choices undone'),
  ].join(', ');
}

/** The command of the tool that was asked, with the date of the snapshot; or why there is none. */
function repetition({ problem }: SharedRun): string {
  const commands = commandTexts(problem);
  const tool = problem.engine.startsWith('uv@') ? 'uv' : 'pip';
  const script = commands[tool].posix;
  if (script === null) return prose(commands.notes[0] ?? '');
  return script.length > PRINTED_LINES ? '' : codeBlock(script, 'sh');
}

/** The last steps of a long proof: the conclusion is at its end. */
function proofText(proof: readonly ProofStep[]): string {
  const first = Math.max(0, proof.length - PRINTED_STEPS);
  const lines = proof.slice(first).map((step, at) => {
    const because = becauseNumbers(step);
    return `${first + at + 1}. ${proseMarkdown(shortened(step.text, 400))}${because === '' ? '' : ` (from ${because})`}`;
  });
  return [...(first > 0 ? [`The last ${PRINTED_STEPS} of ${proof.length} steps:\n`] : []), ...lines].join(
    '\n',
  );
}

function toolText({ tool }: Explanation): string {
  if (tool.text === '') return '';
  const text = shortened(tool.text.trimEnd(), PRINTED_TEXT);
  return [codeBlock(text), ...tool.notes.slice(0, 5).map((note) => `> ${prose(note)}`)].join('\n\n');
}
