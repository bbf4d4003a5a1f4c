/** Words that the interface uses: each with one or two sentences, and the lesson that shows it. */
export interface GlossaryTerm {
  readonly term: string;
  readonly words: string;
  /** Id of a lesson. */
  readonly lesson: string;
}

export const GLOSSARY: readonly GlossaryTerm[] = [
  {
    term: 'package',
    words: 'A named thing that can be installed, such as requests.',
    lesson: 'a-requirement-is-a-set',
  },
  { term: 'version', words: 'One release of a package, such as 2.31.0.', lesson: 'a-requirement-is-a-set' },
  {
    term: 'requirement',
    words: 'A wish: a package, and which versions of it will do.',
    lesson: 'a-requirement-is-a-set',
  },
  {
    term: 'specifier',
    words: 'An operator with a version, such as >=2.0. Several with commas must all hold.',
    lesson: 'a-requirement-is-a-set',
  },
  {
    term: 'index',
    words: 'What exists: packages with their releases and files. PyPI is one.',
    lesson: 'a-requirement-is-a-set',
  },
  {
    term: 'candidate',
    words: 'One package at one version that could be chosen here.',
    lesson: 'a-requirement-is-a-set',
  },
  {
    term: 'pin',
    words: 'To choose a version for a package, for now. The choice can be undone.',
    lesson: 'a-requirement-is-a-set',
  },
  {
    term: 'dependency',
    words: 'A requirement that a candidate brings with it.',
    lesson: 'the-diamond-that-works',
  },
  {
    term: 'parent',
    words: 'The candidate that brought a requirement; your own lines have none.',
    lesson: 'the-diamond-that-works',
  },
  {
    term: 'version range',
    words: 'All versions between two bounds. What is left for a package is where ranges overlap.',
    lesson: 'the-diamond-that-works',
  },
  {
    term: 'skip',
    words:
      'To pass over a candidate while looking at it, because what it needs does not fit. Nothing is undone.',
    lesson: 'skipping-is-not-backtracking',
  },
  {
    term: 'backtrack',
    words: 'To undo a choice and go on from before it.',
    lesson: 'skipping-is-not-backtracking',
  },
  {
    term: 'round',
    words: 'One turn of pip’s search: a package is chosen and pinned, or the search goes back.',
    lesson: 'skipping-is-not-backtracking',
  },
  {
    term: 'conflict',
    words: 'Requirements that cannot all hold: no version is left for a package.',
    lesson: 'a-real-conflict',
  },
  {
    term: 'causes',
    words: 'The requirements that made a conflict, with who asked for them.',
    lesson: 'a-real-conflict',
  },
  {
    term: 'chain',
    words: 'How one of your lines leads, package by package, to where the conflict is.',
    lesson: 'a-real-conflict',
  },
  {
    term: 'minimal lines',
    words: 'The smallest set of your lines that cannot hold together: leave any out and the rest can.',
    lesson: 'where-it-stopped',
  },
  {
    term: 'proof',
    words: 'Numbered steps, each from facts or earlier steps, that end in “there is no way”.',
    lesson: 'where-it-stopped',
  },
  { term: 'undo', words: 'A pin is given up. Its other versions are tried next.', lesson: 'undo-and-jump' },
  {
    term: 'backjump',
    words: 'Several choices are given up at once, past those that cannot matter.',
    lesson: 'undo-and-jump',
  },
  {
    term: 'rollback',
    words: 'A jump that went too far is taken back, and the search goes on more carefully.',
    lesson: 'undo-and-jump',
  },
  {
    term: 'incompatibility',
    words: 'A rule of PubGrub: these things cannot all be true.',
    lesson: 'learn-it-once',
  },
  {
    term: 'term',
    words: 'A statement on one package: it is in this range, or it is not.',
    lesson: 'learn-it-once',
  },
  { term: 'derivation', words: 'A conclusion: a rule leaves one way only.', lesson: 'learn-it-once' },
  {
    term: 'learn',
    words: 'To make a new rule out of two, so that the same mistake is not made again.',
    lesson: 'learn-it-once',
  },
  { term: 'unit propagation', words: 'To draw all conclusions that rules force.', lesson: 'learn-it-once' },
  {
    term: 'metadata',
    words: 'What a file says of itself: what it needs, which Python, which extras.',
    lesson: 'thirty-versions-one-reason',
  },
  {
    term: 'index page',
    words: 'The list of files of one project. A tool reads it before it looks at any version.',
    lesson: 'thirty-versions-one-reason',
  },
  {
    term: 'legacy resolver',
    words: 'pip before 20.3: the first requirement found for a package was kept.',
    lesson: 'first-found-wins',
  },
  {
    term: 'pip check',
    words: 'pip’s own test of what is installed: does each package have what it asks for?',
    lesson: 'first-found-wins',
  },
  {
    term: 'wheel',
    words: 'A built file of a release, for certain Pythons and platforms.',
    lesson: 'the-candidates-you-never-see',
  },
  {
    term: 'sdist',
    words: 'The source of a release. It has to be built before it can be installed.',
    lesson: 'the-candidates-you-never-see',
  },
  {
    term: 'tag',
    words: 'The part of a wheel’s name that says for which Python and platform it is.',
    lesson: 'the-candidates-you-never-see',
  },
  {
    term: 'requires-python',
    words: 'Which Pythons a release says that it is for.',
    lesson: 'the-candidates-you-never-see',
  },
  {
    term: 'pre-release',
    words:
      'An alpha, beta, candidate or development version. Tools take it when asked, or when there is nothing else.',
    lesson: 'the-candidates-you-never-see',
  },
  {
    term: 'yanked',
    words: 'Withdrawn by its authors. It is taken only when its exact version is asked for.',
    lesson: 'the-candidates-you-never-see',
  },
  {
    term: 'ledger',
    words: 'Every file of a project, with every reason why it is or is not a candidate.',
    lesson: 'the-candidates-you-never-see',
  },
  {
    term: 'constraint',
    words: 'A limit from you that does not itself ask for the package.',
    lesson: 'constraints-narrow',
  },
  {
    term: 'override',
    words: 'Your word instead of a package’s own requirement (uv).',
    lesson: 'constraints-narrow',
  },
  {
    term: 'upper bound',
    words: 'A limit on newer versions, such as <2. Also called a cap.',
    lesson: 'the-old-version-that-says-yes',
  },
  {
    term: 'surprise',
    words: 'Something about a solution that people want to know: it is old, yanked, a pre-release …',
    lesson: 'the-old-version-that-says-yes',
  },
  {
    term: 'preference',
    words: 'The rule by which a tool chooses what is next among the packages that are open.',
    lesson: 'two-right-answers',
  },
  {
    term: '3-SAT',
    words: 'A question of logic that is as hard as puzzles of its kind get; resolving can express it.',
    lesson: 'why-it-cannot-simply-be-fast',
  },
  {
    term: 'resolution too deep',
    words: 'pip has used up its rounds and stops without an answer.',
    lesson: 'why-it-cannot-simply-be-fast',
  },
  {
    term: 'marker',
    words: 'A condition on the machine, after a semicolon: ; sys_platform == "linux".',
    lesson: 'one-lock-many-worlds',
  },
  {
    term: 'fork',
    words: 'uv divides the environments and solves for each part by itself.',
    lesson: 'one-lock-many-worlds',
  },
  {
    term: 'universal resolution',
    words: 'One answer for all machines, with conditions where they differ.',
    lesson: 'one-lock-many-worlds',
  },
  {
    term: 'lock',
    words: 'A file with the exact versions that a resolver chose.',
    lesson: 'one-lock-many-worlds',
  },
  { term: 'upload time', words: 'When a file came to the index.', lesson: 'it-worked-yesterday' },
  {
    term: 'cut-off date',
    words: 'What came later is left out, as if it were that day.',
    lesson: 'it-worked-yesterday',
  },
  {
    term: 'date bisect',
    words: 'Between a day that worked and one that does not, halving finds the upload that broke it.',
    lesson: 'it-worked-yesterday',
  },
  {
    term: 'extra',
    words: 'Further requirements of a package, under a name that you ask for in brackets.',
    lesson: 'two-extras-that-disagree',
  },
];
