/** Figures of the manifest parsers and of diagnostics while typing. */
import { parseRequirementsFile } from '../../src/core/manifest/requirements/requirements-file.ts';
import { RequirementsLineCache } from '../../src/core/manifest/requirements/requirements-line-cache.ts';
import type { BenchRow } from './bench-row.ts';

/** Distinct lines with everything that real files have: extras, markers, hashes, comments, options. */
export function manifestLines(count: number): string {
  const lines: string[] = [];
  for (let index = 0; index < count; index++) {
    const name = `project-${index}`;
    const forms = [
      `${name}==1.${index}.0`,
      `${name}[extra]>=${index % 7}.2,<${(index % 7) + 3}  # a comment`,
      `${name}~=2.${index % 30} ; python_version >= "3.${index % 9}" and sys_platform == "linux"`,
      `${name}==3.${index} --hash=sha256:${String(index).padStart(64, '0')}`,
    ];
    lines.push(forms[index % forms.length]!);
  }
  return lines.join('\n');
}

/** Milliseconds of the fastest of some runs: the one least disturbed by others on the machine. */
function fastest(runs: number, work: (run: number) => void): number {
  let best = Infinity;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    work(run);
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** Parsing 10,000 new lines, and reading 2,000 lines again after a keystroke. */
export function benchManifest(): BenchRow[] {
  const large = manifestLines(10_000);
  const parsing = fastest(25, () => parseRequirementsFile(large));
  const typed = manifestLines(2_000);
  const middle = typed.indexOf('\n', typed.length >> 1) + 1;
  const cache = new RequirementsLineCache();
  parseRequirementsFile(typed, { cache });
  const keystroke = fastest(31, (run) => {
    parseRequirementsFile(`${typed.slice(0, middle)}six>=${run}\n${typed.slice(middle)}`, { cache });
  });
  return [
    { name: 'manifest: parse 10,000 lines of requirements', value: parsing, unit: 'ms', goal: 50 },
    { name: 'manifest: diagnostics for a keystroke in 2,000 lines', value: keystroke, unit: 'ms', goal: 5 },
  ];
}
