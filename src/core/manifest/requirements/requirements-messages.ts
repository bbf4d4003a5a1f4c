/** What diagnostics of requirements files say, one function a code. Sentences follow the voice of the interface. */

export const REQUIREMENTS_MESSAGES = {
  'invalid-requirement': (reason: string) => `Not a requirement: ${reason}`,
  'outdated-requirement': (reason: string) => `pip 24.1 and later refuse this: ${reason}`,
  'unknown-option': (option: string) => `pip knows no option \`${option}\` in requirements files`,
  'removed-option': (option: string) => `\`${option}\` was removed from pip; pip 26.2 refuses the file`,
  'command-line-option': (option: string) => `\`${option}\` works only on the command line, not in a file`,
  'ambiguous-option': (option: string) => `\`${option}\` is short for more than one option`,
  'option-needs-value': (option: string) => `\`${option}\` needs a value`,
  'option-takes-no-value': (option: string) => `\`${option}\` takes no value`,
  'open-quotation': (reason: string) => `The options cannot be split into words: ${reason}`,
  'misplaced-option': (option: string) =>
    `pip ignores \`${option}\` after a requirement. Put it on a line of its own to make it count`,
  'hash-without-requirement': () => 'pip ignores a `--hash` that follows no requirement',
  'ignored-argument': (word: string) =>
    `pip ignores \`${word}\`: it stands after an option and belongs to none`,
  'invalid-hash': (value: string) =>
    `\`${value}\` is not a hash. Write the algorithm, a colon and the digest: \`--hash=sha256:abc…\``,
  'unknown-hash-algorithm': (algorithm: string) =>
    `pip takes sha256, sha384 and sha512 hashes, not \`${algorithm}\``,
  'hashes-missing': (line: number | null, count: number) =>
    `${line === null ? '`--require-hashes` is set' : `Line ${line} has a hash`}, so pip wants a hash for every requirement; ${count === 1 ? 'this one has' : `${count}, from here on, have`} none`,
  'hash-needs-pin': (count: number) =>
    `With hashes, pip wants exact versions, \`==\`; ${count === 1 ? 'this is none' : `${count}, from here on, are none`}`,
  'constraint-with-extras': () => 'pip refuses extras in constraints',
  'editable-constraint': () => 'pip refuses `-e` in constraints',
  'nameless-constraint': () => 'pip refuses constraints without a name',
  'local-path': (path: string) =>
    `Left out: \`${path}\` is a path on your machine, and this page reads no files. Write \`name @ file:///…\` here, and \`name 1.0; url file:///…\` with what it needs in the toy index`,
  'nameless-address': (address: string) =>
    `Left out: only downloading \`${address}\` would tell its name. Put \`name @\` before it`,
  'guessed-name': (name: string) =>
    `\`${name}\` is guessed from the address; pip would download it to learn the name`,
  'editable-direct': () =>
    'pip before 25.3 refuses `name @ address` after `-e`. Write the address with `#egg=name` behind it',
  'egg-fragment': () => 'pip 26.0 and later refuse extras in `#egg=`. Write `name[extra] @ address`',
  'config-settings': () => 'pip takes `--config-settings` in the form KEY=VALUE only',
  'editable-address': () =>
    'pip refuses this after `-e`: it takes a local path or a version control address such as `git+https://…`',
  'editable-name': () =>
    'pip cannot tell the project after `-e`. Put `name @` before the address, or `#egg=name` behind it',
  'other-file': (flag: string, target: string) =>
    `Left out: this page cannot open \`${target}\`. Paste its lines here in place of \`${flag}\``,
  'constraints-pane': (target: string) =>
    `pip would read \`${target}\` here; this page takes what stands in the constraints tab. Paste its lines there`,
  'environment-variable': (variable: string) =>
    `pip puts the value of the environment variable here; this page keeps \`${variable}\` as it stands`,
  'other-index': (flag: string) =>
    `\`${flag}\` counts as far as the toy index says what is there (\`index NAME\` after a release); the rest comes from the chosen snapshot`,
  'dead-option': (flag: string) => `\`${flag}\` changes nothing in what this page works out`,
  encoding: (name: string) => `The text is already decoded; \`coding: ${name}\` changes nothing here`,
  'pre-with-release-control': () => '`--pre` cannot be used with `--all-releases` or `--only-final`',
  'text-too-long': (limit: number) => `Only the first ${limit} characters were read`,
} as const;

/** Stable names of the rules above. */
export type RequirementsCode = keyof typeof REQUIREMENTS_MESSAGES;
