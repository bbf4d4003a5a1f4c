/**
 * The YAML test files of pip's resolver (2017 to 2020): a `base` with what is available, and cases that ask.
 *
 *   base: { available: ["A 1.0.0; depends B == 1.0.0", {name: C, version: 1.0.0, depends: […], extras: {x: […]}}] }
 *   cases: [{ request: [{install: A}], response: [{state: [A 1.0.0, B 1.0.0]}] }]
 *
 * Until 2019 a `transaction` stood for the response: what each request adds, or what conflicts. Each installation of a
 * case is a world of its own. Loaded only when such a file is met.
 */
import * as v from 'valibot';
import type { OverlayStatement } from '../overlay/overlay.ts';
import {
  closedWorld,
  inexpressible,
  notUnderstood,
  type ToyExpectation,
  type ToyWorld,
  type ToyWorlds,
} from './toy-world.ts';
import {
  availableLines,
  availableSchema,
  pinsOfState,
  quoted,
  quotedList,
  readAllAvailable,
  readYamlText,
  wordsSchema,
} from './toy-world-yaml.ts';

const requestSchema = v.object({ install: v.nullish(wordsSchema), options: v.nullish(v.string()) });

const stateSchema = v.nullish(v.array(v.nullish(v.string())));

const responseSchema = v.object({ state: stateSchema, error: v.optional(v.unknown()) });

const transactionSchema = v.object({
  install: stateSchema,
  conflicting: v.optional(v.array(v.object({ required_by: v.nullish(wordsSchema), selector: v.string() }))),
});

const caseSchema = v.object({
  name: v.optional(v.string()),
  available: v.nullish(v.array(availableSchema)),
  request: v.nullish(v.array(requestSchema)),
  response: v.nullish(v.array(responseSchema)),
  transaction: v.nullish(v.array(transactionSchema)),
});

const fileSchema = v.object({
  base: v.nullish(v.object({ available: v.nullish(v.array(availableSchema)) })),
  cases: v.nullish(v.array(caseSchema)),
});

type Case = v.InferOutput<typeof caseSchema>;
type Step = v.InferOutput<typeof requestSchema>;

/** What stands there after a step, and whether the step worked. */
type Response = Pick<ToyExpectation, 'isSolvable' | 'pins' | 'explanation'>;

function requirementsOf({ install }: Step): readonly string[] {
  if (typeof install === 'string')
    return install.split(/(?<![<>=!~,;])\s+(?![<>=!~,;])/u).filter((word) => word !== '');
  return install ?? [];
}

const failingSchema = v.object({ code: v.pipe(v.string(), v.notValues(['0'])) });

/** An exit code other than 0 is a failure. Old pip went on with a warning: an error beside a state is none. */
function readResponse({ state, error }: v.InferOutput<typeof responseSchema>): Response {
  const pins = pinsOfState(state ?? []);
  return { isSolvable: pins.length > 0 && !v.is(failingSchema, error), pins, explanation: '' };
}

function projectOfPin(pin: string): string {
  return pin.split('==')[0] ?? pin;
}

function readTransactions(steps: readonly v.InferOutput<typeof transactionSchema>[]): readonly Response[] {
  let pins: readonly string[] = [];
  return steps.map(({ install, conflicting }) => {
    const added = pinsOfState(install ?? []);
    const replaced = new Set(added.map(projectOfPin));
    pins = [...pins.filter((pin) => !replaced.has(projectOfPin(pin))), ...added];
    const why = (conflicting ?? []).map(
      ({ required_by, selector }) => `${[required_by ?? []].flat().join(' and ')} requires ${selector}`,
    );
    return {
      isSolvable: conflicting === undefined,
      pins: conflicting === undefined ? pins : [],
      explanation: why.join('; '),
    };
  });
}

/** A world for each installation of a case; later ones find what those before left. */
function worldsOf(each: Case, name: string, releases: readonly OverlayStatement[]): readonly ToyWorld[] {
  const steps: readonly Step[] = each.request?.length ? each.request : [{}];
  const responses = each.response?.map(readResponse) ?? readTransactions(each.transaction ?? []);
  return steps.flatMap((step, place): ToyWorld[] => {
    if (place > 0 && !step.install) return [];
    return [
      {
        name: steps.length > 1 ? `${name}, step ${place + 1}` : name,
        description: '',
        overlay: closedWorld(releases),
        requirements: requirementsOf(step),
        python: null,
        installed: place === 0 ? [] : (responses[place - 1]?.pins ?? []),
        options: /(?:^|\s)--no-deps\b/u.test(step.options ?? '') ? { noDeps: true } : {},
        expected: responses[place] ?? null,
      },
    ];
  });
}

/** Reads a file: a world for each installation of each case, or one without a question when there is none. */
export function readPipWorlds(text: string): ToyWorlds {
  const value = readYamlText(text);
  if (!value.ok) return value;
  const parsed = v.safeParse(fileSchema, value.value, { abortEarly: true });
  if (!parsed.success) {
    const [issue] = parsed.issues;
    return { ok: false, error: notUnderstood(`${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`) };
  }
  const { base, cases } = parsed.output;
  const worlds: ToyWorld[] = [];
  for (const [at, each] of (cases?.length ? cases : [{}]).entries()) {
    const releases = readAllAvailable(each.available ?? base?.available ?? [], text);
    if (!releases.ok) return releases;
    for (const item of worldsOf(each, each.name ?? `case ${at + 1}`, releases.value)) worlds.push(item);
  }
  return { ok: true, value: worlds };
}

/** What is there already is installed by a request of its own, without its dependencies. */
function installedStep({ installed }: ToyWorld): { readonly request: string; readonly response: string } {
  if (installed.length === 0) return { request: '', response: '' };
  return {
    request: `  - install: ${quotedList(installed)}\n    options: --no-deps\n`,
    response: `  - state: ${stateText(installed)}\n`,
  };
}

function stateText(pins: readonly string[]): string {
  return quotedList(pins.map((pin) => pin.replace('==', ' ')));
}

function responseText(expected: ToyExpectation): string {
  return `  - state: ${expected.isSolvable ? stateText(expected.pins) : 'null\n    error: {code: 1}'}\n`;
}

/** Writes a world as a file with one case; `lost` names what the form has no words for. */
export function writePipWorld(world: ToyWorld): { readonly text: string; readonly lost: readonly string[] } {
  const { overlay, expected } = world;
  const before = installedStep(world);
  const name = before.request === '' ? world.name : world.name.replace(/, step \d+$/u, '');
  const after = expected === null ? '' : responseText(expected);
  const response = `${before.response}${after}`;
  const text = `base:
  available:
${availableLines(overlay)
  .map((line) => `    - ${line}\n`)
  .join('')}cases:
- name: ${quoted(name)}
  request:
${before.request}  - install: ${quotedList(world.requirements)}
${world.options.noDeps ? '    options: --no-deps\n' : ''}${response === '' ? '' : `  response:\n${response}`}`;
  const lost = [
    ...inexpressible(overlay, ['depends', 'extra']),
    ...Object.keys(world.options).filter((option) => option !== 'noDeps'),
  ];
  return { text, lost };
}
