/** Small Problems of eighteen kinds, by seed: same seed, same Problems. */
import type { Release, SmallProblem } from './world.ts';

export const KINDS = [
  'plain',
  'pins',
  'caps',
  'exceptions',
  'prefixes',
  'compatible',
  'extras',
  'markers',
  'python',
  'platform',
  'yanked',
  'pre-releases',
  'constraints',
  'absent',
  'cycles',
  'deep',
  'cases',
  'two-conflicts',
] as const;

/** Everything at once, larger worlds, and what a data set does not know: read by the checker besides the eighteen. */
export const HARD_KINDS = ['mixed', 'wide', 'unknown', 'local', 'overrides'] as const;

export type Kind = (typeof KINDS)[number] | (typeof HARD_KINDS)[number];

/** The kind whose habits a part of a mixed Problem takes. */
const MIXED: readonly Kind[] = [
  ...['pins', 'caps', 'exceptions', 'prefixes', 'compatible', 'extras', 'markers', 'python'],
  ...['platform', 'yanked', 'pre-releases', 'cycles', 'cases'],
] as readonly Kind[];

export const ENGINES = ['pip@26.3', 'uv@0.13', 'pip@26.2', 'pip@23.2', 'pip@20.3', 'uv@0.12'] as const;

/** A small generator of numbers (mulberry32). */
class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  is(chance: number): boolean {
    return this.next() < chance;
  }

  of<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)]!;
  }
}

const NAMES = ['alpha', 'bravo', 'core-lib', 'delta', 'echo', 'fox', 'golf', 'Hotel_X', 'india.y'];
const VERSIONS = ['0.9', '1.0', '1.1', '2.0', '2.1', '2.10', '3.0'];
const MORE_VERSIONS = [
  '0.9',
  '1.0',
  '1.0.post1',
  '1.1',
  '1.1.1',
  '2.0',
  '2.1',
  '2.10',
  '2.10.1',
  '3.0',
  '4.0',
];

/** One Problem of a kind. */
export function generate(kind: Kind, engine: string, seed: number): SmallProblem {
  const dice = new Dice(seed * 7919 + [...KINDS, ...HARD_KINDS].indexOf(kind) * 104_729 + 17);
  const names = NAMES.slice(0, kind === 'wide' ? 6 + dice.below(4) : 3 + dice.below(kind === 'deep' ? 4 : 2));
  const projects: Record<string, Record<string, Release>> = {};
  for (const [at, name] of names.entries()) {
    const listed = kind === 'wide' || kind === 'local' ? MORE_VERSIONS : VERSIONS;
    const versions = listed.filter(() => dice.is(0.5)).slice(0, kind === 'wide' ? 8 : 4);
    if (kind === 'local' && dice.is(0.5)) versions.push(dice.of(['2.10+cpu', '3.0+cu1', '1.0+local.2']));
    if ((kind === 'pre-releases' || (kind === 'mixed' && dice.is(0.4))) && dice.is(0.6))
      versions.push(dice.of(['2.2rc1', '3.1b1', '4.0a1']));
    projects[name] = Object.fromEntries(
      (versions.length === 0 ? ['1.0'] : versions).map((version) => [
        version,
        release(dice, kind === 'mixed' ? dice.of(MIXED) : kind, names, at),
      ]),
    );
  }
  const wishes = Array.from({ length: 1 + dice.below(kind === 'two-conflicts' ? 4 : 3) }, () =>
    line(dice, kind === 'mixed' ? dice.of(MIXED) : kind, names),
  );
  if (kind === 'two-conflicts') wishes.push(`${names[0]!}<1`, `${names[1]!}<0.5`);
  const constraints = kind === 'constraints' || dice.is(0.1) ? [bare(dice, kind, names)] : [];
  return {
    engine,
    requirements: wishes.join('\n'),
    ...(constraints.length === 0 ? {} : { constraints: constraints.join('\n') }),
    ...(kind === 'overrides' && engine.startsWith('uv') ? { overrides: bare(dice, kind, names) } : {}),
    environment: { python: '3.11.7', platform: 'linux-x86_64' },
    index: { facts: { projects } },
  };
}

function release(dice: Dice, kind: Kind, names: readonly string[], at: number): Release {
  const others =
    kind === 'cycles'
      ? names
      : kind === 'deep'
        ? names.slice(at + 1)
        : names.filter((_, other) => other !== at);
  const amount = kind === 'cases' ? 2 : dice.below(3);
  const requires =
    others.length === 0 ? [] : Array.from({ length: amount }, () => dependency(dice, kind, others));
  return {
    requires: [...new Set(requires)],
    ...(kind === 'python' && dice.is(0.5)
      ? { requires_python: dice.of(['>=3.12', '<3.10', '>=3.8', '>=3.8,<3.11', '>=3.13']) }
      : {}),
    ...(kind === 'platform' && dice.is(0.5)
      ? {
          wheels: [
            dice.of([
              'cp312-cp312-win_amd64',
              'cp311-cp311-manylinux_2_17_x86_64',
              'py3-none-any',
              'cp312-cp312-manylinux_2_17_x86_64',
            ]),
          ],
        }
      : {}),
    ...(kind === 'yanked' && dice.is(0.4) ? { yanked: dice.of([true, 'bad build']) } : {}),
    ...(kind === 'unknown' && dice.is(0.2) ? { unknown: true } : {}),
    ...(kind === 'extras' ? { extras: ['x', 'y'].filter(() => dice.is(0.8)) } : {}),
  };
}

function dependency(dice: Dice, kind: Kind, names: readonly string[]): string {
  const text = line(dice, kind, names);
  if (kind === 'extras' && dice.is(0.5)) return `${text}; extra == '${dice.of(['x', 'y'])}'`;
  if (kind === 'markers' && dice.is(0.5))
    return `${text}; ${dice.of(["python_version >= '3.8'", "python_version < '3.9'", "sys_platform == 'win32'", "sys_platform == 'linux'"])}`;
  return text;
}

function line(dice: Dice, kind: Kind, names: readonly string[]): string {
  const name = kind === 'absent' && dice.is(0.15) ? 'ghost' : dice.of(names);
  const extras = kind === 'extras' && dice.is(0.4) ? dice.of(['[x]', '[y]', '[x,y]']) : '';
  return `${name}${extras}${specifier(dice, kind)}`;
}

function bare(dice: Dice, kind: Kind, names: readonly string[]): string {
  return `${dice.of(names)}${specifier(dice, kind)}`;
}

function specifier(dice: Dice, kind: Kind): string {
  const version = dice.of(VERSIONS);
  switch (kind) {
    case 'pins':
      return dice.is(0.7) ? `==${version}` : '';
    case 'caps':
      return dice.of(['', `<${version}`, `<=${version}`, `>=${version}`]);
    case 'exceptions':
      return dice.of(['', `!=${version}`, `!=${version},!=${dice.of(VERSIONS)}`, `>=1.0,!=${version}`]);
    case 'prefixes':
      return dice.of(['', `==${version.split('.')[0]!}.*`, `!=${version.split('.')[0]!}.*`]);
    case 'compatible':
      return dice.of(['', `~=${version}`, `>=${version}`]);
    case 'pre-releases':
      return dice.of(['', `>=${version}`, `<${version}`, '>=2.2rc1', '==3.1b1', '<4.0a1', '>2.2rc1']);
    case 'yanked':
      return dice.of(['', `==${version}`, `>=${version}`, `<${version}`]);
    default:
      return dice.of([
        '',
        '',
        `==${version}`,
        `>=${version}`,
        `<${version}`,
        `>=${version},<3`,
        `!=${version}`,
      ]);
  }
}
