/**
 * A question on a toy index as a test for pip, in pytest's form: it writes the wheels and asks the pip that runs it. What a
 * folder of wheels cannot say (withdrawn releases, sdists, upload times, indexes, addresses) is named, not imitated.
 */
import { findHiddenCharacter } from '../../packaging/hidden-characters.ts';
import { parseOverlay } from '../../package-index/overlay/overlay-parse.ts';
import {
  versionsOf,
  type OverlayClause,
  type OverlayStatement,
} from '../../package-index/overlay/overlay.ts';
import type { Problem } from '../../problem/problem.ts';
import type { Outcome } from '../../resolver/outcome.ts';

export interface PipTest {
  readonly text: string;
  /** What of the index the test does not say. */
  readonly lost: readonly string[];
}

type Release = Extract<OverlayStatement, { kind: 'release' | 'change' }>;

/** JSON's strings are Python's, as long as nothing in them is hidden. */
const quoted = (text: string): string => JSON.stringify(text);
const list = (items: readonly string[]): string => `[${items.map(quoted).join(', ')}]`;

/** Null where a text holds control characters. `outcome` is what the test expects of pip. */
export function pipTest(problem: Problem, outcome: Outcome): PipTest | null {
  const overlay = problem.index.overlay ?? '';
  const texts = [problem.requirements, problem.constraints ?? '', overlay];
  if (texts.some((text) => findHiddenCharacter(text.replaceAll(/[\t\r\n]/gu, ' ')) !== null)) return null;
  const releases = parseOverlay(overlay).overlay.statements.filter(
    (statement): statement is Release => statement.kind === 'release',
  );
  const lost = new Set(
    releases.flatMap(({ clauses }) => clauses.filter((clause) => !isSaid(clause)).map(({ kind }) => kind)),
  );
  const wheels = releases.flatMap(({ project, versions, clauses }) =>
    versionsOf(versions).map((version) => wheelLine(project, version, clauses)),
  );
  const flags = problem.options.pre ? ['--pre'] : [];
  const head = `"""Asked of pip ${problem.engine.replace(/^.*@/u, '')} on Python ${problem.environment.python}; written by Backjump."""`;
  return {
    text: `${[head, IMPORTS, asked(problem, wheels), WRITER, testOf(outcome, flags)].join('\n')}\n`,
    lost: [...lost],
  };
}

function isSaid({ kind }: OverlayClause): boolean {
  return kind === 'depends' || kind === 'extra' || kind === 'python' || kind === 'wheels';
}

function wheelLine(project: string, version: string, clauses: readonly OverlayClause[]): string {
  const fields = clauses.flatMap((clause): readonly string[] => {
    if (clause.kind === 'python') return [`Requires-Python: ${clause.specifier}`];
    if (clause.kind === 'depends') return clause.requirements.map((text) => `Requires-Dist: ${text}`);
    if (clause.kind !== 'extra') return [];
    const needs = clause.requirements.map((text) => `Requires-Dist: ${withExtra(text, clause.extra)}`);
    return [`Provides-Extra: ${clause.extra}`, ...needs];
  });
  const tags = clauses.find((clause) => clause.kind === 'wheels')?.tags ?? [];
  const tag = tags[0] ?? 'py2.py3-none-any';
  return `    (${quoted(project)}, ${quoted(version)}, ${quoted(tag)}, ${list(fields)}),`;
}

function withExtra(requirement: string, extra: string): string {
  const [wish = '', ...marker] = requirement.split(';');
  const own = `extra == '${extra}'`;
  const all = marker.length === 0 ? own : `(${marker.join(';').trim()}) and ${own}`;
  return `${wish.trim()} ; ${all}`;
}

const IMPORTS = `
import subprocess
import sys
import zipfile
`;

function asked({ requirements, constraints = '' }: Problem, wheels: readonly string[]): string {
  return [
    'RELEASES = [',
    ...wheels,
    ']',
    `REQUIREMENTS = ${quoted(`${requirements}\n`)}`,
    `CONSTRAINTS = ${quoted(constraints === '' ? '' : `${constraints}\n`)}`,
  ].join('\n');
}

const WRITER = `

def write_wheel(folder, project, version, tag, fields):
    name = project.replace("-", "_")
    info = f"{name}-{version}.dist-info"
    metadata = ["Metadata-Version: 2.1", f"Name: {project}", f"Version: {version}", *fields]
    with zipfile.ZipFile(folder / f"{name}-{version}-{tag}.whl", "w") as wheel:
        wheel.writestr(f"{info}/METADATA", "\\n".join(metadata) + "\\n")
        wheel.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: {tag}\\n")
        wheel.writestr(f"{info}/RECORD", "")

`;

function testOf(outcome: Outcome, flags: readonly string[]): string {
  const expected =
    outcome.kind === 'solved'
      ? [
          '    assert result.returncode == 0, result.stderr',
          '    would = result.stdout.rpartition("Would install ")[2].split()',
          `    assert sorted(would) == sorted(${list(outcome.pins.map(({ name, version }) => `${name}-${version}`))})`,
        ]
      : [
          '    assert result.returncode == 1, result.stdout',
          '    assert "ResolutionImpossible" in result.stderr or "No matching distribution" in result.stderr',
        ];
  return [
    'def test_resolution(tmp_path):',
    '    for release in RELEASES:',
    '        write_wheel(tmp_path, *release)',
    '    (tmp_path / "requirements.txt").write_text(REQUIREMENTS)',
    '    (tmp_path / "constraints.txt").write_text(CONSTRAINTS)',
    '    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--no-index"]',
    `    command += ["--find-links", str(tmp_path), ${flags.map((flag) => `${quoted(flag)}, `).join('')}"-r", str(tmp_path / "requirements.txt")]`,
    '    command += ["-c", str(tmp_path / "constraints.txt")]',
    '    result = subprocess.run(command, capture_output=True, text=True, check=False)',
    ...expected,
  ].join('\n');
}
