/** The subcommands of `npm run snapshot`. Exit codes: 0 done, 1 a difference or a damaged file, 2 wrong usage. */
import { existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Facts } from '../../core/package-index/facts/facts.ts';
import { auditSnapshot } from './audit-command.ts';
import { buildIntoFolder, type SnapshotTitle } from './build-command.ts';
import { diffFacts } from './diff-command.ts';
import { EMBEDDED_SNAPSHOTS, readEmbeddedFacts } from './embedded.ts';
import { inspect } from './inspect-command.ts';
import { record, RECORD_DEFAULTS } from './record-command.ts';
import { openSnapshotFromDisk, readManifest, SNAPSHOT_FOLDER } from './snapshot-files.ts';
import { readSources, type ReadSource } from './source.ts';
import { pruneFolder, streamSnapshot, type StreamOptions } from './stream/stream-build.ts';
import { verifySnapshots } from './verify-command.ts';

const DATA_FOLDER = process.env['BACKJUMP_DATA'] ?? resolve(import.meta.dirname, '../../../../shared/data');

const USAGE = `usage: npm run snapshot -- COMMAND …
  build SOURCE… --id ID --date YYYY-MM-DD [--title T] [--source S] [--license L] [--description D] [--closed]
        a snapshot of everything that the sources say; --closed: what it does not hold does not exist
        SOURCE: a wheel or source archive, a facts file, a saved page of the simple API (JSON or HTML), pip's
        installation report (pip install --report FILE), \`pip inspect\`, core metadata, a folder of any of these,
        pip's HTTP cache (pip cache dir), or the name of a snapshot. What cannot be read is named and counted.
  build --from FILE… --id ID --date YYYY-MM-DD [--since ID] [--folder F] [--memory MB] [--work FOLDER] …
        the same, of an index of any size, from newline JSON (.gz or plain): rows of PyPI's public metadata dataset,
        PyPI's JSON of projects, pages of the simple API; --since: all else as in that snapshot (docs/own-index.md)
  prune --folder F --keep N                only the newest N snapshots that share a folder, and the files they name
  merge SOURCE… --facts FILE               put sources together as one facts file
  diff SOURCE SOURCE                       what the second says differently
  inspect [SNAPSHOT [PROJECT [VERSION]]]   what there is
  verify [SNAPSHOT…]                       hashes, bytes, counts
  audit [SNAPSHOT…] [--python 3.12]… [--engine pip@26.2] [--every N] [--named N]
        what is asked for and not held, which lists are partial, and how every project (or every N-th) ends when it is
        asked alone; status 1 where one is called unsolvable that cannot be known to be
  record PROBLEM --facts FILE [--index-url URL]… [--file-host HOST]…
        the facts that resolving a Problem reads from live indexes (PyPI, or the URLs in this order), six requests
        at a time and nothing twice; called again, it goes on where it stopped
  embedded [--data FOLDER]                 the snapshots that are served with the page
Every command takes --out FOLDER, the folder of snapshots. Status: 0 done, 1 a difference, a damaged or missing
file, 2 wrong usage.`;

const SOME = 1;
const WRONG_USAGE = 2;

const OUT = { out: { type: 'string', default: SNAPSHOT_FOLDER } } as const;

function complain(text: string, code: number): number {
  console.error(text);
  return code;
}

/** Names what was passed over, and counts it. */
function tellSkipped({ read, skipped, others }: ReadSource): void {
  for (const { path, reason } of skipped) console.error(`skipped ${path}: ${reason}`);
  const rest = others === 0 ? '' : `, ${others} other ${others === 1 ? 'file' : 'files'} passed over`;
  if (skipped.length > 0 || others > 0) console.error(`${read} read, ${skipped.length} skipped${rest}`);
}

/** Says what a snapshot has no place for, since it is one index. */
function tellUnlisted({ projects, indexes = {} }: Facts): void {
  const unlisted = Object.values(projects).flatMap((releases) =>
    Object.values(releases).filter(({ url }) => url !== undefined),
  );
  if (unlisted.length > 0) console.error(`left out: ${unlisted.length} releases at addresses of their own`);
  const names = Object.keys(indexes);
  if (names.length > 0) console.error(`left out: what the further indexes ${names.join(', ')} have`);
}

/** Whether a text is a day of the calendar, `2023-09-07`. */
function isDate(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/u.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return time !== null && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
}

