/** Poetry's report on a failure, with its advice on Python. poetry 2.5, `mixology/failure.py` and its solutions. */
import { type Constraint } from '../../resolver/poetry/constraint/constraint.ts';
import { intersect, subtract } from '../../resolver/poetry/constraint/operations.ts';
import { constraintText } from '../../resolver/poetry/constraint/constraint-text.ts';
import { parseConstraint } from '../../resolver/poetry/constraint/parse-constraint.ts';
import { factsUnder } from '../../resolver/poetry/marker-conflict.ts';
import type { PoetryIncompatibility, PythonReason } from '../../resolver/poetry/terms.ts';
import { bothText, incompatibilityText } from './incompatibility-text.ts';

type Causes = readonly [PoetryIncompatibility, PoetryIncompatibility];

/** Characters of a report at most: shared parts of a proof are told once, but a proof can be long. */
const MAXIMUM_LENGTH = 4_000_000;

export function reportFailure(root: PoetryIncompatibility): string {
  const leaves = [...pythonLeaves(root)];
  const lines = [...pythonIntroduction(leaves), ...new ReportWriter(root).lines()];
  return `${lines.join('\n')}${pythonAdvice(leaves)}`;
}

interface PythonLeaf extends PythonReason {
  readonly name: string;
}

function* pythonLeaves(root: PoetryIncompatibility): Generator<PythonLeaf> {
  for (const { cause, terms } of factsUnder(root))
    if (cause.kind === 'unavailable') yield { ...cause.reason, name: terms[0]!.versions.name };
}

/** Poetry reads what it printed of Pythons as it reads versions of packages. */
function read(text: string): Constraint {
  const constraint = parseConstraint(text, 'packages');
  return constraint.ok ? constraint.value : { kind: 'empty' };
}

function pythonIntroduction(leaves: readonly PythonLeaf[]): readonly string[] {
  const [first] = leaves;
  if (first === undefined) return [];
  const lines = leaves.map(({ name, required, project }) => {
    const rest = constraintText(subtract(read(project), read(required)));
    return `  - ${name} requires Python ${required}, so it will not be installable for Python ${rest}`;
  });
  const start = `The current project's supported Python range (${first.project}) is not compatible with some of the required packages Python requirement:`;
  return [start, ...lines, ''];
}

function pythonAdvice(leaves: readonly PythonLeaf[]): string {
  if (leaves.length === 0) return '';
  const solutions = leaves.map(({ name, required, project }) => {
    const both = constraintText(intersect(read(project), read(required)));
    return `For ${name}, a possible solution would be to set the \`python\` property to "${both}"`;
  });
  const pages = 'https://python-poetry.org/docs/dependency-specification/';
  return [
    '',
    '',
    '  * Check your dependencies Python requirement: The Python requirement can be specified via the `python` or `markers` properties',
    '',
    `    ${solutions.join('\n')}`,
    '',
    `    ${pages}#python-restricted-dependencies,`,
    `    ${pages}#using-environment-markers`,
    '',
  ].join('\n');
}

interface ReportLine {
  readonly text: string;
  readonly number: number | null;
}

class ReportWriter {
  readonly #root: PoetryIncompatibility;
  readonly #uses = new Map<PoetryIncompatibility, number>();
  readonly #numbers = new Map<PoetryIncompatibility, number>();
  readonly #lines: ReportLine[] = [];
  #length = 0;

  constructor(root: PoetryIncompatibility) {
    this.#root = root;
    this.#countUses(root);
  }

  lines(): readonly string[] {
    if (this.#root.cause.kind === 'derived') this.#tell(this.#root);
    else this.#write(`Because ${incompatibilityText(this.#root)}, version solving failed.`, null);
    const padding = this.#numbers.size === 0 ? 0 : `(${this.#numbers.size}) `.length;
    const written: string[] = [];
    let wasBlank = false;
    for (const { text, number } of this.#lines) {
      if (text !== '' || !wasBlank) {
        const start = number === null ? '' : `(${number})`;
        written.push(text === '' ? '' : start.padEnd(padding) + text);
      }
      wasBlank = text === '';
    }
    return written;
  }

  #countUses(root: PoetryIncompatibility): void {
    const open = [root];
    for (let current = open.pop(); current !== undefined; current = open.pop()) {
      const uses = this.#uses.get(current) ?? 0;
      this.#uses.set(current, uses + 1);
      if (uses === 0 && current.cause.kind === 'derived')
        open.push(current.cause.second, current.cause.first);
    }
  }

  #write(text: string, numbered: PoetryIncompatibility | null): void {
    this.#length += text.length;
    let number: number | null = null;
    if (numbered !== null) {
      number = this.#numbers.size + 1;
      this.#numbers.set(numbered, number);
    }
    if (this.#length <= MAXIMUM_LENGTH) this.#lines.push({ text, number });
  }

