/**
 * `pyproject.toml`: `[project]` (PEP 621), `[dependency-groups]` (PEP 735), `[build-system]` (PEP 518), and the tables
 * of uv, PDM, Hatch (here) and Poetry (poetry-pyproject.ts).
 */
import { normalizeName } from '../../packaging/name.ts';
import { ManifestBuilder } from '../manifest-builder.ts';
import type { Manifest } from '../manifest.ts';
import { PDM_ENGINE, POETRY_ENGINE } from '../tool-releases.ts';
import { readPoetryTables } from './poetry-pyproject.ts';
import { readDependencyGroups } from './pyproject-groups.ts';
import {
  fieldsAt,
  itemsAt,
  tableAt,
  textAt,
  valueAt,
  type SpannedTable,
  type SpannedValue,
} from '../syntax/spanned-value.ts';
import { readToml } from '../syntax/toml-value.ts';
import { readUvTable } from './uv-pyproject.ts';

/** Reads a `pyproject.toml`. */
export function readPyproject(text: string): Manifest {
  const toml = readToml(text);
  const builder = new ManifestBuilder('pyproject', text);
  builder.complainAll(toml.complaints);
  builder.group('main', 'dependencies', 'requirements', true);
  readProjectTable(builder, toml.value);
  readDependencyGroups(builder, toml.value);
  readPoetryTables(builder, toml.value);
  readUvTable(builder, toml.value);
  readPdmTable(builder, toml.value);
  readHatchTable(builder, toml.value);
  readBuildSystem(builder, toml.value);
  chooseTool(builder, toml.value, text);
  if (tableAt(toml.value, 'project') === null && tableAt(toml.value, 'tool', 'poetry') === null)
    noteNoProject(builder, toml.value);
  return builder.build();
}

