/** How pip writes requirements in its messages, read back. */

/** pip writes `a>=1,<2` as `a<2 and >=1` in errors (`format_for_error`); markers keep their own `and`. */
export function unjoin(text: string): string {
  const semicolon = text.indexOf(';');
  const subject = semicolon < 0 ? text : text.slice(0, semicolon);
  const marker = semicolon < 0 ? '' : text.slice(semicolon);
  const plain = subject.replace(/ and (?=[<>=!~])/g, ',').replace(/, (?=[<>=!~])/g, ',');
  const extras = plain.replace(/(\[[^\]]*) and ([^\]]*\])/, '$1,$2');
  // An explicit candidate: `name 1.0 (from https://…)` or `name 1.0 (Installed)`.
  const explicit = /^([A-Za-z0-9._-]+(?:\[[^\]]*\])?) (v?\d\S*) \((?:from |Installed).*$/.exec(extras);
  return explicit === null ? extras + marker : `${explicit[1]!}==${explicit[2]!}`;
}

/** Splits `wish (from parent->…)`; the parent is undefined when none is named. */
export function splitParent(text: string): [string, string?] {
  const at = text.indexOf(' (from ');
  if (at < 0) return [text.trim()];
  return [text.slice(0, at).trim(), text.slice(at + 7).replace(/\)\s*$/, '')];
}
