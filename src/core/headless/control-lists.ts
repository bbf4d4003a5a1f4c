/**
 * pip's lists that exclude each other, `--only-binary` and `--no-binary`, `--all-releases` and `--only-final`: what comes
 * later takes a name out of the other list, and `:all:` empties it. Source: pip, models/format_control.py and
 * models/release_control.py, `handle_mutual_excludes`.
 */

export interface ControlLists {
  readonly first: readonly string[];
  readonly second: readonly string[];
}

function add(names: readonly string[], target: Set<string>, other: Set<string>): void {
  for (const name of names) {
    if (name === ':none:') target.clear();
    else if (name === ':all:') {
      other.clear();
      target.clear();
      target.add(name);
    } else {
      other.delete(name);
      target.add(name);
    }
  }
}

/** The lists after the command line's and then the requirements text's options. Names are normalised. */
export function mergedControls(commandLine: ControlLists, text: ControlLists): ControlLists {
  const first = new Set<string>();
  const second = new Set<string>();
  for (const lists of [commandLine, text]) {
    add(lists.second, second, first);
    add(lists.first, first, second);
  }
  return { first: [...first], second: [...second] };
}
