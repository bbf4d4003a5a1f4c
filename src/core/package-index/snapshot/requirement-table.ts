/**
 * The requirements of a shard, interned: a row is three texts that stand one after the other, so that the name, the
 * versions and the marker are each stored once.
 *
 *   `enum34 (>=1.1) ; python_version < "3.4"`  ⇒  `enum34` + ` (>=1.1)` + ` ; python_version < "3.4"`
 */
import { readTexts, type ByteReader } from './byte-reader.ts';
import { DamagedSnapshot } from './byte-reader.ts';
import { writeTexts, type ByteWriter } from './byte-writer.ts';
import { fillTemplate, requirementTemplates } from './requirement-template.ts';
import { makeTextTable } from './text-table.ts';

const PARTS = /^([A-Za-z0-9._-]*)([^;]*?)(\s*(?:;[^]*)?)$/u;

export interface RequirementWriter {
  /**
   * Rows of a release's requirements. `before` are the rows of the release before it, `next` the texts and version of
   * the one after it: a template is preferred that stands in both.
   */
  rows(release: VersionedTexts, before: readonly number[], next: VersionedTexts | null): number[];
  write(writer: ByteWriter): void;
}

/** Texts, and the version of the release to which they belong. */
export interface VersionedTexts {
  readonly version: string;
  readonly texts: readonly string[];
}

function templatesOf(release: VersionedTexts): ReadonlySet<string> {
  return new Set(release.texts.flatMap((text) => requirementTemplates(text, release.version)));
}

export function makeRequirementWriter(): RequirementWriter {
  const table = makeTextTable();

  function choose(templates: readonly string[], before: ReadonlySet<number>, next: ReadonlySet<string>) {
    const kept = templates.find((template) => before.has(table.find(template) ?? -1));
    const going = templates.find((template) => next.has(template));
    return kept ?? going ?? templates[0] ?? '';
  }
  return {
    rows(release, before, next) {
      const kept = new Set(before);
      const coming = next === null ? new Set<string>() : templatesOf(next);
      return release.texts.map((text) =>
        table.row(choose(requirementTemplates(text, release.version), kept, coming)),
      );
    },
    write(writer) {
      const parts = [makeTextTable(), makeTextTable(), makeTextTable()];
      const columns = parts.map((part, column) =>
        table.texts.map((text) => part.row(PARTS.exec(text)?.[column + 1] ?? '')),
      );
      for (const part of parts) writeTexts(writer, part.texts);
      writer.number(table.texts.length);
      for (const column of columns) {
        let fresh = 0;
        for (const row of column) {
          writer.number(row === fresh ? 0 : row + 1);
          if (row === fresh) fresh++;
        }
      }
    },
  };
}

/** What `makeRequirementWriter` wrote: the text of a row in a release. */
export type RequirementReader = (row: number, version: string) => string;

export function readRequirementTable(reader: ByteReader): RequirementReader {
  const parts = [readTexts(reader), readTexts(reader), readTexts(reader)];
  const count = reader.number();
  const columns = parts.map(() => {
    const column: number[] = [];
    let fresh = 0;
    for (let rest = count; rest > 0; rest--) {
      const code = reader.number();
      column.push(code === 0 ? fresh++ : code - 1);
    }
    return column;
  });
  return (row, version) => {
    if (row >= count) throw new DamagedSnapshot(`requirement ${row} of ${count}`);
    let template = '';
    for (const [at, part] of parts.entries()) template += part[columns[at]?.[row] ?? -1] ?? '';
    return fillTemplate(template, version);
  };
}