/** What is written for Poetry or PDM is asked of it; the lines stay beside it, for the other tools. */
function chooseTool(builder: ManifestBuilder, root: SpannedTable, text: string): void {
  const backend = textAt(root, 'build-system', 'build-backend')?.text ?? '';
  const poetry = tableAt(root, 'tool', 'poetry');
  if (poetry !== null || backend.startsWith('poetry.')) {
    builder.engine = POETRY_ENGINE;
    builder.project = text;
    // A part of a project, as it stands in a question: only Poetry's own table can say that it is no package.
    if (tableAt(root, 'project') !== null || !/^\s*(?:\[tool\.poetry\.)/m.test(text) || hasOwnTable(text))
      return;
    builder.project = `${text.trimEnd()}\n\n[tool.poetry]\npackage-mode = false\n`;
    builder.guess('The project has no name in the text; it is taken as one that is no package.');
  } else if (
    builder.engine === null &&
    (tableAt(root, 'tool', 'pdm') !== null || backend.startsWith('pdm.'))
  ) {
    builder.engine = PDM_ENGINE;
    builder.project = text;
  }
}

function hasOwnTable(text: string): boolean {
  return /^[ \t]*\[tool\.poetry\][ \t]*(?:#.*)?$/m.test(text);
}

function noteNoProject(builder: ManifestBuilder, root: SpannedTable): void {
  const span = { start: 0, end: Math.min(1, root.span.end) };
  const message = 'There is no `[project]` table here, so no dependencies of a project';
  builder.complain('warning', 'no-project-table', message, span);
}

function readProjectTable(builder: ManifestBuilder, root: SpannedTable): void {
  const project = tableAt(root, 'project');
  if (project === null) return;
  const requiresPython = textAt(project, 'requires-python');
  if (requiresPython !== null) builder.options = { ...builder.options, requiresPython: requiresPython.text };
  builder.addArray('main', itemsAt(project, 'dependencies'));
  const extras = fieldsAt(project, 'optional-dependencies');
  for (const extra of extras) {
    const id = `extra:${normalizeName(extra.name)}`;
    builder.group(id, `optional-dependencies.${extra.name}`, 'requirements', false);
    builder.addArray(id, itemsAt(extra.value));
  }
  const name = textAt(project, 'name');
  if (name !== null)
    expandOwnExtras(
      builder,
      normalizeName(name.text),
      extras.map((extra) => extra.name),
    );
  for (const item of itemsAt(project, 'dynamic'))
    if (item.kind === 'string' && /^(?:optional-)?dependencies$/.test(item.value))
      builder.complain(
        'warning',
        'dynamic-dependencies',
        `Left out: \`${item.value}\` is dynamic, so only building the project tells it`,
        item.span,
      );
}

/** `all = ["mine[a,b]"]` asks for the project's own extras: their requirements take its place. */
function expandOwnExtras(builder: ManifestBuilder, project: string, extras: readonly string[]): void {
  for (const extra of extras) {
    const id = `extra:${normalizeName(extra)}`;
    const seen = new Set([id]);
    const queue = [...builder.entriesOf(id)];
    const present = new Set(queue);
    for (const entry of queue) {
      if (entry.requirement.normalizedName !== project) {
        if (!present.has(entry)) builder.add(id, entry.requirement, entry.span);
        continue;
      }
      for (const own of entry.requirement.extras.map((name) => `extra:${normalizeName(name)}`)) {
        if (seen.has(own)) continue;
        seen.add(own);
        for (const item of builder.entriesOf(own)) queue.push(item);
      }
    }
    builder.remove(id, (entry) => entry.requirement.normalizedName === project);
  }
}

function readBuildSystem(builder: ManifestBuilder, root: SpannedTable): void {
  const requires = itemsAt(root, 'build-system', 'requires');
  if (requires.length === 0) return;
  builder.group('build', 'build-system.requires', 'build', false);
  builder.addArray('build', requires);
}

function readPdmTable(builder: ManifestBuilder, root: SpannedTable): void {
  for (const group of fieldsAt(root, 'tool', 'pdm', 'dev-dependencies')) {
    const id = `group:${normalizeName(group.name)}`;
    builder.group(id, `tool.pdm.dev-dependencies.${group.name}`, 'requirements', false);
    for (const item of itemsAt(group.value)) {
      if (item.kind !== 'string') continue;
      // PDM writes editable paths as `-e file:///…#egg=name`; only the name is of use here.
      const editable = /^-e +.*#egg=([A-Za-z0-9._-]+)/.exec(item.value);
      if (editable === null) builder.addText(id, item.value, item.span, item.isVerbatim);
      else leaveOut(builder, item, `the editable project \`${editable[1]!}\``);
    }
  }
  for (const override of fieldsAt(root, 'tool', 'pdm', 'resolution', 'overrides')) {
    builder.group('overrides', 'tool.pdm.resolution.overrides', 'overrides', true);
    const { value } = override;
    if (value.kind !== 'string') continue;
    const specifier = /^\d/.test(value.value) ? `==${value.value}` : value.value;
    const isAddress = /^[a-z+]+:\/\//i.test(specifier);
    builder.addText('overrides', `${override.name}${isAddress ? ' @ ' : ''}${specifier}`, value.span, false);
  }
  const allowsPrereleases = valueAt(root, 'tool', 'pdm', 'resolution', 'allow-prereleases');
  if (allowsPrereleases?.kind === 'boolean' && allowsPrereleases.value)
    builder.options = { ...builder.options, pre: true };
}

function readHatchTable(builder: ManifestBuilder, root: SpannedTable): void {
  for (const environment of fieldsAt(root, 'tool', 'hatch', 'envs')) {
    const id = `hatch:${environment.name}`;
    builder.group(id, `tool.hatch.envs.${environment.name}`, 'requirements', false);
    builder.addArray(id, itemsAt(environment.value, 'dependencies'));
    builder.addArray(id, itemsAt(environment.value, 'extra-dependencies'));
  }
}

/** Says that something is not among the requirements, and why it cannot be. */
export function leaveOut(builder: ManifestBuilder, value: SpannedValue, what: string): void {
  builder.complain(
    'warning',
    'left-out',
    `Left out: ${what}. This page reads no files and no repositories`,
    value.span,
  );
}
