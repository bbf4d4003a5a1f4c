/**
 * The core of a conflict as a Mermaid flowchart, which GitHub and GitLab draw in a comment: from the lines, along the
 * chains, to the package of which nothing is left.
 *
 *   line 2: boto3>=1.28.42 → boto3 1.28.42 needs botocore… ─┐
 *   line 4: urllib3>=2 ─────────────────────────────────────┴→ no version of urllib3 is both …
 */
import { showHiddenCharacters } from '../../packaging/hidden-characters.ts';
import type { Explanation } from '../../explain/explanation.ts';
import { headedSentence } from '../../explain/status-text.ts';
import type { Problem } from '../../problem/problem.ts';
import type { LineSource } from '../../resolver/trace.ts';
import { redactCredentials } from '../redact.ts';

/** Chains and links of a chain that are drawn; a diagram is read at one glance. */
const MOST_CHAINS = 8;
const MOST_LINKS = 8;
const LABEL_LENGTH = 160;

/** The source of the diagram, without a fence. Every label is text and nothing else. */
export function conflictDiagram(problem: Problem, explanation: Explanation): string {
  const drawing = new Drawing();
  const { chains, clash } = explanation;
  const said = headedSentence(explanation);
  const end = drawing.node(
    clash === null ? `${said.heading}: ${said.sentence}` : `No way: ${clash.gap}`,
    'end',
  );
  for (const chain of chains.slice(0, MOST_CHAINS)) {
    const { line, links } = chain;
    // A chain begins with what its line asks for, which the line itself says.
    const isSaid =
      line !== null && links[0]?.source?.pane === line.pane && links[0].source.line === line.line;
    const labels = links.slice(isSaid ? 1 : 0, MOST_LINKS).map(({ text }) => text);
    const from = line === null ? [] : [lineText(problem, line)];
    const nodes = [...from, ...labels].map((label, at) =>
      drawing.node(label, at === 0 && from.length > 0 ? 'line' : 'step'),
    );
    nodes.forEach((node, at) =>
      drawing.edge(node, nodes[at + 1] ?? end, at === nodes.length - 1 ? chain.bound : ''),
    );
  }
  if (chains.length === 0)
    for (const line of explanation.lines.slice(0, MOST_CHAINS))
      drawing.edge(drawing.node(lineText(problem, line), 'line'), end, '');
  return drawing.source();
}

/** `line 2: boto3>=1.28.42`, as it stands in its text. */
function lineText(problem: Problem, { pane, line }: LineSource): string {
  const text = (problem[pane] ?? '').split(/\r?\n/u)[line - 1] ?? '';
  const where = pane === 'requirements' ? `line ${line}` : `${pane}, line ${line}`;
  return `${where}: ${text.trim()}`;
}

type NodeKind = 'line' | 'step' | 'end';

class Drawing {
  readonly #nodes = new Map<string, { readonly id: string; readonly kind: NodeKind }>();
  readonly #edges = new Set<string>();

  /** Equal texts are one node. */
  node(text: string, kind: NodeKind): string {
    const label = labelOf(text);
    const known = this.#nodes.get(label);
    if (known !== undefined) return known.id;
    const id = `n${this.#nodes.size}`;
    this.#nodes.set(label, { id, kind });
    return id;
  }

  edge(from: string, to: string, text: string): void {
    if (from === to) return;
    const label = text === '' ? '' : `|"${labelOf(text)}"|`;
    this.#edges.add(`  ${from} -->${label} ${to}`);
  }

  source(): string {
    const lines = [...this.#nodes].map(([label, { id, kind }]) => {
      const [open, close] = { line: ['[', ']'], step: ['(', ')'], end: ['{{', '}}'] }[kind];
      return `  ${id}${open!}"${label}"${close!}`;
    });
    return ['flowchart TD', ...lines, ...this.#edges].join('\n');
  }
}

/** Characters that mean nothing to Mermaid's grammar, to its Markdown or to HTML; all others go as entity codes. */
const PLAIN = /^[A-Za-z0-9 .,:()]$/u;

/** Text of a label within double quotes. Backticks of our sentences are not printed. */
function labelOf(text: string): string {
  const shown = showHiddenCharacters(redactCredentials(text))
    .replaceAll('`', '')
    .replaceAll(/[\n\t ]+/gu, ' ')
    .trim();
  const short = shown.length > LABEL_LENGTH ? `${shown.slice(0, LABEL_LENGTH)}…` : shown;
  // A number with a dot at the beginning would be a list.
  const label = Array.from(short, (character) =>
    PLAIN.test(character) ? character : `#${character.codePointAt(0)!};`,
  ).join('');
  return label.replace(/^(\d+)\./u, '$1#46;');
}
