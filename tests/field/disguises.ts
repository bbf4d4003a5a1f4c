/** What pages, services and people do to the output of a tool before it is pasted. None of it changes what is read. */

/** A text of output → the same behind something. `isProse` says whether lines may be joined with blanks. */
export type Disguise = (text: string) => string;

const lines = (text: string, put: (line: string, index: number) => string): string =>
  text.split('\n').map(put).join('\n');

export const DISGUISES: Readonly<Record<string, Disguise>> = {
  'a fence': (text) => `\`\`\`console\n${text}\n\`\`\``,
  'a fence of tildes, with the prompt after it': (text) => `~~~\n${text}\n~~~\n$ `,
  'an issue comment': (text) =>
    `### Describe the bug\n\nI have tried to install this and it fails, because of a conflict I think. It worked last week.\n\n\`\`\`\n${text}\n\`\`\`\n\nAny ideas? I would be grateful for help. Reinstalling does not help and the cache is empty.\n\n- OS: Ubuntu\n`,
  'prose right after it': (text) => `${text}\nI also tried it with a clean environment, and it is the same.`,
  'a service that goes on': (text) =>
    `${text}\nError: Process completed with exit code 1.\nPost job cleanup.`,
  make: (text) => `${text}\nmake: *** [Makefile:12: install] Error 1`,
  'a notice': (text) =>
    `${text}\n\n[notice] A new release of pip is available: 23.1 -> 23.2.1\n[notice] To update, run: pip install --upgrade pip`,
  Actions: (text) => lines(text, (line) => `2024-05-01T12:00:01.1234567Z ${line}`.trimEnd()),
  'BuildKit, trimmed': (text) => lines(text, (line, index) => `#12 ${index}.456 ${line}`.trimEnd()),
  'Cloud Build': (text) => lines(text, (line) => `Step #0 - "build": ${line}`.trimEnd()),
  CodeBuild: (text) => lines(text, (line) => `[Container] 2024/05/01 12:00:00 ${line}`.trimEnd()),
  GitLab: (text) => lines(text, (line) => `2024-05-01T12:00:00.123456Z 01O ${line}`.trimEnd()),
  Netlify: (text) => lines(text, (line) => `12:00:01 PM: ${line}`.trimEnd()),
  Render: (text) => lines(text, (line) => `May  1 12:00:01 PM  ${line}`.trimEnd()),
  Ansible: (text) => `fatal: [host]: FAILED! => {"changed": false, "msg": ${JSON.stringify(text)}}`,
  'a JSON log': (text) => JSON.stringify({ level: 'error', msg: text, at: 1714560000 }),
  "Python's repr": (text) =>
    `subprocess.CalledProcessError: stderr: b'${text.replaceAll("'", String.raw`\'`).replaceAll('\n', String.raw`\n`)}'`,
  HTML: (text) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll("'", '&#39;'),
  'HTML, in a page': (text) =>
    `<details><summary>log</summary>\n<pre><code>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</code></pre>\n</details>`,
  'a quotation': (text) => lines(text, (line) => `> ${line}`.trimEnd()),
  'a quotation of a quotation': (text) => lines(text, (line) => `> > ${line}`.trimEnd()),
  indentation: (text) => lines(text, (line) => (line === '' ? '' : `      ${line}`)),
  tabs: (text) => lines(text, (line) => (line === '' ? '' : `\t${line}`)),
  'colours that lost their escape': (text) => lines(text, (line) => `[31m${line}[0m`),
  Windows: (text) => lines(text, (line) => `${line}\r`),
  "Python's logging": (text) => lines(text, (line) => `INFO:builder.run:${line}`),
  'a program of one’s own': (text) =>
    lines(text, (line, index) => `worker-${index % 3} (job 17) » ${line}`.trimEnd()),
  'a container': (text) => lines(text, (line) => `web_1  | ${line}`.trimEnd()),
  'a remote': (text) => lines(text, (line) => `remote:        ${line}`.trimEnd()),
  'no-break spaces': (text) => text.replaceAll('    ', '\u00a0\u00a0\u00a0\u00a0'),
};
