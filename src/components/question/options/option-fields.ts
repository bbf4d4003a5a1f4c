/** The options of a question as controls: how each is set, and what it does in plain words. */
import type { OptionName } from '../../../core/problem/option-rules.ts';
import * as read from '../../../core/problem/option-text.ts';
import type { TextReader } from '../../../core/problem/option-text.ts';
import type { Choice } from '../choices.ts';

/** How an option is set; texts are read by `read`, and `placeholder` shows one. */
export type OptionControl =
  | { readonly kind: 'switch' }
  | { readonly kind: 'choice'; readonly choices: readonly Choice[] }
  | {
      readonly kind: 'text';
      readonly read: TextReader<unknown>;
      readonly placeholder: string;
      readonly isLong?: boolean;
    };

export interface OptionField {
  readonly name: OptionName;
  readonly control: OptionControl;
  /** One sentence or two; `code` between backticks. */
  readonly explanation: string;
}

/** Options that belong together, under a heading. */
export interface OptionGroup {
  readonly title: string;
  readonly fields: readonly OptionField[];
}

const SWITCH: OptionControl = { kind: 'switch' };
const NAMES: OptionControl = { kind: 'text', read: read.readNames, placeholder: 'numpy, scipy or :all:' };

function choice(...values: readonly string[]): OptionControl {
  return { kind: 'choice', choices: values.map((value) => ({ value, label: value })) };
}

function text(reader: TextReader<unknown>, placeholder: string, isLong = false): OptionControl {
  return { kind: 'text', read: reader, placeholder, isLong };
}

function field(name: OptionName, control: OptionControl, explanation: string): OptionField {
  return { name, control, explanation };
}

/** Every option once; a test holds it to the schema. */
export const OPTION_GROUPS: readonly OptionGroup[] = [
  {
    title: 'As of',
    fields: [
      field(
        'uploadedPriorTo',
        text(read.readInstant, '2023-09-07'),
        'Only files uploaded before this. A day alone means its first moment, in UTC. Where the index has no dates, pip stops and uv leaves the files out.',
      ),
    ],
  },
  {
    title: 'Versions',
    fields: [
      field('pre', SWITCH, 'Takes pre-releases as readily as final releases, for every package.'),
      field(
        'allReleases',
        NAMES,
        'Takes pre-releases of these packages. pip refuses it together with `--pre`.',
      ),
      field(
        'onlyFinal',
        NAMES,
        'Never takes pre-releases of these packages. pip refuses it together with `--pre`.',
      ),
      field(
        'prerelease',
        {
          kind: 'choice',
          choices: [
            { value: '', label: 'uv’s own default' },
            ...['allow', 'disallow', 'if-necessary', 'explicit', 'if-necessary-or-explicit'].map((value) => ({
              value,
              label: value,
            })),
          ],
        },
        'When pre-releases count: always, never, where nothing else fits, or where a line names one.',
      ),
      field(
        'resolution',
        choice('highest', 'lowest', 'lowest-direct'),
        'Which end of a range to begin at: the newest version, the oldest, or the oldest for your own lines only.',
      ),
      field(
        'ignoreRequiresPython',
        SWITCH,
        'Takes releases that say they do not run on this Python. What comes out may not work.',
      ),
    ],
  },
  {
    title: 'Files',
    fields: [
      field('onlyBinary', NAMES, 'Takes only wheels of these packages; uv’s `--no-build` is `:all:`.'),
      field('noBinary', NAMES, 'Takes only source distributions of these packages, to be built.'),
      field('preferBinary', SWITCH, 'Prefers an older wheel to a newer source distribution.'),
      field('requireHashes', SWITCH, 'Takes only files whose hash a line names; every line then needs one.'),
      field(
        'indexStrategy',
        choice('first-index', 'unsafe-first-match', 'unsafe-best-match'),
        'With several indexes: the first that knows the package, or all of them. On one index it changes nothing.',
      ),
    ],
  },
  {
    title: 'Dependencies and what is installed',
    fields: [
      field('noDeps', SWITCH, 'Takes your lines only, and nothing that they need.'),
      field('upgrade', SWITCH, 'Looks for the newest version even where an installed one would do.'),
      field(
        'update',
        NAMES,
        'Names that the lock file beside the project does not hold fast; `:all:` lets all of them go, as uv’s `--upgrade` does.',
      ),
      field(
        'upgradeStrategy',
        choice('only-if-needed', 'eager'),
        'Whether an upgrade also upgrades what your packages need, or only where it must.',
      ),
      field('forceReinstall', SWITCH, 'Installs everything anew, installed or not.'),
      field('ignoreInstalled', SWITCH, 'Acts as if nothing were installed.'),
    ],
  },
  {
    title: 'For many machines at once',
    fields: [
      field(
        'universal',
        SWITCH,
        'One answer for every platform and Python, divided by markers where it must be.',
      ),
      field(
        'pythonVersion',
        text(read.readOptionalVersion, '3.9'),
        'The oldest Python that the answer is for, where it is not the one that uv runs under.',
      ),
      field(
        'requiresPython',
        text(read.readOptionalSpecifiers, '>=3.9'),
        'The Pythons that your project supports, as in its `pyproject.toml`.',
      ),
      field(
        'forkStrategy',
        choice('requires-python', 'fewest'),
        'Whether older Pythons may get older versions, or as few versions of a package as can be are chosen.',
      ),
      field(
        'requiredEnvironments',
        text(read.readMarkerLines, 'sys_platform == "win32"', true),
        'Markers, one a line: machines for which every package must have a wheel (`tool.uv.required-environments`).',
      ),
    ],
  },
  {
    title: 'Of this page',
    fields: [
      field(
        'maxRounds',
        text(read.readOptionalCount, 'the tool’s own limit'),
        'Rounds after which the search gives up.',
      ),
      field(
        'unknownMetadata',
        {
          kind: 'choice',
          choices: [
            { value: 'stop', label: 'stop and say so' },
            { value: 'leave-out', label: 'leave the release out' },
          ],
        },
        'What to do with a release whose dependencies nobody recorded.',
      ),
    ],
  },
];

/** Names of the page's own options, which have no flag. */
export const OWN_LABELS: Readonly<Partial<Record<OptionName, string>>> = {
  maxRounds: 'Rounds at most',
  unknownMetadata: 'Unknown dependencies',
};
