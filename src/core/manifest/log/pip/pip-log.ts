/**
 * pip's output as a Problem: the text of ResolutionImpossible and of "no matching distribution", the warnings about
 * what is installed, and `-v`, `-vv`, `-vvv` and `PIP_RESOLVER_DEBUG` logs (pip 20.3 to 26.2).
 */
import { logLines, type LogLine } from '../output/log-line.ts';
import { ManifestBuilder } from '../../manifest-builder.ts';
import type { Manifest } from '../../manifest.ts';
import { PipLogReader } from './pip-log-reader.ts';
import { readInstallLine } from '../../command/install-line.ts';
import { otherFailureOf } from '../other-failures.ts';
import { readMachineHints } from '../machine.ts';
import { lastFailedRun } from './pip-runs.ts';
import { joinWrappedLines } from '../output/wrapped-output.ts';

/** Reads pip's output. */
export function readPipLog(text: string): Manifest {
  const builder = new ManifestBuilder('pip-log', text);
  builder.group('main', 'requirements', 'requirements', true);
  builder.group('constraints', 'constraints', 'constraints', true);
  builder.group('installed', 'installed', 'installed', true);
  const reader = new PipLogReader(builder);
  const { lines, runs } = lastFailedRun(logLines(text));
  if (runs > 1)
    builder.guess(
      `The text tells of ${runs} runs that failed; the last one is read. Paste another alone to read that.`,
    );
  reader.findings.stopped = otherFailureOf(lines.map((line) => line.text).join('\n'));
  for (const line of joinWrappedLines(lines)) readLine(reader, line);
  reader.finish();
  return builder.build();
}

type Match = RegExpExecArray;
type Handler = (reader: PipLogReader, match: Match, line: LogLine) => void;

const NAME = String.raw`[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?`;

