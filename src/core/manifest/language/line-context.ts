/** What stands at an offset of a requirements file: the ground of completion and hover. */
import { MARKER_VARIABLES } from '../../packaging/marker-environment.ts';
import type { Span } from '../../packaging/result.ts';
import { isAddress } from '../requirements/requirement-text.ts';

/** What is at the caret; `span` is the word that a completion would replace. */
export type LineContext =
  | { readonly kind: 'name'; readonly span: Span; readonly text: string }
  | { readonly kind: 'extra'; readonly span: Span; readonly name: string; readonly text: string }
  /** In a version or just behind its operator. `specifiers` is the whole list of the line, spans and text. */
  | {
      readonly kind: 'version';
      readonly span: Span;
      readonly name: string;
      readonly operator: string;
      readonly text: string;
      readonly specifiers: Span & { readonly text: string };
    }
  /** Behind a complete name: an operator could follow. */
  | { readonly kind: 'operator'; readonly span: Span; readonly name: string }
  | { readonly kind: 'marker-variable'; readonly span: Span; readonly text: string }
  | { readonly kind: 'marker-value'; readonly span: Span; readonly variable: string; readonly quote: string }
  | { readonly kind: 'option'; readonly span: Span; readonly text: string }
  | { readonly kind: 'nothing' };

