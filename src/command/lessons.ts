/**
 * `npm run lessons [-- FILE…]`: runs every lesson and gallery entry in every engine that it names, and says what does not
 * hold. With files, only those lessons. The last line: `N lessons, N gallery entries, N claims, N false`. Exit status: 0
 * when nothing is false, 1 when something is, 2 when a file is no lesson.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { proveEntry, readGallery } from '../core/lesson/gallery.ts';
import type { Judgement } from '../core/lesson/judge.ts';
import { faultLines, readLesson, type Lesson } from '../core/lesson/lesson.ts';
import { proveLesson } from '../core/lesson/prove-lesson.ts';
import type { PackageIndex } from '../core/package-index/package-index.ts';
import type { Problem } from '../core/problem/problem.ts';
import { openProblemIndex } from './problem-index.ts';

const FOLDER = resolve(import.meta.dirname, '../lessons');
const NOT_A_LESSON = 2;

const indexes = new Map<string, PackageIndex>();

/** The index below a Problem's toy index; snapshots are opened once. */
function indexOf(problem: Problem): PackageIndex {
  const key = problem.index.snapshot ?? '';
  let index = indexes.get(key);
  if (index === undefined) {
    const opened = openProblemIndex({ ...problem, index: { ...problem.index, overlay: '' } }, '.');
    if (!opened.ok) throw new Error(opened.error.message);
    index = opened.value;
    indexes.set(key, index);
  }
  return index;
}

/** Files of the lessons, in their order. */
function lessonFiles(): readonly string[] {
  return readdirSync(resolve(FOLDER, 'core'))
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => resolve(FOLDER, 'core', name));
}

function openLesson(file: string): Lesson | null {
  const reading = readLesson(readFileSync(file, 'utf8'));
  if (reading.ok) return reading.lesson;
  process.stderr.write(
    `${file}\n${faultLines(reading.faults)
      .map((line) => `  ${line}\n`)
      .join('')}`,
  );
  return null;
}

function say(title: string, judgements: readonly Judgement[]): number {
  const wrong = judgements.filter(({ holds }) => !holds);
  process.stdout.write(`${wrong.length === 0 ? 'true ' : 'FALSE'} ${title}: ${judgements.length} claims\n`);
  for (const { claim, engine, found } of wrong)
    process.stdout.write(`      ${engine}: ${claim} — ${found}\n`);
  return wrong.length;
}

async function main(): Promise<void> {
  const files = process.argv.slice(2);
  const opened = (files.length > 0 ? files : lessonFiles()).map(openLesson);
  const lessons = opened.filter((lesson) => lesson !== null);
  if (lessons.length < opened.length) process.exit(NOT_A_LESSON);
  const entries = files.length > 0 ? [] : readGallery(readFileSync(resolve(FOLDER, 'gallery.yaml'), 'utf8'));
  let claims = 0;
  let wrong = 0;
  for (const lesson of lessons) {
    const judgements = await proveLesson(lesson, indexOf(lesson.problem));
    claims += judgements.length;
    wrong += say(`${lesson.number} ${lesson.title}`.trim(), judgements);
  }
  for (const entry of entries) {
    const judgements = await proveEntry(entry, indexOf(entry.problem));
    claims += judgements.length;
    wrong += say(entry.title, judgements);
  }
  const counted = `${lessons.length} lessons, ${entries.length} gallery entries, ${claims} claims, ${wrong} false`;
  process.stdout.write(`${counted}\n`);
  process.exitCode = wrong === 0 ? 0 : 1;
}

await main();
