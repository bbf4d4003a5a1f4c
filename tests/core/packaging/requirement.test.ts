import { describe, expect, test } from 'vitest';
import { formatMarker } from '../../../src/core/packaging/marker.ts';
import { formatParseError, parseRequirement } from '../../../src/core/packaging/requirement.ts';
import { readFixture, valueOf } from './fixtures.ts';

type Valid = readonly [string, string, readonly string[], string, string | null, string | null, string];

const table = readFixture('requirements') as {
  readonly packaging: string;
  readonly valid: readonly Valid[];
  /** Text, message, span. The message is null where Python itself, not `packaging`, refuses a quoted string. */
  readonly broken: readonly (readonly [string, string | null, number | null, number | null])[];
  readonly rendered: readonly (readonly [string, string])[];
};

describe(`as packaging ${table.packaging} does`, () => {
  test(`reads ${table.valid.length} requirements and writes their normal form`, () => {
    const ours = table.valid.map(([text]) => {
      const { name, extras, specifier, url, marker, text: normal } = valueOf(parseRequirement(text));
      return [text, name, extras, specifier.text, url, marker === null ? null : formatMarker(marker), normal];
    });
    expect(ours).toEqual(table.valid);
  });

  test(`refuses ${table.broken.length} texts, with the same message at the same place`, () => {
    const ours = table.broken.map(([text, message, start]) => {
      const result = parseRequirement(text);
      if (result.ok) return [text, 'read'];
      const { span } = result.error;
      if (message === null) return [text, null, null, null];
      return [text, result.error.message, ...(start === null ? [null, null] : [span.start, span.end])];
    });
    expect(ours).toEqual(table.broken);
  });

  test('prints an error with the text and a line that points', () => {
    const ours = table.rendered.map(([text]) => {
      const result = parseRequirement(text);
      return [text, result.ok ? null : formatParseError(text, result.error)];
    });
    expect(ours).toEqual(table.rendered);
  });
});

test('refuses nesting that no person writes, and does not overflow', () => {
  const deep = `a; ${'('.repeat(50_000)}os_name == "x"${')'.repeat(50_000)}`;
  expect(parseRequirement(deep).ok).toBe(false);
});

test('before 26 an address was written without a blank before the `@`', () => {
  const text = 'a[x] @ https://h/a-1.0.zip ; os_name == "nt"';
  expect(valueOf(parseRequirement(text)).text).toBe(text);
  expect(valueOf(parseRequirement(text, 'packaging-25')).text).toBe(text.replace(' @', '@'));
});
