import { candidateName, isPython } from '../../core/explain/cause-words.ts';
import { lineName } from '../../core/explain/words.ts';
import { NO_PARENT } from '../../core/resolver/events.ts';
import type { Trace } from '../../core/resolver/trace.ts';
import type { Asker } from '../../core/search-tree/stack.ts';

/** Who asked, in the words of the explanations, without backticks: `line 2`, `requests 2.24.0`. */
export function askerName(trace: Trace, asker: Asker): string {
  if (asker.source !== null) return lineName(asker.source);
  if (asker.parent === NO_PARENT) return 'your lines';
  return candidateName(trace, asker.parent).replaceAll('`', '');
}

/** The package as people call it: pip's stand-in for the interpreter is Python. */
export function packageLabel(identifier: string): string {
  return isPython(identifier) ? 'Python' : identifier;
}
