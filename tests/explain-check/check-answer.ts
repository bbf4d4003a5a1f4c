/** One answer held against the facts: what it says of the outcome, the lines, the requirements, the proof and the fixes. */
import { claimsOf, type Claim } from './claims.ts';
import { CompleteSearch, TooMuch, type Choice } from './complete-search.ts';
import { linesBelow, sameWish } from './same-wish.ts';
import { compare, isIn, isPre, normal, wish, World } from './world.ts';

type Pane = 'requirements' | 'constraints' | 'overrides';

interface Line {
  readonly pane: string;
  readonly line: number;
}

interface Told {
  readonly kind: string;
  readonly sentence: string;
  readonly remarks?: readonly string[];
  readonly lines: readonly Line[];
  readonly minimality: { readonly status: string };
  readonly chains: readonly {
    readonly links: readonly { readonly text: string }[];
    readonly bound: string;
  }[];
  readonly clash: { readonly gap: string } | null;
  readonly proof: readonly { readonly text: string; readonly because: readonly number[] }[];
  readonly others?: readonly Told[];
  readonly surprises?: readonly { readonly text: string }[];
  readonly caps?: readonly { readonly text: string }[];
}

interface Fix {
  readonly kind: string;
  readonly source: Line | null;
  readonly newLine: string;
  readonly also: readonly { readonly source: Line; readonly newLine: string }[];
  readonly setting: { readonly python?: string } | null;
  readonly text: string;
  readonly pins: readonly { readonly name: string; readonly version: string }[];
}

export interface Report {
  readonly outcome: string;
  readonly pins: Readonly<Record<string, string>> | null;
  readonly broken?: readonly unknown[];
  readonly conflict?: Told | null;
  readonly solution?: Told | null;
  readonly fixes?: readonly Fix[];
  readonly answers?: readonly { readonly query: string; readonly texts: readonly string[] }[];
  readonly error?: string;
}

export const PROPERTIES = [
  'outcome',
  'sufficient',
  'minimal',
  'claims',
  'proof',
  'fixes',
  'offered',
  'certain',
  'queries',
] as const;
export type Property = (typeof PROPERTIES)[number];

export interface Finding {
  readonly property: Property;
  readonly message: string;
}

export interface Checked {
  /** How often each property was checked. */
  readonly counts: Readonly<Record<Property, number>>;
  readonly findings: readonly Finding[];
}

/** Checks what a report says of a real index: too large for a complete search, so what is quoted and offered. */
export function checkQuotes(world: World, report: Report): Checked {
  return new Check(world, report).quotes();
}

/** Checks everything that a report says. */
export function checkAnswer(world: World, report: Report): Checked {
  return new Check(world, report).run();
}

class Check {
  readonly #world: World;
  readonly #report: Report;
  readonly #search: CompleteSearch;
  readonly #counts = Object.fromEntries(PROPERTIES.map((name) => [name, 0])) as Record<Property, number>;
  readonly #findings: Finding[] = [];

  constructor(world: World, report: Report) {
    this.#world = world;
    this.#report = report;
    this.#search = new CompleteSearch(world);
  }

  run(): Checked {
    try {
      this.#checkAll();
    } catch (error) {
      if (!(error instanceof TooMuch)) throw error;
    }
    return { counts: this.#counts, findings: this.#findings };
  }

  quotes(): Checked {
    const { conflict, solution, fixes = [], error } = this.#report;
    this.#expect('outcome', error === undefined, () => String(error));
    const told = conflict ?? solution;
    if (told) this.#checkTold(told);
    if (conflict && conflict.kind !== 'wrong-answer') this.#checkOffered(conflict, fixes);
    return { counts: this.#counts, findings: this.#findings };
  }

  #expect(property: Property, isTrue: boolean, message: () => string): void {
    this.#counts[property] += 1;
    if (!isTrue) this.#findings.push({ property, message: message() });
  }

  #texts(list: Pane): readonly { readonly line: number; readonly text: string }[] {
    return this.#world.lines(this.#world.problem[list] ?? '');
  }

