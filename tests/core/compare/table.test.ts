import { describe, expect, test } from 'vitest';
import { tableCsv, tableMarkdown } from '../../../src/core/compare/table.ts';

describe('tables that leave the page', () => {
  test('CSV is quoted, and nothing in it is computed', () => {
    const csv = tableCsv({
      columns: ['a', 'b'],
      rows: [
        ['x,y', 'say "hi"'],
        ['=cmd|calc', '-1'],
        ['@SUM(A1)', '+x\nz'],
      ],
    });
    expect(csv).toBe('a,b\r\n"x,y","say ""hi"""\r\n\'=cmd|calc,-1\r\n\'@SUM(A1),"\'+x\nz"\r\n');
  });

  test('Markdown stays a table: no markup, no mention, no hidden sign', () => {
    const text = tableMarkdown({ columns: ['a'], rows: [['<img src=x> | `c` @me\nline \u{202e}x']] });
    expect(text.split('\n')).toHaveLength(4);
    expect(text).toContain('\\<img src=x\\> \\| \\`c\\` @\u{2060}me line \u{fffd}x');
  });
});
