/**
 * Lessons and gallery: well made, complete, and true, here in the first, the last and the middle one of the engines that a
 * claim names. All engines are a check of their own in `npm test`: `npm run lessons`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openProblemIndex } from '../../src/command/problem-index.ts';
import type { Claim } from '../../src/core/lesson/claim.ts';
import { proveEntry, readGallery, GALLERY_KINDS } from '../../src/core/lesson/gallery.ts';
import { faultLines, readLesson, ROUTES, type Lesson } from '../../src/core/lesson/lesson.ts';
import { proveLesson } from '../../src/core/lesson/prove-lesson.ts';
import type { PackageIndex } from '../../src/core/package-index/package-index.ts';
import type { Problem } from '../../src/core/problem/problem.ts';

/** On a busy machine. */
const PATIENCE = 400_000;
const FOLDER = resolve(import.meta.dirname, '../../src/lessons');
const FILES = readdirSync(resolve(FOLDER, 'core')).sort();
const LESSONS: readonly Lesson[] = FILES.map((file) => {
  const reading = readLesson(readFileSync(resolve(FOLDER, 'core', file), 'utf8'));
  if (!reading.ok) throw new Error([file, ...faultLines(reading.faults)].join('\n'));
  return reading.lesson;
});
const ENTRIES = readGallery(readFileSync(resolve(FOLDER, 'gallery.yaml'), 'utf8'));

function few(engines: readonly string[]): readonly string[] {
  const places = [0, Math.floor((engines.length - 1) / 2), engines.length - 1];
  return engines.filter((_, at) => places.includes(at));
}

function thinned(claims: readonly Claim[]): readonly Claim[] {
  return claims.map((claim) => ({ ...claim, engines: claim.engines === null ? null : few(claim.engines) }));
}

const indexes = new Map<string, PackageIndex>();

function indexOf(problem: Problem): PackageIndex {
  const key = problem.index.snapshot ?? '';
  const known = indexes.get(key);
  if (known !== undefined) return known;
  const opened = openProblemIndex({ ...problem, index: { ...problem.index, overlay: '' } }, '.');
  if (!opened.ok) throw new Error(opened.error.message);
  indexes.set(key, opened.value);
  return opened.value;
}

describe('lessons', () => {
  test('are fourteen and three, in three routes', () => {
    expect(
      LESSONS.map(({ number }) => number).sort((a, b) => a.localeCompare(b, 'en', { numeric: true })),
    ).toEqual([...Array.from({ length: 14 }, (_, at) => String(at + 1)), ...['B1', 'B2', 'B3']]);
    for (const route of ROUTES) expect(LESSONS.some(({ routes }) => routes.includes(route))).toBe(true);
    expect(new Set(LESSONS.map(({ id }) => id)).size).toBe(LESSONS.length);
  });

  test.each(LESSONS.map((lesson) => [lesson.title, lesson] as const))('%s has all its parts', (_, lesson) => {
    expect(lesson.predict).not.toBeNull();
    expect(lesson.change).not.toBeNull();
    expect(lesson.moments.length).toBeGreaterThan(0);
    expect(lesson.claims.length).toBeGreaterThan(0);
    expect(lesson.say).toMatch(/\.$/u);
    expect(lesson.terms.length).toBeGreaterThan(0);
    for (const { because } of lesson.predict?.options ?? []) expect(because).not.toBe('');
  });

  test.each(LESSONS.map((lesson) => [lesson.title, lesson] as const))(
    '%s is true',
    async (_, lesson) => {
      const judgements = await proveLesson(
        { ...lesson, engines: few(lesson.engines), claims: thinned(lesson.claims) },
        indexOf(lesson.problem),
      );
      expect(judgements.filter(({ holds }) => !holds)).toEqual([]);
    },
    PATIENCE,
  );
});

describe('the gallery', () => {
  test('has at least thirty entries, of each kind, with lessons that exist', () => {
    expect(ENTRIES.length).toBeGreaterThanOrEqual(30);
    for (const kind of GALLERY_KINDS) expect(ENTRIES.some((entry) => entry.kind === kind)).toBe(true);
    const ids = LESSONS.map(({ id }) => id);
    for (const { lesson } of ENTRIES) if (lesson !== '') expect(ids).toContain(lesson);
    expect(new Set(ENTRIES.map(({ id }) => id)).size).toBe(ENTRIES.length);
  });

  test.each(ENTRIES.map((entry) => [entry.title, entry] as const))(
    '%s is true',
    async (_, entry) => {
      const judgements = await proveEntry(
        { ...entry, engines: few(entry.engines), claims: thinned(entry.claims) },
        indexOf(entry.problem),
      );
      expect(judgements.filter(({ holds }) => !holds)).toEqual([]);
    },
    PATIENCE,
  );
});