  #solve(lines: readonly Line[]): Choice | null {
    const of = (pane: string): readonly string[] =>
      this.#texts(pane as 'requirements')
        .filter(({ line }) => lines.some((item) => item.pane === pane && item.line === line))
        .map(({ text }) => text);
    return this.#search.solve(of('requirements'), of('constraints'));
  }

  #all(): readonly Line[] {
    return (['requirements', 'constraints'] as const).flatMap((pane) =>
      this.#texts(pane).map(({ line }) => ({ pane, line })),
    );
  }

  #checkAll(): void {
    const { outcome, conflict, solution, fixes = [], broken = [] } = this.#report;
    this.#expect('outcome', this.#report.error === undefined, () => String(this.#report.error));
    if (this.#report.error !== undefined) return;
    const told = conflict ?? solution;
    if (told) this.#checkTold(told);
    for (const answer of this.#report.answers ?? []) this.#checkQuery(answer);
    if (outcome === 'solved' && broken.length === 0) return;
    if (outcome !== 'unsolvable' || !conflict) return;
    const possible = this.#solve(this.#all());
    this.#expect('outcome', (possible !== null) === (conflict.kind === 'wrong-answer'), () =>
      possible === null
        ? `called ${conflict.kind}, and there is no solution`
        : `there is a solution: ${JSON.stringify([...possible])}`,
    );
    if (conflict.kind === 'wrong-answer') return;
    this.#checkOffered(conflict, fixes);
    for (const set of [conflict, ...(conflict.others ?? [])]) this.#checkLines(set);
    for (const fix of fixes) this.#checkFix(fix);
  }

  #checkOffered(conflict: Told, fixes: readonly Fix[]): void {
    const remarks = conflict.remarks ?? [];
    this.#expect('certain', !remarks.some((text) => /not certain|was not found out/u.test(text)), () =>
      remarks.join(' '),
    );
    this.#expect(
      'offered',
      fixes.length > 0 ||
        remarks.some((text) => /^Nothing single helps(?: as far as is known)?: \d+ change/u.test(text)),
      () => 'nothing is offered, and nothing said of it',
    );
  }

  #checkLines({ lines, minimality, sentence }: Told): void {
    if (minimality.status === 'not-checked') {
      this.#expect('sufficient', false, () => `nothing was checked: ${sentence}`);
      return;
    }
    this.#expect(
      'sufficient',
      this.#solve(lines) === null,
      () => `lines ${JSON.stringify(lines)} can hold: ${sentence}`,
    );
    if (minimality.status !== 'minimal') return;
    for (const left of lines)
      this.#expect(
        'minimal',
        this.#solve(lines.filter((line) => line !== left)) !== null,
        () => `${JSON.stringify(left)} is not needed`,
      );
  }

  #checkTold(told: Told): void {
    const texts = [
      told.sentence,
      ...(told.remarks ?? []),
      ...told.chains.flatMap(({ links }) => links.map(({ text }) => text)),
      ...told.proof.map(({ text }) => text),
      ...(told.surprises ?? []).map(({ text }) => text),
      ...(told.caps ?? []).map(({ text }) => text),
    ];
    for (const text of texts) for (const claim of claimsOf(text)) this.#checkClaim(claim, text);
    told.proof.forEach(({ text, because }, at) => {
      this.#expect(
        'proof',
        because.every((place) => place < at),
        () => `rests on what comes later: ${text}`,
      );
      this.#checkConclusion(text, linesBelow(told.proof, at));
    });
    for (const other of told.others ?? []) this.#checkTold(other);
  }

  /** What is claimed on the way, and of `why-not` whether that version can be had. */
  #checkQuery({ query, texts }: NonNullable<Report['answers']>[number]): void {
    this.#expect('queries', texts.length > 0, () => `nothing is said: ${query}`);
    for (const text of texts)
      for (const claim of claimsOf(text)) this.#checkClaim(claim, `${query}: ${text}`);
    const asked = /^why-not (\S+) (\S+)$/u.exec(query);
    const said = /^`[^`]+` (can be had|cannot be had)|^It is (what the run takes)/u.exec(texts[0] ?? '');
    if (asked === null) return;
    const isOpen = said === null && this.#world.hasUnknown && /would do is not known/u.test(texts[0] ?? '');
    this.#expect('queries', said !== null || isOpen, () => `${query} is left open: ${texts.join(' ')}`);
    if (said === null) return;
    if (said[2] !== undefined) {
      const isPinned = this.#report.pins?.[normal(asked[1]!)] === asked[2]!;
      this.#expect('queries', isPinned, () => `${query}: “${texts[0]!}”, and the pin is another`);
      return;
    }
    const of = (list: 'requirements' | 'constraints'): readonly string[] =>
      this.#texts(list).map(({ text }) => text);
    // `==1.0` would admit 1.0+cpu.
    const listed = this.#world.versionsOf(normal(asked[1]!)) ?? [];
    const hasLocal = listed.some((version) => version.startsWith(`${asked[2]!}+`));
    const solution = this.#search.solve(
      [...of('requirements'), `${asked[1]!}${hasLocal ? '===' : '=='}${asked[2]!}`],
      of('constraints'),
    );
    this.#expect(
      'queries',
      (solution === null) === (said[1] === 'cannot be had'),
      () => `${query}: “${texts.join(' ')}”, and ${solution === null ? 'there is none' : 'there is one'}`,
    );
  }

  /** Versions in the words that the texts use; null where the words name too many to say which. */
  #versions(project: string, words: string): readonly string[] | null {
    const all = this.#world.versionsOf(normal(project.replace(/\[.*$/u, ''))) ?? [];
    if (words === '*') return all;
    if (/\d+ more$/u.test(words)) return null;
    return words.split(/, | and /u).flatMap((part) => {
      const range = /^(\S+) to (\S+)$/u.exec(part);
      if (range)
        return all.filter((version) => compare(version, range[1]!) >= 0 && compare(version, range[2]!) <= 0);
      const open = /^(\S+) or (newer|older)$/u.exec(part);
      if (open)
        return all.filter((version) => compare(version, open[1]!) * (open[2] === 'newer' ? 1 : -1) >= 0);
      return all.filter((version) => version === part);
    });
  }

  #checkClaim(claim: Claim, text: string): void {
    const say = (what: string) => (): string => `${what}: “${text}”`;
    if (claim.kind === 'asks') {
      const own = this.#texts(claim.pane as 'requirements').find(({ line }) => line === claim.line);
      const isSame = own !== undefined && sameWish(own.text, claim.text);
      this.#expect('claims', isSame, say(`line ${claim.line} is “${own?.text ?? ''}”`));
      return;
    }
    if (claim.kind === 'no-project' || claim.kind === 'no-release') {
      const versions = this.#world.versionsOf(normal(claim.package.replace(/\[.*$/u, '')));
      this.#expect(
        'claims',
        claim.kind === 'no-project' ? versions === undefined : (versions ?? []).length === 0,
        say('it is there'),
      );
      return;
    }
    if ('version' in claim) {
      this.#expect('claims', this.#isListed(claim), say('the list is another'));
      return;
    }
    const versions = this.#versions(claim.package, claim.versions);
    if (versions === null) return;
    this.#expect('claims', versions.length > 0, say('there are no such versions'));
    const name = normal(claim.package.replace(/\[.*$/u, ''));
    const extras = (/\[(.*)\]/u.exec(claim.package)?.[1] ?? '').split(',').map(normal);
    for (const version of versions) {
      const release = this.#world.release(name, version)!;
      switch (claim.kind) {
        case 'requires': {
          const has = release.requires.some((own) => {
            const parsed = wish(own);
            return (
              parsed !== null &&
              extras.some((extra) => this.#world.holds(parsed.marker, extra)) &&
              sameWish(own, claim.text)
            );
          });
          this.#expect('claims', has, say(`${name} ${version} has ${JSON.stringify(release.requires)}`));
          break;
        }
        case 'needs-python':
          this.#expect(
            'claims',
            release.requires_python !== undefined &&
              sameWish(`x${release.requires_python}`, `x${claim.text}`) &&
              !this.#world.admitsPython(release),
            say(`${name} ${version} says ${release.requires_python ?? 'nothing'}`),
          );
          break;
        case 'no-file':
          this.#expect('claims', !this.#world.hasFile(release), say(`${name} ${version} has a file`));
          break;
        case 'yanked':
          this.#expect(
            'claims',
            release.yanked !== undefined && release.yanked !== false,
            say(`${name} ${version} is not yanked`),
          );
          break;
        case 'pre-release':
          this.#expect('claims', isPre(version), say(`${version} is none`));
          break;
        case 'accepts-none':
          this.#checkRefusal(claim, release, extras, say);
      }
    }
  }

  #isListed({ kind, package: name, version }: Extract<Claim, { readonly version: string }>): boolean {
    const all = this.#world.versionsOf(normal(name.replace(/\[.*$/u, ''))) ?? [];
    const named = version.split(' ');
    switch (kind) {
      case 'newest':
        return all.at(-1) === version;
      case 'oldest':
        return all[0] === version;
      case 'only':
      case 'lists-only':
        return all.join(' ') === version;
      case 'nearest':
        return named.length === 2 && all.indexOf(named[1]!) === all.indexOf(named[0]!) + 1;
      case 'unsatisfiable':
        return !all.some((other) => isIn(other, wish(`x${version}`)!.clauses));
    }
  }

  #checkRefusal(
    claim: Extract<Claim, { kind: 'accepts-none' }>,
    release: { readonly requires: readonly string[] },
    extras: readonly string[],
    say: (what: string) => () => string,
  ): void {
    const match = /accepts (?:every version of `([^`]+)`|any version of `([^`]+)`|`([^`]+)` (.+?))$/u.exec(
      claim.refused,
    );
    const other = match?.[1] ?? match?.[2] ?? match?.[3];
    if (other === undefined) return;
    const refused = this.#versions(other, match?.[4]?.replace(/(,| and)$/u, '').trim() ?? '*') ?? [];
    const own = release.requires.flatMap((text) => {
      const parsed = wish(text);
      return parsed !== null &&
        parsed.name === normal(other) &&
        extras.some((extra) => this.#world.holds(parsed.marker, extra))
        ? [parsed]
        : [];
    });
    this.#expect(
      'claims',
      own.length > 0 && refused.every((version) => own.some(({ clauses }) => !isIn(version, clauses))),
      say('it accepts one of them'),
    );
  }

  /** `… cannot be used`, `… cannot be installed together`: with the lines it rests on there must be no solution. */
  #checkConclusion(text: string, lines: ReadonlySet<number>): void {
    const { projects } = this.#world.problem.index.facts;
    const isPlain = Object.values(projects).every((releases) =>
      Object.entries(releases).every(([version, release]) => !release.yanked && !isPre(version)),
    );
    const match = /(?:^|so )(`.+?) cannot be (?:used|installed together)\.$/u.exec(text);
    if (!match || !isPlain) return;
    const parts = [
      ...match[1]!.matchAll(
        /`([^`]+)`(?: ((?:\d[\w.+]*(?: or newer| or older| to \d[\w.+]*)?(?:, | and )?)+))?/gu,
      ),
    ];
    const choices = parts.map((part) => ({
      name: part[1]!,
      versions: this.#versions(part[1]!, part[2]?.trim().replace(/(,| and)$/u, '') ?? '*') ?? [],
    }));
    if (choices.reduce((product, { versions }) => product * Math.max(1, versions.length), 1) > 60) return;
    const combinations = choices.reduce<readonly (readonly string[])[]>(
      (sets, { name, versions }) =>
        sets.flatMap((set) => versions.map((version) => [...set, `${name}==${version}`])),
      [[]],
    );
    for (const combination of combinations)
      this.#expect(
        'proof',
        this.#search.solve(
          [
            ...combination,
            ...this.#texts('requirements').flatMap((own) => (lines.has(own.line) ? [own.text] : [])),
          ],
          this.#texts('constraints').map((item) => item.text),
        ) === null,
        () => `${combination.join(' ')} can be: “${text}”`,
      );
  }

  #checkFix(fix: Fix): void {
    const edits = [
      ...(fix.source === null ? [] : [{ source: fix.source, newLine: fix.newLine }]),
      ...fix.also,
    ];
    const changed = (pane: Pane): readonly string[] => {
      const own = edits.filter(({ source }) => source.pane === pane);
      const kept = this.#texts(pane).flatMap(({ line, text }) => {
        const edit = own.find(({ source }) => source.line === line);
        return edit === undefined ? [text] : edit.newLine === '' ? [] : [edit.newLine];
      });
      const last = Math.max(0, ...this.#texts(pane).map(({ line }) => line));
      return [...kept, ...own.filter(({ source }) => source.line > last).map(({ newLine }) => newLine)];
    };
    const python = fix.setting?.python ?? this.#world.problem.environment.python;
    const world = edits.some(({ source }) => source.pane === 'overrides')
      ? new World({ ...this.#world.problem, overrides: changed('overrides').join('\n') })
      : this.#world;
    const search = new CompleteSearch(world, python);
    const pinned = fix.pins.map(({ name, version }) => ({ name: normal(name), version }));
    this.#expect(
      'fixes',
      search.isSolution(
        new Map(pinned.map(({ name, version }) => [name, version])),
        changed('requirements'),
        changed('constraints'),
      ),
      () => `${fix.text} gives ${JSON.stringify(pinned)}`,
    );
  }
}
