/**
 * PDM's reports (1.5 to 2.29): the list of conflicts, a project without releases, Pythons of the project that a release
 * does not run on, and what `-v` prints while it solves.
 */
import { parseRequirement } from '../../../packaging/requirement.ts';
import type { Span } from '../../../packaging/result.ts';
import { parseSpecifierSet, specifierSetContains, type SpecifierSet } from '../../../packaging/specifier.ts';
import { parseVersion } from '../../../packaging/version.ts';
import { readInstallLine } from '../../command/install-line.ts';
import { ManifestBuilder } from '../../manifest-builder.ts';
import type { Manifest } from '../../manifest.ts';
import { PDM_ENGINE } from '../../tool-releases.ts';
import { Evidence } from '../evidence.ts';
import { Machine } from '../machine.ts';
import { logLines, type LogLine } from '../output/log-line.ts';

/** Reads output of PDM. */
export function readPdmReport(text: string): Manifest {
  const builder = new ManifestBuilder('pdm-log', text);
  builder.engine = PDM_ENGINE;
  builder.group('main', 'requirements', 'requirements', true);
  const reader = new PdmReportReader(builder);
  for (const line of joinEntries(logLines(text))) reader.read(line);
  reader.finish();
  return builder.build();
}

const WHOLE = 'Paste the whole output of `pdm lock -v`, or the `pyproject.toml`.';
const PYTHONS = ['3.11', '3.12', '3.13', '3.10', '3.9', '3.8', '3.7', '3.14', '3.6', '3.15', '4.0', '2.7'];

