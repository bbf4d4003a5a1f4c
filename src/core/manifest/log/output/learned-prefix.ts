/**
 * What stands before each line of a program's output and is in no list of services: learned from the lines that a
 * tool begins in a known way. `worker-3 (build) 17 » ERROR: Cannot install …` tells what stands before the others.
 */

/** How tools begin lines; what stands before one of these on its line was put there by somebody else. */
const BEGINNING =
  /(?:ERROR: (?:Cannot install|Could not find|No matching|Ignored the|ResolutionImpossible|Unable to find|pip's dependency)|Unable to find a resolution |(?:[\w.-]{1,80} \d\S{0,40} (?:requires|depends on) \S)|Successfully installed \S|The conflict is caused by:|The user requested |To fix this you could|Collecting \S+|Requirement already satisfied: |INFO: (?:pip is|This is taking)|(?:Downloading|Using cached) \S{1,200}\.(?:whl|tar\.gz)|\d{1,6}: (?:fact|derived|selecting|conflict)|\S{1,100} \(from (?:project|<Candidate |[\w.-]{1,80}@)|To fix this, you|A possible solution is|╰─[▶>]|No solution found when|And because |Because \S+ |So, because |because of the following conflicts:|There are incompatible versions in|Could not find a version that|The current project's )/;

const LONGEST = 160;

/** The shape of a prefix: numbers and levels differ from line to line. */
function shapeOf(prefix: string): string {
  return prefix
    .replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)
    .replace(/\b(?:error|info|warning|warn|debug|critical|fatal|err|notice)\b/gi, '[A-Za-z]{3,8}')
    .replace(/\d+/g, String.raw`\d+`)
    .replace(/[ \t]+/g, String.raw`[ \t]+`);
}

/**
 * A pattern for the prefix that the lines share; null where two lines do not. `lines` have lost what is known of
 * services already.
 */
export function learnPrefix(lines: readonly string[]): RegExp | null {
  const counts = new Map<string, number>();
  let seen = 0;
  for (const line of lines) {
    const match = BEGINNING.exec(line.length > 400 ? line.slice(0, 400) : line);
    if (match === null) continue;
    if (++seen > 200) break;
    const prefix = line.slice(0, match.index).trim();
    if (prefix === '' || prefix.length > LONGEST || isOwn(prefix)) continue;
    const shape = shapeOf(prefix);
    counts.set(shape, (counts.get(shape) ?? 0) + 1);
  }
  const [best] = [...counts].sort((left, right) => right[1] - left[1]);
  return best === undefined || best[1] < 2
    ? null
    : new RegExp(String.raw`^[ \t]*${best[0]}(?=[ \t]|$)[ \t]?`);
}

/** What the tools draw or write before these words themselves. */
function isOwn(prefix: string): boolean {
  return /^(?:[×✗│├╰─▶└┌|>*-]|\(\d+\)|\d+:|And|So,|ERROR:|error:|cause:|hint:)/.test(prefix);
}
