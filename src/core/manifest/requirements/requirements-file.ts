/**
 * pip's requirements and constraints files, by the grammar of pip 26.2 (`_internal/req/req_file.py`). Reading
 * recovers: a bad line is a diagnostic, and the rest is kept. Never throws.
 */
import type { PrereleasePolicy } from '../../packaging/prerelease-policy.ts';
import {
  hasErrors,
  placeComplaint,
  shiftComplaint,
  shiftSpan,
  type Complaint,
  type Diagnostic,
  type Pane,
} from '../syntax/diagnostic.ts';
import { makeLineIndex, positionAt } from '../syntax/line-index.ts';
import { lineBlocks } from '../syntax/logical-line.ts';
import { readRequirementsLine, type LineEntry } from './requirements-line.ts';
import type { RequirementsLineCache } from './requirements-line-cache.ts';
import { REQUIREMENTS_MESSAGES as SAY } from './requirements-messages.ts';
import { FileOptionsCollector, type RequirementsFileOptions } from './requirements-file-options.ts';
import { checkHashMode } from './requirements-hash-mode.ts';

/** A requirement of the file. Spans are offsets in the whole text. */
export interface RequirementEntry extends LineEntry {
  /** Line of the requirement's first character, from 1. */
  readonly line: number;
}

export interface RequirementsFile {
  readonly pane: Pane;
  readonly entries: readonly RequirementEntry[];
  readonly options: RequirementsFileOptions;
  /** In the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
  /** Whether pip would stop with an error before resolving anything. */
  readonly isRefused: boolean;
}

export interface RequirementsFileReading {
  /** Whether the text is read as requirements (the default) or as constraints, where pip forbids more. */
  readonly pane?: Pane;
  /** The release of `packaging` that decides what is a requirement; the newest by default. */
  readonly policy?: PrereleasePolicy;
  /** Keeps the readings of unchanged lines between calls. */
  readonly cache?: RequirementsLineCache;
}

/** Longer texts are cut here (1 MiB of UTF-16 code units), with a diagnostic. */
export const MAXIMUM_TEXT_LENGTH = 1 << 20;

/** Reads a requirements file. */
export function parseRequirementsFile(text: string, reading: RequirementsFileReading = {}): RequirementsFile {
  const { pane = 'requirements', policy = 'packaging-26' } = reading;
  const kept = text.length > MAXIMUM_TEXT_LENGTH ? text.slice(0, MAXIMUM_TEXT_LENGTH) : text;
  const complaints: Complaint[] = [];
  const entries: RequirementEntry[] = [];
  const lines = makeLineIndex(kept);
  const collector = new FileOptionsCollector();
  noteEncoding(kept, complaints);
  for (const block of lineBlocks(kept)) {
    const line =
      reading.cache?.read(block.raw, pane, policy) ?? readRequirementsLine(block.raw, pane, policy);
    for (const complaint of line.complaints) complaints.push(shiftComplaint(complaint, block.start));
    if (line.entry !== null) entries.push(placeEntry(line.entry, block.start, block.line, lines));
    for (const option of line.fileOptions)
      collector.add({ ...option, span: shiftSpan(option.span, block.start) }, block.line);
  }
  const options = collector.collected();
  for (const item of checkHashMode(entries, options)) complaints.push(item);
  for (const item of checkReleaseControl(options)) complaints.push(item);
  if (kept !== text) complaints.push(cutComplaint(kept.length));
  const diagnostics = complaints.map((complaint) =>
    placeComplaint(complaint, pane, positionAt(lines, complaint.span.start)),
  );
  diagnostics.sort((left, right) => left.span.start - right.span.start);
  return { pane, entries, options, diagnostics, isRefused: hasErrors(diagnostics) };
}

function placeEntry(
  entry: LineEntry,
  offset: number,
  line: number,
  lines: ReturnType<typeof makeLineIndex>,
): RequirementEntry {
  const span = shiftSpan(entry.span, offset);
  const isMultiline = entry.options.length > 0 || entry.span.start > 0;
  return {
    requirement: entry.requirement,
    span,
    hashes: entry.hashes,
    isEditable: entry.isEditable,
    options:
      entry.options.length === 0
        ? entry.options
        : entry.options.map(({ flag, value, span: within }) => ({
            flag,
            value,
            span: shiftSpan(within, offset),
          })),
    line: isMultiline ? positionAt(lines, span.start).line : line,
  };
}

const CODING = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;

/** PEP 263's mark, which pip honours in the first two lines when it decodes the file. */
function noteEncoding(text: string, complaints: Complaint[]): void {
  const firstLines = text.slice(0, 400).split(/\r\n|\r|\n/, 2);
  let start = 0;
  for (const line of firstLines) {
    const match = CODING.exec(line);
    if (match !== null && !/^utf-?8$/i.test(match[1]!)) {
      const at = start + match.index + match[0].length - match[1]!.length;
      const span = { start: at, end: at + match[1]!.length };
      complaints.push({ severity: 'hint', code: 'encoding', message: SAY.encoding(match[1]!), span });
    }
    start += line.length + (text.startsWith('\r\n', start + line.length) ? 2 : 1);
  }
}

/** pip's command line refuses the combination; in a file it would silently win over the other. */
function checkReleaseControl(options: RequirementsFileOptions): Complaint[] {
  if (options.preSpan === null || (options.allReleases.length === 0 && options.onlyFinal.length === 0))
    return [];
  const message = SAY['pre-with-release-control']();
  return [{ severity: 'warning', code: 'pre-with-release-control', message, span: options.preSpan }];
}

function cutComplaint(limit: number): Complaint {
  const span = { start: limit - 1, end: limit };
  return { severity: 'warning', code: 'text-too-long', message: SAY['text-too-long'](limit), span };
}
