/** The places at which the truth of a marker can change along one variable: between versions, or between texts. */
import { compareCuts, type VersionCut } from '../../packaging/version-cut.ts';

/** Just below a text, or just above it. Texts are compared by code unit. */
export interface TextCut {
  readonly text: string;
  readonly isAfter: boolean;
}

export type MarkerCut = VersionCut | TextCut;

/** Below every text. */
export const LOWEST_TEXT: TextCut = { text: '', isAfter: false };

/** Where variables that are true or false change. */
export const TRUTH_CUT: TextCut = { text: 'true', isAfter: false };

function isText(cut: MarkerCut): cut is TextCut {
  return 'text' in cut;
}

/** Order of two cuts of one variable, so both of one kind. */
export function compareMarkerCuts(a: MarkerCut, b: MarkerCut): number {
  if (a === b) return 0;
  if (!isText(a)) return compareCuts(a, b as VersionCut);
  const other = b as TextCut;
  if (a.text !== other.text) return a.text < other.text ? -1 : 1;
  return Number(a.isAfter) - Number(other.isAfter);
}
