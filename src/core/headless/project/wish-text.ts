/** A changed wish as it is written: PEP 508 in lists, Poetry's constraints and tables in Poetry's. */
import type { WishEdit } from '../../diagnose/project/project-question.ts';
import type { Requirement } from '../../packaging/requirement.ts';
import type { PlacedWish } from './text-wishes.ts';

/** Everything between the quotes of a list's item, or what stands after the key; null where it cannot be written. */
export function wishText(text: string, wish: PlacedWish, edit: WishEdit): string | null {
  return wish.form === 'line' ? lineText(wish, edit) : tableText(text, wish, edit);
}

/** `web[x]>=1 ; python_version < "3.12"`; with a second entry, two items of the list. */
function lineText({ requirement }: PlacedWish, edit: WishEdit): string | null {
  if (requirement.marker !== null && edit.python !== undefined) return null;
  return editedWish(requirement, edit).map(quoted).join(', ');
}

/** A changed wish as PEP 508 has it; two where it is split by Python. */
export function editedWish(
  { name, extras, specifier, text }: Requirement,
  { limit, python, also }: WishEdit,
): readonly string[] {
  const bracket = extras.length === 0 ? '' : `[${extras.join(',')}]`;
  const own = /;.*$/su.exec(text)?.[0] ?? '';
  const first = `${name}${bracket}${limit ?? specifier.specifiers.map((clause) => clause.text).join(',')}`;
  const marker = python === undefined ? own : `; ${pythonMarker(python)}`;
  const marked = marker === '' ? first : `${first} ${marker}`;
  if (also === undefined) return [marked];
  return [marked, `${name}${bracket}${also.limit} ; ${pythonMarker(also.python)}`];
}

function quoted(text: string): string {
  return text.includes('"') ? `'${text.replaceAll("'", '"')}'` : `"${text}"`;
}

function tableText(text: string, wish: PlacedWish, edit: WishEdit): string | null {
  const written = text.slice((wish.version ?? wish.span).start, (wish.version ?? wish.span).end);
  const limit = edit.limit === undefined ? written : likeWritten(written, edit.limit);
  const { python, also } = edit;
  if (python === undefined) {
    if (wish.form === 'value') return `"${limit}"`;
    const { span, version } = wish;
    return text.slice(span.start, version!.start) + limit + text.slice(version!.end, span.end);
  }
  if (wish.isMarked) return null;
  const first = withPython(text, wish, limit, python);
  if (also === undefined) return first;
  return `[${first}, ${withPython(text, wish, also.limit === '' ? '*' : also.limit, also.python)}]`;
}

function withPython(
  text: string,
  { form, span, version }: PlacedWish,
  limit: string,
  python: string,
): string {
  if (form === 'value') return `{version = "${limit}", python = "${python}"}`;
  const head = text.slice(span.start, version!.start) + limit + text.slice(version!.end, span.end - 1);
  return `${head.trimEnd()}, python = "${python}"}`;
}

/** A caret stays a caret, a tilde a tilde, where the new limit is about one version. */
function likeWritten(written: string, limit: string): string {
  if (limit === '') return '*';
  const near = /(?:^|,)(?:<=|==|~=)([^,]+)/.exec(limit)?.[1] ?? /(?:^|,)>=([^,]+)/.exec(limit)?.[1];
  if (near !== undefined && /^[\^~](?!=)/.test(written)) return `${written[0]!}${near}`;
  return limit;
}

/** `>=3.9,<3.15` → `python_version >= "3.9" and python_version < "3.15"`; alternatives joined by `or`. */
function pythonMarker(range: string): string {
  const parts = range.split('||').map((part) =>
    part
      .split(',')
      .map((clause) => /^\s*([<>=!~]{1,2})\s*(.+?)\s*$/.exec(clause))
      .filter((match) => match !== null)
      .map(([, operator, version]) => {
        const isWhole = version!.split('.').length <= 2;
        return `${isWhole ? 'python_version' : 'python_full_version'} ${operator!} "${version!}"`;
      })
      .join(' and '),
  );
  return parts.join(' or ');
}