const NOTHING: LineContext = { kind: 'nothing' };
const HEAD = /^(\s*)([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?[._-]*)?/;

/** Reads the line around an offset. Continued lines are looked at one physical line at a time. */
export function contextAt(text: string, offset: number): LineContext {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  const rest = text.slice(start);
  const line = rest.slice(0, rest.search(/[\r\n]|$/));
  const at = offset - start;
  const comment = line.search(/(?:^|\s)#/);
  if (comment >= 0 && at > comment) return NOTHING;
  const body = comment < 0 ? line : line.slice(0, comment);
  if (isAddress(body.trim())) return NOTHING;
  const option = optionAt(body, at);
  if (option !== null) return shift(option, start);
  if (/^\s*-/.test(body)) return NOTHING;
  const semicolon = body.indexOf(';');
  const context =
    semicolon >= 0 && at > semicolon
      ? markerContext(body, semicolon + 1, at)
      : subjectContext(body, semicolon, at);
  return shift(context, start);
}

/** In the overlay language only names are completed: at the beginning of a line and where requirements are listed. */
export function overlayContextAt(text: string, offset: number): LineContext {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(start, offset);
  // Nobody types lines of that length, and the pattern below looks back from every colon.
  if (before.length > 2_000) return NOTHING;
  const isName =
    /^\s*(?:(?:change|remove)\s+)?[\w.-]*$|\b(?:depends|drops|build-requires)\s(?:[^;#]*,)?\s*[\w.-]*$|:(?:[^;#]*,)?\s*[\w.-]*$/.test(
      before,
    );
  if (!isName || before.includes('#')) return NOTHING;
  const word = wordAround(text, offset, /[A-Za-z0-9._-]/);
  return { kind: 'name', span: word, text: text.slice(word.start, word.end) };
}

function optionAt(body: string, at: number): LineContext | null {
  const before = /(?:^|\s)(--?[A-Za-z-]*)$/.exec(body.slice(0, at));
  if (before === null) return null;
  const after = /^[A-Za-z-]*/.exec(body.slice(at))![0];
  const span = { start: at - before[1]!.length, end: at + after.length };
  return { kind: 'option', span, text: before[1]! + after };
}

function subjectContext(body: string, semicolon: number, at: number): LineContext {
  const subject = semicolon < 0 ? body : body.slice(0, semicolon);
  const head = HEAD.exec(subject)!;
  const nameStart = head[1]!.length;
  const name = head[2] ?? '';
  const nameEnd = nameStart + name.length;
  if (at <= nameEnd) return { kind: 'name', span: { start: nameStart, end: nameEnd }, text: name };
  const bracket = /^\s*\[/.exec(subject.slice(nameEnd));
  const close = bracket === null ? -1 : subject.indexOf(']', nameEnd);
  if (bracket !== null && (close < 0 || at <= close)) {
    const word = wordAround(subject, at, /[A-Za-z0-9._-]/);
    return { kind: 'extra', span: word, name, text: subject.slice(word.start, word.end) };
  }
  const from = bracket === null ? nameEnd : close + 1;
  return specifierContext(subject, from, at, name);
}

function specifierContext(subject: string, from: number, at: number, name: string): LineContext {
  const list = subject.slice(from);
  if (list.trim().startsWith('@')) return NOTHING;
  const blanks = list.length - list.trimStart().length;
  const text = list.trim();
  const specifiers = { start: from + blanks, end: from + blanks + text.length, text };
  for (const clause of list.matchAll(/([<>=!~]+)(\s*)([^\s,<>=!~;]*)/g)) {
    const start = from + clause.index;
    const versionStart = start + clause[1]!.length + clause[2]!.length;
    const end = versionStart + clause[3]!.length;
    if (at < start + clause[1]!.length || at > end) continue;
    const span = { start: versionStart, end };
    return { kind: 'version', span, name, operator: clause[1]!, text: clause[3]!, specifiers };
  }
  const rest = subject.slice(from, at);
  if (name === '' || !/^\s*$|,\s*$/.test(rest)) return NOTHING;
  return { kind: 'operator', span: { start: at, end: at }, name };
}

function markerContext(body: string, from: number, at: number): LineContext {
  const before = body.slice(from, at);
  const quote = openQuote(before);
  if (quote !== null) {
    const start = from + quote.at + 1;
    const close = body.indexOf(quote.mark, start);
    const variable =
      /\b(?!not\b)([a-z_]+)\s*(?:[<>=!~]+|not\s+in|in)\s*$/.exec(body.slice(from, start - 1))?.[1] ?? '';
    const span = { start, end: close < 0 ? body.length : close };
    return { kind: 'marker-value', span, variable, quote: quote.mark };
  }
  const word = wordAround(body, at, /[A-Za-z_]/);
  const text = body.slice(word.start, word.end);
  return { kind: 'marker-variable', span: word, text };
}

function openQuote(text: string): { readonly mark: string; readonly at: number } | null {
  let open: { mark: string; at: number } | null = null;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (open === null) {
      if (character === '"' || character === "'") open = { mark: character, at };
    } else if (character === open.mark) open = null;
  }
  return open;
}

function wordAround(text: string, at: number, part: RegExp): Span {
  let start = at;
  let end = at;
  while (start > 0 && part.test(text[start - 1]!)) start--;
  while (end < text.length && part.test(text[end]!)) end++;
  return { start, end };
}

function shift(context: LineContext, offset: number): LineContext {
  if (context.kind === 'nothing') return context;
  const span = { start: context.span.start + offset, end: context.span.end + offset };
  if (context.kind !== 'version') return { ...context, span };
  const { start, end, text } = context.specifiers;
  return { ...context, span, specifiers: { start: start + offset, end: end + offset, text } };
}

/** Names that a marker may use, for completion. */
export const COMPLETED_VARIABLES: readonly string[] = MARKER_VARIABLES;

/** Values that a marker variable is usually compared with. Versions of Python are not listed: they are known. */
export const MARKER_VALUES: Readonly<Record<string, readonly string[]>> = {
  os_name: ['posix', 'nt', 'java'],
  sys_platform: ['linux', 'darwin', 'win32', 'cygwin', 'emscripten', 'ios', 'android'],
  platform_machine: ['x86_64', 'aarch64', 'arm64', 'AMD64', 'ARM64', 'i686', 'ppc64le', 's390x'],
  platform_system: ['Linux', 'Darwin', 'Windows', 'Java', 'iOS', 'Android'],
  platform_python_implementation: ['CPython', 'PyPy', 'GraalVM'],
  implementation_name: ['cpython', 'pypy', 'graalpy'],
  python_version: ['3.7', '3.8', '3.9', '3.10', '3.11', '3.12', '3.13', '3.14', '3.15'],
  python_full_version: ['3.8.0', '3.9.0', '3.10.0', '3.11.0', '3.12.0', '3.13.0', '3.14.0'],
};
