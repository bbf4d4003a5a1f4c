/** What a command of a question makes a machine do besides asking the index: hosts that it names, code that it runs. */
import { showHiddenCharacters } from '../../packaging/hidden-characters.ts';
import { pipRelease } from '../../problem/option-rules.ts';
import { parseEngineId } from '../../problem/engine-id.ts';
import type { Problem } from '../../problem/problem.ts';
import type { LineOrigin } from './command-texts.ts';

/** Hosts that are named; more are counted. */
const NAMED_HOSTS = 4;

/** Sentences for the reader, the most important first. */
export function whatRuns(problem: Problem, origin: LineOrigin): string[] {
  const lines = linesOf(problem);
  const notes: string[] = [];
  if (origin === 'link')
    notes.push(
      'These lines came with the link: somebody else wrote them. Read them before you run a command.',
    );
  const hosts = foreignHosts(problem, lines);
  if (hosts.length > 0) notes.push(`The lines make the tool ask ${hostList(hosts)}.`);
  if (lines.some((line) => /^(?:-e|--editable)\b|(?:^|[\s@])(?:git|hg|svn|bzr)\+/.test(line)))
    notes.push(
      'A line names a repository or a folder: its build code runs on your machine, even with `--dry-run`.',
    );
  else if (!buildsNothing(problem))
    notes.push(
      `Source archives run their own build code while the tool reads their dependencies, ${isDry(problem) ? 'even with `--dry-run`' : 'also when nothing is installed'}; \`--only-binary :all:\` keeps them out.`,
    );
  return notes;
}

function linesOf(problem: Problem): readonly string[] {
  const { requirements, constraints = '', overrides = '', buildConstraints = '' } = problem;
  return [requirements, constraints, overrides, buildConstraints]
    .join('\n')
    .split('\n')
    .map((line) => line.trim());
}

function foreignHosts({ index }: Problem, lines: readonly string[]): readonly string[] {
  const addresses = [
    ...lines.filter((line) => !line.startsWith('#')),
    ...(index.live === true ? (index.urls ?? []) : []),
  ];
  const hosts = new Set<string>();
  for (const text of addresses)
    for (const [, host = ''] of text.matchAll(/:\/\/(?:[^\s/?#@]*@)?([^\s/?#@'"]{1,253})/g))
      if (!/^(?:pypi\.org|files\.pythonhosted\.org)$/i.test(host)) hosts.add(host.toLowerCase());
  return [...hosts];
}

function hostList(hosts: readonly string[]): string {
  const named = hosts
    .slice(0, NAMED_HOSTS)
    .map((host) => `\`${showHiddenCharacters(host).replaceAll('`', '')}\``);
  const rest = hosts.length - named.length;
  return `${named.join(', ')}${rest > 0 ? ` and ${rest} other ${rest === 1 ? 'host' : 'hosts'}` : ''}`;
}

/** Whether no source archive of the index can be taken. */
function buildsNothing({ options }: Problem): boolean {
  return options.onlyBinary.includes(':all:') && options.noBinary.length === 0;
}

function isDry({ engine }: Problem): boolean {
  const id = parseEngineId(engine);
  return !id.ok || pipRelease(id.value) >= 22.02;
}