async function build(args: readonly string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...OUT,
      id: text,
      date: text,
      title: { ...text, default: '' },
      source: { ...text, default: 'not stated' },
      license: { ...text, default: 'not stated' },
      description: { ...text, default: '' },
      closed: { type: 'boolean', default: false },
      from: { ...text, multiple: true },
      since: text,
      folder: text,
      work: text,
      memory: { ...text, default: '256' },
    },
  });
  const { id, date, from, since } = values;
  // After --from every word is an input.
  const inputs = from === undefined ? [] : [...from, ...positionals];
  if (id === undefined || date === undefined || inputs.length + positionals.length === 0)
    return complain(USAGE, WRONG_USAGE);
  if (!/^[0-9a-z][0-9a-z.-]*$/u.test(id)) return complain(`not a snapshot id: ${id}`, WRONG_USAGE);
  if (!isDate(date)) return complain(`not a date: ${date}`, WRONG_USAGE);
  const title: SnapshotTitle = {
    id,
    date,
    title: values.title === '' ? id : values.title,
    source: values.source,
    license: values.license,
    description: values.description,
    world: values.closed ? 'closed' : 'open',
  };
  if (inputs.length > 0)
    return streamBuild(inputs, title, {
      out: values.out,
      since: since ?? null,
      folder: values.folder ?? id,
      work: values.work ?? resolve(tmpdir(), `backjump-${id}`),
      memory: Number(values.memory),
    });
  const source = readSources(positionals, values.out);
  tellSkipped(source);
  if (source.read === 0) return complain('nothing could be read', SOME);
  tellUnlisted(source.facts);
  const { counts, bytes } = buildIntoFolder(source.facts, title, values.out);
  console.log(`${id}: ${counts.projects} projects, ${counts.releases} releases, ${bytes} bytes`);
  return 0;
}

async function streamBuild(
  inputs: readonly string[],
  title: SnapshotTitle,
  options: Pick<StreamOptions, 'out' | 'since' | 'folder' | 'work' | 'memory'>,
): Promise<number> {
  if (!(options.memory >= 1)) return complain('--memory is a number of megabytes', WRONG_USAGE);
  if (!/^[0-9a-z][0-9a-z.-]*$/u.test(options.folder))
    return complain(`not a folder of snapshots: ${options.folder}`, WRONG_USAGE);
  const missing = inputs.find((path) => !existsSync(path));
  if (missing !== undefined) return complain(`${missing} is missing`, SOME);
  const started = Date.now();
  const { description, published, lines, rows, skipped } = await streamSnapshot({
    ...options,
    title,
    inputs,
    memory: options.memory * 500_000,
  });
  for (const text of skipped) console.error(text);
  const seconds = Math.max(1, Math.round((Date.now() - started) / 1_000));
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1_000);
  const { counts, bytes } = description;
  console.log(`${title.id}: ${counts.projects} projects, ${counts.releases} releases, ${bytes} bytes`);
  console.log(
    `${lines} lines, ${rows} rows in ${seconds} s (${Math.round(rows / seconds)} a second), ${megabytes} MB of memory; ${published} bytes are new`,
  );
  return lines === 0 ? SOME : 0;
}

function prune(args: readonly string[]): number {
  const { values } = parseArgs({
    args: [...args],
    options: { ...OUT, folder: { type: 'string' }, keep: { type: 'string' } },
  });
  const keep = Number(values.keep);
  if (values.folder === undefined || !Number.isInteger(keep) || keep < 1) return complain(USAGE, WRONG_USAGE);
  const { snapshots, files } = pruneFolder(values.out, values.folder, keep);
  console.log(`${snapshots} snapshots and ${files} files removed`);
  return 0;
}

function embedded(args: readonly string[]): number {
  const { values } = parseArgs({
    args: [...args],
    options: { ...OUT, data: { type: 'string', default: DATA_FOLDER } },
  });
  for (const [at, snapshot] of EMBEDDED_SNAPSHOTS.entries()) {
    const facts = readEmbeddedFacts(snapshot, values.data);
    if (!facts.ok) return complain(facts.error, SOME);
    const { counts, bytes } = buildIntoFolder(facts.value, snapshot, values.out, at === 0);
    console.log(`${snapshot.id}: ${counts.projects} projects, ${counts.releases} releases, ${bytes} bytes`);
  }
  return 0;
}

function merge(args: readonly string[]): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...OUT, facts: { type: 'string' } },
  });
  if (values.facts === undefined || positionals.length === 0) return complain(USAGE, WRONG_USAGE);
  const source = readSources(positionals, values.out);
  tellSkipped(source);
  if (source.read === 0) return complain('nothing could be read', SOME);
  writeFileSync(values.facts, `${JSON.stringify(source.facts)}\n`);
  console.log(`${values.facts}: ${Object.keys(source.facts.projects).length} projects`);
  return 0;
}

