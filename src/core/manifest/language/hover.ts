/** What to say of the thing under the pointer. */
import { parseSpecifierSet } from '../../packaging/specifier.ts';
import type { Hover } from './assistance.ts';
import type { LineContext } from './line-context.ts';
import { isOrdinary, releasesInside, type OrderedRelease } from './ordered-releases.ts';
import { listVersions, releaseDetail, specifierBar } from './release-words.ts';

/** A project: how many releases, which is the newest, since when, which extras. */
export function hoverName(
  context: LineContext & { readonly kind: 'name' },
  releases: readonly OrderedRelease[],
): Hover {
  const newest = releases.find(isOrdinary) ?? releases[0];
  const paragraphs = [`\`${context.text}\`: ${count(releases.length, 'release')}.`];
  if (newest !== undefined) {
    const detail = releaseDetail(newest);
    paragraphs.push(
      `Newest for the chosen Python: \`${newest.version}\`${detail === '' ? '' : ` (${detail})`}.`,
    );
    if (newest.requiresPython !== null) paragraphs.push(`It needs Python \`${newest.requiresPython}\`.`);
    if (newest.extras.length > 0)
      paragraphs.push(`Extras: ${newest.extras.map((extra) => `\`${extra}\``).join(', ')}.`);
  }
  const withdrawn = releases.filter((release) => release.yanked !== false).length;
  if (withdrawn > 0) paragraphs.push(`${count(withdrawn, 'release')} yanked.`);
  return { span: context.span, paragraphs };
}

/** The specifiers of the line: which real versions they admit, against a bar of all versions. */
export function hoverSpecifiers(
  context: LineContext & { readonly kind: 'version' },
  releases: readonly OrderedRelease[],
): Hover | null {
  const set = parseSpecifierSet(context.specifiers.text);
  if (!set.ok || releases.length === 0) return null;
  const inside = releasesInside(releases, set.value);
  const oldest = releases.at(-1)!;
  const newest = releases[0]!;
  const admitted = inside.length === 0 ? 'none' : listVersions(inside);
  const reserved = inside.filter((release) => !isOrdinary(release));
  const paragraphs = [
    `\`${context.name}${context.specifiers.text}\` admits ${inside.length} of ${count(releases.length, 'release')}: ${admitted}.`,
    `\`${oldest.version} ${specifierBar(releases, set.value)} ${newest.version}\``,
  ];
  if (reserved.length > 0)
    paragraphs.push(
      `${count(reserved.length, 'of them is', 'of them are')} pre-releases, yanked, or not for the chosen Python.`,
    );
  const { start, end } = context.specifiers;
  return { span: { start, end }, paragraphs };
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
