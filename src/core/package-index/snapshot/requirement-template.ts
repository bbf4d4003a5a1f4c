/**
 * Requirements that count on with their own release are one template, so that 1,300 releases of boto3 share a few
 * dozen rows:
 *
 *   1.26.42 requires botocore<1.30.0,>=1.29.42      ⇒  botocore<1.30.0,>=1.29.{last}
 *   1.10.33 requires mypy-boto3-s3==1.10.33         ⇒  mypy-boto3-s3=={own}
 *   1.10.33.2 requires mypy-boto3-s3==1.10.33       ⇒  mypy-boto3-s3=={all but last}
 *
 * The three placeholders are the control characters U+0001 to U+0003; U+0004 stands before one that is meant as it is.
 */

const OWN = '\u0001';
const ALL_BUT_LAST = '\u0002';
const LAST = '\u0003';
const LITERAL = '\u0004';
const SPECIAL = `[${OWN}${ALL_BUT_LAST}${LAST}${LITERAL}]`;
const HAS_SPECIAL = new RegExp(SPECIAL, 'u');
const EACH_SPECIAL = new RegExp(SPECIAL, 'gu');
const EACH_PLACEHOLDER = new RegExp(`${LITERAL}?${SPECIAL}`, 'gu');

function splitLast(version: string): readonly [string, string] {
  const dot = version.lastIndexOf('.');
  return dot < 0 ? ['', ''] : [version.slice(0, dot), version.slice(dot + 1)];
}

/** `text` with the last occurrence of `part` replaced that is no piece of a longer number; null without one. */
function replacePart(text: string, part: string, placeholder: string): string | null {
  let at = text.lastIndexOf(part);
  while (at >= 0) {
    const before = part.startsWith('.') ? '' : text.slice(at - 1, at);
    const after = text.slice(at + part.length, at + part.length + 1);
    if (!/[0-9a-z]/iu.test(before + after))
      return text.slice(0, at) + placeholder + text.slice(at + part.length);
    at = at === 0 ? -1 : text.lastIndexOf(part, at - 1);
  }
  return null;
}

/** The templates that stand for `text` in release `version`, the plain one first. */
export function requirementTemplates(text: string, version: string): readonly string[] {
  const plain = text.replaceAll(EACH_SPECIAL, (character) => LITERAL + character);
  if (!/\.\d/u.test(version) || HAS_SPECIAL.test(version)) return [plain];
  const [allButLast, last] = splitLast(version);
  const templates = [
    plain,
    replacePart(plain, version, OWN),
    allButLast.length < 3 ? null : replacePart(plain, allButLast, ALL_BUT_LAST),
    replacePart(plain, `.${last}`, `.${LAST}`),
  ];
  return templates.filter(
    (template): template is string => template !== null && fillTemplate(template, version) === text,
  );
}

/** The text that a template stands for in release `version`. */
export function fillTemplate(template: string, version: string): string {
  if (!HAS_SPECIAL.test(template)) return template;
  const [allButLast, last] = splitLast(version);
  return template.replaceAll(EACH_PLACEHOLDER, (found) => {
    if (found.length === 2) return found.slice(1);
    if (found === OWN) return version;
    return found === LAST ? last : allButLast;
  });
}
