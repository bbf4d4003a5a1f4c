/**
 * What pip tells of its search when `PIP_RESOLVER_DEBUG` is set (`PipDebuggingReporter`), and the remarks of its usual
 * reporter, each with the step of the trace that it comes with. `http://INDEX/` stands for the index's address; what is
 * too long to tell is `…`, as are criteria at the end.
 */
import type { PackageIndex } from '../../package-index/package-index.ts';
import { isMissing } from '../../package-index/package-index.ts';
import type { LogLine, Outcome } from '../../resolver/outcome.ts';
import { recordedEvent, type RecordedCause } from '../../resolver/recorded-form.ts';
import { eventAt, type Trace } from '../../resolver/trace.ts';
import { pythonQuoted } from './python-quoted.ts';

/** A remark of pip's usual reporter on a candidate that was skipped, by the step at which it is made. */
export interface StepRemark {
  readonly step: number;
  readonly text: string;
}

interface LogSource {
  readonly trace: Trace;
  readonly index: PackageIndex;
  readonly outcome: Outcome;
  readonly remarks: readonly StepRemark[];
}

const PYTHON = /^Requires-Python (.*)$/u;
const CANDIDATE = /^([^[=]+)(?:\[([^\]]*)\])?==(.+)$/u;

class PipLog {
  readonly lines: LogLine[] = [];
  readonly #source: LogSource;
  readonly #links = new Map<string, string>();
  /** Requirements that pip makes beside one with extras, by parent: for the same package without them. */
  readonly #bare: ReadonlySet<string>;

  constructor(source: LogSource) {
    this.#source = source;
    this.#bare = bareRequirements(source.trace);
  }

  write(): readonly LogLine[] {
    const { trace, remarks } = this.#source;
    let round: number | null = null;
    let remark = 0;
    this.#say(0, 'starting()');
    for (let step = 0; step < trace.length; step++) {
      const event = recordedEvent(trace, step);
      for (; remarks[remark] !== undefined && remarks[remark]!.step < step; remark++)
        this.lines.push(remarks[remark]!);
      const isDone = eventAt(trace, step).kind === 'done';
      if (round !== null && (event?.[0] === 'round' || isDone)) {
        this.#say(step, `ending_round(${round}, state)`);
        round = null;
      }
      if (isDone && this.#source.outcome.kind === 'solved') this.#say(step, this.#ending());
      switch (event?.[0]) {
        case 'round':
          round = event[1];
          this.#say(step, `starting_round(${event[1]})`);
          break;
        case 'require':
          this.#say(
            step,
            `adding_requirement(${this.#requirement(event[1], step)}, ${this.#parent(event[2])})`,
          );
          break;
        case 'pin':
          this.#say(step, `pinning(${this.#candidate(event[1])})`);
          break;
        case 'backtrack':
          this.#say(step, `backtracking(${this.#candidate(event[1])})`);
          break;
        case 'reject':
          this.#say(
            step,
            `rejecting_candidate(${this.#criterion(event[2], step)}, ${this.#candidate(event[1])})`,
          );
          break;
        default:
      }
    }
    return this.lines;
  }

  #say(step: number, call: string): void {
    this.lines.push({ text: `Reporter.${call}`, step });
  }

  #ending(): string {
    const { outcome } = this.#source;
    const pins = outcome.kind === 'solved' ? outcome.pins : [];
    const texts = pins.map(
      ({ name, version }) => `${pythonQuoted(name)}: ${this.#candidate(`${name}==${version}`)}`,
    );
    return `ending(State(mapping=OrderedDict({${texts.join(', ')}}), criteria=…, backtrack_causes=…))`;
  }

  #criterion(causes: readonly RecordedCause[], step: number): string {
    const texts = causes.map(
      ([requirement, parent]) => `(${this.#requirement(requirement, step)}, via=${this.#parent(parent)})`,
    );
    return `Criterion(${texts.join(', ')})`;
  }

  #requirement(text: string, step: number): string {
    const python = PYTHON.exec(text);
    if (python !== null) return `RequiresPythonRequirement(${pythonQuoted(python[1]!)})`;
    const exact = CANDIDATE.exec(text);
    const isBond = exact !== null && this.#isOfCandidate(text, step);
    if (isBond || text.includes(' @ ')) return `ExplicitRequirement(${this.#candidate(text)})`;
    const isBare = this.#bare.has(bareKey(text, step, this.#source.trace));
    return `Specifier${isBare ? 'WithoutExtras' : ''}Requirement(${pythonQuoted(text)})`;
  }

  /** A candidate with extras asks for itself without them, at its version. */
  #isOfCandidate(text: string, step: number): boolean {
    const event = eventAt(this.#source.trace, step);
    if (event.kind !== 'require' || event.parent < 0) return false;
    const { label } = this.#source.trace.candidates[event.parent]!;
    return label.replace(/\[[^\]]*\]/u, '') === text && label !== text;
  }

  #parent(label: string | null): string {
    return label === null ? 'None' : this.#candidate(label);
  }

  #candidate(label: string): string {
    const match = CANDIDATE.exec(label);
    if (match === null) return label;
    const [, name = '', extras, version = ''] = match;
    const base = `LinkCandidate(${pythonQuoted(this.#link(name, version))})`;
    if (extras === undefined || extras === '') return base;
    const set = extras.split(',').map((extra) => pythonQuoted(extra));
    return `ExtrasCandidate(base=${base}, extras=frozenset({${set.join(', ')}}))`;
  }

  /** The wheel of the version, or its source distribution. */
  #link(name: string, version: string): string {
    const key = `${name}==${version}`;
    let link = this.#links.get(key);
    if (link !== undefined) return link;
    const page = this.#source.index.page(name);
    const files = isMissing(page) ? [] : page.distributions.filter((file) => file.version === version);
    const file = files.find(({ kind }) => kind === 'wheel') ?? files[0];
    const python =
      (file?.requiresPython ?? '') === '' ? '' : ` (requires-python:${file?.requiresPython ?? ''})`;
    link =
      file === undefined
        ? key
        : `http://INDEX/${name}/${file.filename} (from http://INDEX/simple/${name}/)${python}`;
    this.#links.set(key, link);
    return link;
  }
}

const EXTRAS = /\[[^\]]*\]/u;

function bareKey(text: string, step: number, trace: Trace): string {
  const event = eventAt(trace, step);
  return event.kind === 'require' ? `${event.parent} ${text}` : '';
}

function bareRequirements(trace: Trace): ReadonlySet<string> {
  const keys = new Set<string>();
  for (let step = 0; step < trace.length; step++) {
    const event = eventAt(trace, step);
    const text = event.kind === 'require' ? trace.requirements[event.requirement]!.text : '';
    if (EXTRAS.test(text.split(';')[0]!)) keys.add(bareKey(text.replace(EXTRAS, ''), step, trace));
  }
  return keys;
}

/** Made when asked for. */
export function pipLogLines(source: LogSource): readonly LogLine[] {
  return new PipLog(source).write();
}