  /** Tells a conclusion with all that leads to it. Without recursion: proofs are deep. */
  #tell(root: PoetryIncompatibility): void {
    const open: (() => void)[] = [];
    const visit = (conclusion: PoetryIncompatibility, isConclusion = false): void => {
      const steps = this.#stepsOf(conclusion, isConclusion, visit);
      for (const step of [...steps].reverse()) open.push(step);
    };
    visit(root);
    for (let step = open.pop(); step !== undefined; step = open.pop()) step();
  }

  #lineOf(incompatibility: PoetryIncompatibility): number | null {
    return this.#numbers.get(incompatibility) ?? null;
  }

  /** What is to be done to tell a conclusion, in order. */
  #stepsOf(
    conclusion: PoetryIncompatibility,
    isConclusion: boolean,
    visit: (other: PoetryIncompatibility, isConclusion?: boolean) => void,
  ): readonly (() => void)[] {
    const isNumbered = isConclusion || this.#uses.get(conclusion)! > 1;
    const conjunction = isConclusion || conclusion === this.#root ? 'So,' : 'And';
    const text = incompatibilityText(conclusion);
    const write = (line: string): void => this.#write(line, isNumbered ? conclusion : null);
    const parts = { conjunction, text, write, visit };
    const causes = causesOf(conclusion)!;
    const derived = causes.filter((cause) => cause.cause.kind === 'derived');
    if (derived.length === 2) return this.#twoDerived(causes, parts);
    if (derived.length === 1)
      return this.#oneDerived(
        derived[0]!,
        causes.find((cause) => cause !== derived[0])!,
        parts,
      );
    return [() => write(`Because ${both(causes[0], null, causes[1], null)}, ${text}.`)];
  }

  #twoDerived([one, two]: Causes, { conjunction, text, write, visit }: Parts): readonly (() => void)[] {
    const [first, second] = [this.#lineOf(one), this.#lineOf(two)];
    if (first !== null && second !== null)
      return [() => write(`Because ${both(one, first, two, second)}, ${text}.`)];
    if (first !== null || second !== null) {
      const [told, line, untold] = first !== null ? [one, first, two] : [two, second!, one];
      return [
        () => visit(untold),
        () => write(`${conjunction} because ${incompatibilityText(told)} (${line}), ${text}.`),
      ];
    }
    if (isShort(one) || isShort(two)) {
      const order = isShort(two) ? [one, two] : [two, one];
      return [() => visit(order[0]!), () => visit(order[1]!), () => write(`Thus, ${text}.`)];
    }
    return [
      () => visit(one, true),
      () => this.#write('', null),
      () => visit(two),
      // Poetry forgets the full stop here.
      () => write(`${conjunction} because ${incompatibilityText(one)} (${this.#lineOf(one) ?? ''}), ${text}`),
    ];
  }

  #oneDerived(
    derived: PoetryIncompatibility,
    fact: PoetryIncompatibility,
    { conjunction, text, write, visit }: Parts,
  ): readonly (() => void)[] {
    const line = this.#lineOf(derived);
    if (line !== null) return [() => write(`Because ${both(fact, null, derived, line)}, ${text}.`)];
    const inner = this.#collapsible(derived);
    if (inner === null)
      return [
        () => visit(derived),
        () => write(`${conjunction} because ${incompatibilityText(fact)}, ${text}.`),
      ];
    return [
      () => visit(inner.derived),
      () => write(`${conjunction} because ${both(inner.fact, null, fact, null)}, ${text}.`),
    ];
  }

  /** A step that is told in passing: it is used once, and one of its causes is a fact. */
  #collapsible(
    derived: PoetryIncompatibility,
  ): { readonly derived: PoetryIncompatibility; readonly fact: PoetryIncompatibility } | null {
    if (this.#uses.get(derived)! > 1) return null;
    const causes = causesOf(derived)!;
    const inner = causes.filter((cause) => cause.cause.kind === 'derived');
    if (inner.length !== 1 || this.#lineOf(inner[0]!) !== null) return null;
    return { derived: inner[0]!, fact: causes.find((cause) => cause !== inner[0])! };
  }
}

interface Parts {
  readonly conjunction: string;
  readonly text: string;
  readonly write: (line: string) => void;
  readonly visit: (other: PoetryIncompatibility, isConclusion?: boolean) => void;
}

function causesOf({ cause }: PoetryIncompatibility): Causes | null {
  return cause.kind === 'derived' ? [cause.first, cause.second] : null;
}

/** Whether both causes are facts. */
function isShort(incompatibility: PoetryIncompatibility): boolean {
  return causesOf(incompatibility)?.every(({ cause }) => cause.kind !== 'derived') ?? false;
}

function both(
  one: PoetryIncompatibility,
  oneLine: number | null,
  two: PoetryIncompatibility,
  twoLine: number | null,
): string {
  return bothText({ incompatibility: one, line: oneLine }, { incompatibility: two, line: twoLine });
}