function diff(args: readonly string[]): number {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OUT });
  const [first, second] = positionals.map((path) => readSources([path], values.out));
  if (first === undefined || second === undefined || positionals.length !== 2)
    return complain(USAGE, WRONG_USAGE);
  for (const source of [first, second]) tellSkipped(source);
  if (first.read === 0 || second.read === 0) return complain('nothing to compare', WRONG_USAGE);
  const differences = diffFacts(first.facts, second.facts);
  for (const line of differences) console.log(line);
  console.log(`${differences.length} ${differences.length === 1 ? 'difference' : 'differences'}`);
  return differences.length === 0 ? 0 : SOME;
}

function complaintCount(count: number): string {
  return `${count} ${count === 1 ? 'complaint' : 'complaints'}`;
}

function verify(args: readonly string[]): number {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OUT });
  const complaints = verifySnapshots(values.out, positionals);
  for (const complaint of complaints) console.error(complaint);
  console.log(complaints.length === 0 ? 'all whole' : complaintCount(complaints.length));
  return complaints.length === 0 ? 0 : SOME;
}

function show(args: readonly string[]): number {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OUT });
  const lines = inspect(values.out, positionals);
  if (!lines.ok) return complain(lines.error, SOME);
  for (const line of lines.value) console.log(line);
  return 0;
}

async function recordFacts(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...OUT,
      facts: { type: 'string' },
      'index-url': { type: 'string', multiple: true, default: [] },
      'file-host': { type: 'string', multiple: true, default: [...RECORD_DEFAULTS.fileHosts] },
    },
  });
  const [problem, ...more] = positionals;
  if (problem === undefined || more.length > 0 || values.facts === undefined)
    return complain(USAGE, WRONG_USAGE);
  const result = await record(problem, {
    out: values.facts,
    indexUrls: values['index-url'],
    fileHosts: values['file-host'],
  });
  if (!result.ok) return complain(result.error, WRONG_USAGE);
  const { outcome, pages, metadata, requests, failures } = result.value;
  for (const failure of failures) console.error(failure);
  console.log(`${outcome}: ${pages} pages and ${metadata} metadata files in ${requests} requests`);
  return failures.length === 0 ? 0 : SOME;
}

async function audit(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...OUT,
      python: { type: 'string', multiple: true, default: ['3.9', '3.12', '3.14'] },
      engine: { type: 'string', default: 'pip@26.2' },
      every: { type: 'string', default: '1' },
      named: { type: 'string', default: '10' },
    },
  });
  const manifest = readManifest(values.out);
  if (!manifest.ok) return complain(manifest.error, SOME);
  const ids = positionals.length > 0 ? positionals : manifest.value.snapshots.map(({ id }) => id);
  let complaints = 0;
  for (const id of ids) {
    const index = openSnapshotFromDisk(id, values.out);
    if (!index.ok) return complain(index.error, WRONG_USAGE);
    const found = await auditSnapshot(id, index.value, {
      pythons: values.python,
      engine: values.engine,
      every: Math.max(1, Number(values.every) || 1),
      named: Math.max(0, Number(values.named) || 0),
    });
    console.log(`${id}\n${found.lines.map((line) => `  ${line}`).join('\n')}`);
    for (const complaint of found.complaints) console.error(complaint);
    complaints += found.complaints.length;
  }
  console.log(complaints === 0 ? 'no false answer' : complaintCount(complaints));
  return complaints === 0 ? 0 : SOME;
}

const COMMANDS = {
  audit,
  build,
  embedded,
  merge,
  diff,
  prune,
  inspect: show,
  verify,
  record: recordFacts,
} as const;

/** Runs `name …arguments` and returns the exit code. */
export async function runSnapshotCommand(words: readonly string[]): Promise<number> {
  const [name = '', ...args] = words;
  if (['help', '--help', '-h'].some((word) => word === name || (word !== 'help' && args.includes(word)))) {
    console.log(USAGE);
    return 0;
  }
  if (!Object.hasOwn(COMMANDS, name)) return complain(USAGE, WRONG_USAGE);
  try {
    return await COMMANDS[name as keyof typeof COMMANDS](args);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (String(error.code).startsWith('ERR_PARSE'))
      return complain(`${error.message}\n${USAGE}`, WRONG_USAGE);
    // A folder that cannot be written, a full disk: the system's own words name the path.
    if ('syscall' in error) return complain(error.message, SOME);
    throw error;
  }
}
