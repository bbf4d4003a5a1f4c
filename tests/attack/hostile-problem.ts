/** Problems as a hostile link would set them: every field that a link can set. */
import { parseProblem, type Problem } from '../../src/core/problem/problem.ts';
import { hostileText, pick, type Random } from './random-text.ts';

const short = (random: Random, usual: string): string =>
  random() < 0.85 ? usual : hostileText(random, 4).slice(0, 100);

/** Null where the schema refuses it. */
export function hostileProblem(random: Random): Problem | null {
  const maybe = (text: () => string): string | undefined => (random() < 0.2 ? text() : undefined);
  const lines = ['six', 'flask>=2', 'a[b]!=1.0', 'x; os_name == "nt"', 'p @ https://h/p.zip'];
  const parsed = parseProblem(
    JSON.parse(
      JSON.stringify({
        engine: pick(random, ['pip@26.2', 'pip@21.3', 'pip@19.3', 'uv@0.12', 'zazo']),
        requirements:
          random() < 0.3
            ? `${pick(random, lines)}${hostileText(random, 3)}`
            : random() < 0.5
              ? hostileText(random)
              : `${pick(random, lines)}\n${hostileText(random, 5)}`,
        constraints: maybe(() => hostileText(random)),
        overrides: maybe(() => hostileText(random)),
        buildConstraints: maybe(() => hostileText(random)),
        installed: maybe(() => hostileText(random)),
        environment: {
          python: short(random, '3.12'),
          platform: short(random, pick(random, ['linux-x86_64', 'windows-amd64', 'macos-arm64'])),
        },
        options: {
          onlyBinary: random() < 0.2 ? [short(random, 'six')] : [],
          uploadedPriorTo: random() < 0.2 ? short(random, '2023-09-07') : null,
          pythonVersion: random() < 0.1 ? short(random, '3.9') : null,
          pre: random() < 0.2,
        },
        index: random() < 0.2 ? { live: true, urls: [`https://h/${encodeURI(hostileText(random, 2))}`] } : {},
      }),
    ),
  );
  return parsed.ok ? parsed.value : null;
}