/** `wish (from project)`, `wish (from name@1.0)`, also as `-v` has them. */
const ENTRY = /^\s*([A-Za-z0-9].*?) \(from (.+)\)$/;
/** An entry that the terminal broke; it ends with a parenthesis. */
const IS_OPEN_ENTRY = /^\s{1,8}[A-Za-z0-9][^()]*(?:\(from[^()]*)?$/;

/** Entries that were broken at the terminal's width, put together; nothing else goes on. */
function* joinEntries(lines: readonly LogLine[]): Generator<LogLine> {
  let isInList = false;
  for (let at = 0; at < lines.length; at++) {
    let { text } = lines[at]!;
    const { span } = lines[at]!;
    if (/Unable to find a resolution\b/.test(text) || /Unable to find candidates\b/.test(text)) {
      // The sentence itself may be broken; what follows begins a line of its own.
      for (
        let more = 0;
        more < 4 &&
        at + 1 < lines.length &&
        /^[a-z`][^()]*$/.test(lines[at + 1]!.text) &&
        !/^because of/.test(lines[at + 1]!.text);
        more++
      )
        text = `${text.trimEnd()} ${lines[++at]!.text.trim()}`;
    } else if (isInList && IS_OPEN_ENTRY.test(text)) {
      for (let more = 0; more < 6 && at + 1 < lines.length && !text.endsWith(')'); more++) {
        const next = lines[at + 1]!.text;
        if (next === '' || /^(?:To fix|A possible|\[|ERROR|See )/.test(next.trim())) break;
        const glue =
          /(?:[<>=!~@,]|\(from)$/.test(text.trimEnd()) && !/\(from$/.test(text.trimEnd()) ? '' : ' ';
        text = text.trimEnd() + glue + next.trim();
        at++;
      }
    }
    if (
      /following conflicts:|conflicts with other requirements:|Conflicts detected:|requires-python/.test(text)
    )
      isInList = true;
    else if (text === '' || /^\s*(?:To fix|A possible|\[)/.test(text)) isInList = false;
    yield { text, span };
  }
}

class PdmReportReader {
  readonly #builder: ManifestBuilder;
  readonly #evidence = new Evidence();
  readonly #machine = new Machine();
  readonly #commanded: string[] = [];
  readonly #pythonLimits: SpecifierSet[] = [];
  /** Projects of which the report says that nothing is found, with the place where it says so. */
  readonly #unfound = new Map<string, Span>();
  #projectPython: SpecifierSet | null = null;
  #hasConflicts = false;
  #isStarting = false;
  #isTooDeep = false;
  #understood = 0;

  constructor(builder: ManifestBuilder) {
    this.#builder = builder;
  }

  read(line: LogLine): void {
    const text = line.text.replace(/^\s*(?:\d:\d\d:\d\d +)?(?:🔒 )?(?:Lock failed\.? *)?/u, (lead) =>
      lead.trim() === '' ? lead : '',
    );
    const message = text.replace(/^(?:pdm\.[\w.]+|unearth\.[\w.]+): /, '');
    const command = readInstallLine(line.text);
    if (command !== null)
      for (const requirement of command.requirements) this.#commanded.push(requirement.text);
    else this.#readMessage(message, line.span);
  }

  #readMessage(text: string, span: Span): void {
    if (text.includes('======== ')) {
      this.#isStarting = text.includes('Start resolving requirements');
      return;
    }
    if (this.#readVerbose(text, span)) return;
    const entry = ENTRY.exec(text);
    if (entry !== null) {
      this.#entry(entry[1]!, entry[2]!, span);
      return;
    }
    if (this.#isStarting && /^\s{2}\S/.test(text)) {
      this.#ask(text.trim(), span);
      return;
    }
    this.#readSentence(text, span);
  }

  #readSentence(text: string, span: Span): void {
    if (/Unable to find a resolution because the following/.test(text)) {
      const range = /requires-python`?:? ?([<>=!~][^\s]*?)\.?$/.exec(text)?.[1];
      const parsed = range === undefined ? null : parseSpecifierSet(range);
      if (parsed?.ok === true) this.#projectPython = parsed.value;
      this.#understood++;
      return;
    }
    const unfound =
      /Unable to find a resolution for (\S+?)(?: because of the following conflicts:.*)?$/.exec(text)?.[1] ??
      /Unable to find candidates for (\S+?)\.(?:\s|$)/.exec(text)?.[1];
    if (unfound !== undefined) {
      this.#unfound.set(unfound, span);
      this.#understood++;
    } else if (/maximum loop depth|ResolutionTooDeep/.test(text)) this.#isTooDeep = true;
  }

  /** Lines of `-v`; false for any other. */
  #readVerbose(text: string, span: Span): boolean {
    const adding = /^\s*Adding requirement (.+?)(?: ?\(from (\S+) (\S+)\))?$/.exec(text);
    if (adding !== null) {
      const [, wish = '', name, version] = adding;
      if (/^python(?:[<>=!~ ]|$)/i.test(wish)) return true;
      if (name === undefined || version === undefined) this.#ask(wish, span);
      else this.#evidence.depends(name, version, wish);
      this.#machine.wanted(wish);
      this.#understood++;
      return true;
    }
    const pin = /^\s*Adding new pin: (\S+) (\S+)$/.exec(text);
    if (pin !== null) {
      if (pin[2] !== 'None') this.#evidence.exists(pin[1]!.replace(/\[.*$/, ''), pin[2]!);
      return true;
    }
    const rejected =
      /^\s*Candidate rejected: (\S+)@(\S+) because it introduces a new requirement (.+) that conflicts with other/.exec(
        text,
      );
    if (rejected === null) return /^\s*Conflicts detected:/.test(text);
    const [, name = '', version = '', wish = ''] = rejected;
    this.#clash(wish);
    this.#evidence.depends(name, version, wish);
    this.#understood++;
    return true;
  }

  #entry(wish: string, from: string, span: Span): void {
    const candidate = /^(?:<Candidate )?([A-Za-z0-9][\w.-]*(?:\[[^\]]*\])?)(?:@| )(v?\d[^\s>]*)/.exec(from);
    const python = /^python ?([<>=!~].*)$/i.exec(wish)?.[1];
    this.#understood++;
    if (python !== undefined) {
      const limit = parseSpecifierSet(python);
      if (!limit.ok || candidate === null) return;
      this.#pythonLimits.push(limit.value);
      const own = parseSpecifierSet(`==${candidate[2]!}`);
      if (own.ok) this.#evidence.needsPython(candidate[1]!, [own.value], limit.value.text);
      return;
    }
    this.#hasConflicts = true;
    this.#machine.wanted(wish);
    this.#clash(wish);
    if (candidate === null) this.#ask(wish, span);
    else this.#evidence.depends(candidate[1]!, candidate[2]!, wish);
  }

  #clash(wish: string): void {
    const parsed = parseRequirement(wish);
    if (parsed.ok) this.#evidence.clashes(parsed.value.name);
  }

  #ask(wish: string, span: Span): void {
    if (/^python(?:[<>=!~ ]|$)/i.test(wish) || !parseRequirement(wish).ok) return;
    this.#understood++;
    this.#evidence.ask(this.#builder, wish, span);
  }

  finish(): void {
    if (this.#understood === 0) {
      const message = 'There is no line of PDM here that tells of requirements';
      this.#builder.complain('error', 'nothing-understood', message, { start: 0, end: 1 });
      const gaveUp = this.#isTooDeep
        ? 'PDM gave the search up (ResolutionTooDeep), which proves neither that there is a solution nor that there is none'
        : message;
      this.#builder.unreadable = `${gaveUp}. ${WHOLE}`;
      return;
    }
    if (!this.#hasConflicts) for (const [name, span] of this.#unfound) this.#missing(name, span);
    for (const wish of this.#commanded) {
      const parsed = parseRequirement(wish);
      if (parsed.ok && this.#evidence.knows(parsed.value.name) && !this.#evidence.isAsked(parsed.value.name))
        this.#evidence.ask(this.#builder, wish, { start: 0, end: 1 });
    }
    this.#machine.settle(this.#builder);
    this.#choosePython();
    this.#builder.ending = {
      kind: this.#isTooDeep ? 'unfinished' : 'failed',
      wanted: `PDM found no solution, but what the text tells of can be had all at once: the other side is not in it, or it is a matter of other Pythons and platforms, for all of which PDM resolves. ${WHOLE}`,
    };
    this.#evidence.settle(this.#builder);
  }

  /** Nothing was found, and nothing more is told: neither who asks nor which versions. */
  #missing(name: string, span: Span): void {
    const typed = this.#commanded.find((wish) => {
      const parsed = parseRequirement(wish);
      return parsed.ok && parsed.value.name.toLowerCase() === name.toLowerCase();
    });
    const isTold = this.#evidence.isAsked(name);
    if (!isTold && typed === undefined && !this.#evidence.knows(name))
      this.#builder.guess(
        `PDM found no release of \`${name}\` that fits; who asks for it and for which versions is not in the text, so it is taken as asked for by you. It says this of projects that do not exist, too.`,
      );
    if (!isTold && !this.#evidence.knows(name)) this.#evidence.ask(this.#builder, typed ?? name, span);
    this.#evidence.lacks(name, null);
  }

  /** PDM asks for every Python of the project; one for which it fails stands for them. */
  #choosePython(): void {
    if (this.#pythonLimits.length === 0) return;
    const project = this.#projectPython;
    if (project !== null) this.#builder.options = { ...this.#builder.options, requiresPython: project.text };
    let best: string | null = null;
    let bestScore = 0;
    for (const text of PYTHONS) {
      const version = parseVersion(text);
      if (!version.ok) continue;
      if (project !== null && !specifierSetContains(project, version.value)) continue;
      const missed = this.#pythonLimits.filter((set) => !specifierSetContains(set, version.value)).length;
      if (missed <= bestScore) continue;
      best = text;
      bestScore = missed;
    }
    if (best === null) return;
    this.#builder.environment = { ...this.#builder.environment, python: best };
    this.#builder.guess(
      `PDM resolves for every Python that the project allows; ${best} is one of them for which this fails.`,
    );
  }
}
