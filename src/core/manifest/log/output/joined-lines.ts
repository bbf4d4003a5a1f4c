/** Output whose lines were joined into one: the title of an issue, a logger that writes no line breaks. */

/** A line that goes on after what ends one. */
const IS_JOINED =
  /The conflict is caused by:[ \t]*\S|conflicting dependencies\.? {1,8}\S|No matching distribution found for \S{1,200} {1,8}(?:ERROR|WARNING|\[|The conflict)|\(from versions: [^()]{0,20000}\)[ \t]{1,8}\S|\S ERROR: (?:Cannot install|Could not find a version|No matching distribution|ResolutionImpossible)|Unable to find a resolution for \S+ because of the following/;

/** What begins a line of its own. Each begins with a word that is rare in what goes before. */
const BEGINS =
  / {1,8}(?=(?:ERROR|WARNING|INFO): |The conflict is caused by:|The user requested |To fix this you could try to|Additionally, some packages |\[notice\] |because of the following conflicts:|Collecting [A-Za-z0-9]|Traceback \(most|[A-Za-z0-9][\w.-]{0,80}(?:\[[\w.,-]{1,80}\])? \d[^\s()]{0,40} depends on )/g;

/** After the heading of the list, in which entries follow one another. */
const PDM_ENTRY = /(\(from [^()]{1,200}\)) {1,8}(?=[A-Za-z0-9])/g;

/** The lines that a line holds; mostly itself alone. */
export function splitJoined(line: string): readonly string[] {
  if (line.length < 40 || !IS_JOINED.test(line)) return [line];
  const parts = line
    .replace(BEGINS, '\n')
    .replace(/(The conflict is caused by:|following conflicts:) {1,8}/g, '$1\n');
  const isPdm = parts.includes('following conflicts:');
  return (isPdm ? parts.replace(PDM_ENTRY, '$1\n') : parts).split('\n');
}
