/** Small worlds to begin with: each shows one thing that a resolver does, and is short enough to change by hand. */

export interface ExampleWorld {
  readonly title: string;
  /** What to look for, in one sentence. */
  readonly note: string;
  readonly requirements: string;
  readonly overlay: string;
}

const DIAMOND: ExampleWorld = {
  title: 'Diamond',
  note: 'Two packages need a third: the newest of it that suits both is taken.',
  requirements: 'app',
  overlay: `closed world
# app needs left and right, and both need shared
app 1.0; depends left, right
left 1.0; depends shared <3
right 1.0; depends shared >=2
shared 1.0..1.3, 2.0, 3.0
`,
};

const STAIRCASE: ExampleWorld = {
  title: 'Staircase',
  note: 'Every version of web leads two steps down before it turns out not to fit: watch the decisions undone.',
  requirements: 'web\ncore ==1.0',
  overlay: `closed world
# each version of web needs the same version of page, and that of core
${['4.0', '3.0', '2.0', '1.0'].map((version) => `web ${version}; depends page ==${version}`).join('\n')}
${['4.0', '3.0', '2.0', '1.0'].map((version) => `page ${version}; depends core ==${version}`).join('\n')}
core 1.0, 2.0, 3.0, 4.0
`,
};

const VARIABLES = ['x', 'y', 'z'] as const;

/** Clause n: one version for each way to meet it; all eight signs together leave no way. */
function clause(number: number): string {
  return VARIABLES.map((variable, place) => {
    const value = (number >> place) & 1;
    return `clause-${number + 1} ${place + 1}; depends ${variable} ==${value}`;
  }).join('\n');
}

const CLAUSES = Array.from({ length: 8 }, (_, number) => number);

const THREE_SAT: ExampleWorld = {
  title: '3-SAT',
  note: 'Eight clauses over three variables that no choice can meet: resolving is as hard as logic. Drop one line and it can be solved.',
  requirements: CLAUSES.map((number) => `clause-${number + 1}`).join('\n'),
  overlay: `closed world
# a variable is a package with the versions 0 and 1; a clause has a version for each way to make it true
${VARIABLES.map((variable) => `${variable} 0..1`).join('\n')}
${CLAUSES.map(clause).join('\n')}
`,
};

/** In the order in which they are offered. */
export const EXAMPLE_WORLDS: readonly ExampleWorld[] = [DIAMOND, STAIRCASE, THREE_SAT];
