/**
 * Output of pip-compile with its own resolver (pip-tools before 7, `--resolver=legacy`; pipenv before 2022 prints the
 * same): "Could not find a version that matches", what was tried, and who asked. Newer releases print pip's own texts.
 */
import { parseRequirement } from '../../../packaging/requirement.ts';
import { ManifestBuilder } from '../../manifest-builder.ts';
import type { Manifest } from '../../manifest.ts';
import { Evidence } from '../evidence.ts';
import { Machine } from '../machine.ts';
import { logLines } from '../output/log-line.ts';
import { joinWrappedLines } from '../output/wrapped-output.ts';
import { splitParent } from '../pip/pip-log-text.ts';

const WHOLE = 'Paste the whole output, or the `.in` files that were compiled.';
const NO_MATCH = /Could not find a version that matches ([A-Za-z0-9].*)$/;
const TRIED = /^\s*(?:Tried|Skipped pre-versions): (.*)$/;
const LISTED = /^\s+([A-Za-z0-9][^()]*?) \(from (.+)\)$/;

/** Reads output of pip-compile. */
export function readPipToolsReport(text: string): Manifest {
  const builder = new ManifestBuilder('pip-tools-log', text);
  builder.group('main', 'requirements', 'requirements', true);
  const reader = new PipToolsReader(builder);
  for (const { text: line } of joinWrappedLines(logLines(text))) reader.read(line);
  reader.finish();
  return builder.build();
}

class PipToolsReader {
  readonly #builder: ManifestBuilder;
  readonly #evidence = new Evidence();
  readonly #machine = new Machine();
  /** The wish that nothing matched, with who had it. */
  #unmatched: { readonly wish: string; readonly parent: string | undefined } | null = null;
  #hasNoVersions = false;
  #listed = 0;

  constructor(builder: ManifestBuilder) {
    this.#builder = builder;
  }

  read(line: string): void {
    const unmatched = NO_MATCH.exec(line)?.[1];
    if (unmatched !== undefined) {
      const [wish, parent] = splitParent(unmatched.replace(/`+$/, ''));
      this.#unmatched = { wish, parent };
      return;
    }
    const tried = TRIED.exec(line)?.[1];
    const name = this.#name();
    if (tried !== undefined && name !== null) {
      for (const version of tried.split(',').slice(0, 5000))
        if (/^\s*v?\d/.test(version)) this.#evidence.exists(name, version.trim());
      return;
    }
    if (/^\s*No versions found/.test(line)) this.#hasNoVersions = true;
    const listed = LISTED.exec(line);
    if (listed !== null) this.#wish(listed[1]!, listed[2]!);
  }

  #name(): string | null {
    const parsed = this.#unmatched === null ? null : parseRequirement(this.#unmatched.wish);
    return parsed?.ok === true ? parsed.value.name : null;
  }

  /** `wish (from a==1.0->b==2.0->-r base.txt (line 5))`: `a` has it, `b` has `a`, the file has `b`. */
  #wish(wish: string, chain: string): void {
    const parsed = parseRequirement(wish);
    if (!parsed.ok) return;
    this.#listed++;
    this.#evidence.clashes(parsed.value.name);
    this.#machine.wanted(wish);
    const links = chain
      .split('->')
      .slice(0, 60)
      .map((link) => link.trim());
    let wanted = wish;
    for (const link of links) {
      const pin = /^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==([^\s;]+)$/.exec(link);
      if (pin === null) break;
      this.#evidence.depends(link.replace(/==.*$/, ''), pin[2]!, wanted);
      wanted = link;
    }
    // Pins between a file and a wish are what was chosen, and what the last file asks for.
    if (wanted === wish || links.at(-1)?.startsWith('-') === true)
      this.#evidence.ask(this.#builder, wanted, { start: 0, end: 1 });
  }

  finish(): void {
    const unmatched = this.#unmatched;
    if (unmatched !== null && this.#listed === 0) this.#wish(unmatched.wish, unmatched.parent ?? '-r');
    const name = this.#name();
    if (name !== null && this.#hasNoVersions) this.#evidence.lacks(name, null);
    if (this.#listed === 0) {
      const message = 'There is no line of pip-compile here that tells of requirements';
      this.#builder.complain('error', 'nothing-understood', message, { start: 0, end: 1 });
      this.#builder.unreadable = `${message}. ${WHOLE}`;
      return;
    }
    this.#machine.settle(this.#builder);
    this.#builder.ending = {
      kind: 'failed',
      wanted: `pip-compile found no version that matches, but what the text tells of can be had all at once: the other side is not in it. ${WHOLE}`,
    };
    this.#evidence.settle(this.#builder);
  }
}