/** In the order of trying; each line has at most one meaning. */
const RULES: readonly (readonly [RegExp, Handler])[] = [
  [
    // Programs that run pip's resolver print its logger's name, and perhaps the line of its file.
    /^\s*(?:[A-Z]{4,8}[: ]\s{0,9}[\w.]{0,80}reporter:(?:reporter\.py:\d+ )?)?Reporter\.(.*)$/,
    (reader, match, line) => reader.reported(match[1]!, line),
  ],
  [
    /ResolutionImpossible: \[(RequirementInformation\(.*)$/,
    (reader, match, line) => reader.causes(match[1]!, line),
  ],
  [
    /Cannot install \S.* because these package versions have conflict/,
    (reader, _match, line) => reader.cannotInstall(line),
  ],
  [/^\s*The conflict is caused by:/, (reader) => (reader.findings.hasImpossible = true)],
  [
    /^\s*The user requested \(constraint\) (.+)$/,
    (reader, match, line) => reader.ask(match[1]!, line, 'constraints'),
  ],
  [/^\s*The user requested (.+)$/, (reader, match, line) => reader.ask(match[1]!, line, 'requirements')],
  [
    new RegExp(String.raw`^\s*(${NAME}(?:\[[^\]]*\])?) (\S+) depends on (.+)$`),
    (reader, match) => reader.depends(match),
  ],
  [
    /Could not find a version that satisfies the requirement (.+)$/,
    (reader, match, line) => reader.notFound(match[1]!, line),
  ],
  [
    /Ignored the following versions that require a different python version: (.+)$/,
    (reader, match) => reader.ignoredForPython(match[1]!),
  ],
  [/Ignored the following yanked versions: (.+)$/, (reader, match) => reader.ignoredYanked(match[1]!)],
  [/(?:^\s*|["'])Collecting ([^\s(].*)$/, (reader, match, line) => reader.wishes.collecting(match[1]!, line)],
  [
    /^\s*Added (\S.*?) from (\S+\.(?:whl|zip|tar\.gz|tar\.bz2))(?: \(from (.+)\))? to build tracker/,
    (reader, match, line) => reader.wishes.tracked(match, line),
  ],
  [
    /^\s*Requirement already satisfied: (\S.*)$/,
    (reader, match, line) => reader.wishes.alreadySatisfied(match, line),
  ],
  [
    /^\s*Processing (\S+\.(?:whl|zip|tar\.gz|tar\.bz2))\b(?: \(from (.+)\))?$/,
    (reader, match, line) => reader.wishes.processing(match, line),
  ],
  [
    /^\s*Given no hashes to check (\d+) links for project '([^']+)'/,
    (reader, match) => reader.tries.fitting(match[2]!, Number(match[1])),
  ],
  [/^\s*Obtaining dependency information for .* from (\S+)$/, (reader, match) => reader.file(match[1]!)],
  [
    /^\s*(?:Downloading|Using cached) (\S+\.(?:whl|zip|tar\.gz|tar\.bz2|whl\.metadata))\b/,
    (reader, match) => reader.file(match[1]!),
  ],
  [
    /^\s*Found link (\S+)(?: \(from [^)]*\))?(?: \(requires-python:([^)]*)\))?, version: (\S+)/,
    (reader, match) => reader.foundLink(match),
  ],
  [
    /^\s*Link requires a different Python \(([\d.]+) not in: '([^']*)'\): (\S+)/,
    (reader, match) => reader.otherPython(match),
  ],
  [
    new RegExp(
      String.raw`^\s*(?:ERROR: )?(${NAME}) (\S+) (?:requires|has requirement) (.+?), (?:but you(?:'ll)? have (${NAME}) (\S+?)(?: which is incompatible)?|which is not installed)\.?$`,
    ),
    (reader, match, line) => reader.installedConflict(match, line),
  ],
  [
    /^\s*(?:Successfully installed|Would install) (.+)$/,
    (reader, match, line) => reader.installs(match[1]!, line),
  ],
  [/No matching distribution found for (\S.*)$/, (reader, match, line) => reader.noMatch(match[1]!, line)],
  [
    /pip is (?:still )?looking at multiple versions of |This is taking longer than usual\./,
    (reader) => (reader.findings.isSearching = true),
  ],
  [
    /\berror: (\S{1,100}) (v?\d\S{0,60}) is installed but (\S.*?) is required by (?:set\(\[)?\{?([^})\]]*)/,
    (reader, [, name = '', version = '', requirement = '', hosts = ''], line) =>
      reader.versionConflict(
        [name, name, version, requirement, hosts.replaceAll('\\', '')] as unknown as Match,
        line,
      ),
  ],
  [
    /Could not find suitable distribution for Requirement\.parse\('([^']+)'\)/,
    (reader, match, line) => reader.notFound(match[1]!, line),
  ],
  [/resolution-too-deep|ResolutionTooDeep/, (reader) => (reader.findings.isTooDeep = true)],
  [
    /(?:Contextual)?VersionConflict: \(([A-Za-z0-9][\w.-]*) (\S+)(?: \([^()]*\))?, Requirement\.parse\(['"]([^'"]+)['"]\)(?:, (?:set\()?[{[]([^})\]]*)[})\]])?/,
    (reader, match, line) => reader.versionConflict(match, line),
  ],
  [
    /DistributionNotFound: The '([^']+)' distribution was not found and is required by (.+)$/,
    (reader, match, line) => reader.distributionNotFound(match, line),
  ],
  [
    /^(?:.*[\s/\\])?([^\s/\\]+\.whl) is not a supported wheel on this platform/,
    (reader, match, line) => reader.unsupportedWheel(match[1]!, line),
  ],
  [
    /Double requirement given: (\S.*?) \(already in (.+), name=/,
    (reader, match, line) => reader.doubleRequirement(match, line),
  ],
  [
    /^\s*Ignoring ([A-Za-z0-9][^:]{0,300}): markers '(.{1,500})' don't match your environment/,
    (reader, match) => reader.machine.ignored(`${match[1]!.split(';')[0]!.trim()} ; ${match[2]!}`),
  ],
  [/ResolutionImpossible/, (reader) => (reader.findings.hasImpossible = true)],
  [
    /Ignoring version (\S+) of (\S+) since it has invalid metadata/,
    (reader, match) => reader.invalidMetadata(match),
  ],
  [
    /Package '([^']+)' requires a different Python: ([\d.]+) not in '([^']*)'/,
    (reader, match) => reader.packageNeedsPython(match),
  ],
  [/^\s*(?:Using )?pip (\d+\.\d+)\S* from .*\(python ([\d.]+)\)/, (reader, match) => reader.release(match)],
];

function readLine(reader: PipLogReader, line: LogLine): void {
  readMachineHints(reader.machine, line.text);
  if (/^\s*(?:ERROR|error): /.test(line.text)) reader.findings.hasError = true;
  const command = readInstallLine(line.text);
  if (command !== null) {
    reader.commanded(command.requirements, line);
    if (command.python !== undefined) reader.machine.looksLikePython(command.python);
    return;
  }
  for (const [pattern, handle] of RULES) {
    const match = pattern.exec(line.text);
    if (match === null) continue;
    reader.understood++;
    handle(reader, match, line);
    return;
  }
}
