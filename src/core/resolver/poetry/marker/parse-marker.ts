/** Reads PEP 508 markers as Poetry does. The grammar is that of `packaging/marker-syntax.ts`. */
import {
  parseMarker as parseSyntax,
  type Marker as MarkerSyntax,
  type MarkerComparison,
} from '../../../packaging/marker-syntax.ts';
import { makeSingle } from './make-single.ts';
import type { Marker, MarkerSpace } from './marker.ts';

/** `unreadable`: no marker at all; `senseless`: one that compares what cannot be compared. */
export type MarkerReading =
  | { readonly kind: 'parts'; readonly parts: readonly Marker[] }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'senseless' };

/** The alternatives of a marker, whose union it is; nothing is simplified yet. */
export function readMarkerParts(space: MarkerSpace, text: string): MarkerReading {
  const syntax = parseSyntax(text, 'packaging-24');
  return syntax.ok ? markerParts(space, syntax.value) : UNREADABLE;
}

const UNREADABLE: MarkerReading = { kind: 'unreadable' };
const SENSELESS: MarkerReading = { kind: 'senseless' };

export function markerParts(space: MarkerSpace, syntax: MarkerSyntax): MarkerReading {
  const parts: Marker[] = [];
  for (const atoms of syntax.alternatives) {
    const conjuncts: Marker[] = [];
    for (const atom of atoms) {
      if (atom.kind === 'comparison') {
        if (!isComparable(atom)) return UNREADABLE;
        const single = singleOf(space, atom);
        if (single === null) return SENSELESS;
        conjuncts.push(single);
      } else {
        const inner = markerParts(space, atom);
        if (inner.kind !== 'parts') return inner;
        conjuncts.push(space.or(inner.parts));
      }
    }
    parts.push(conjuncts.length === 1 ? conjuncts[0]! : space.multi(conjuncts));
  }
  return { kind: 'parts', parts };
}

/** A name on one side, a text on the other. */
function isComparable({ left, right }: MarkerComparison): boolean {
  return left.kind !== right.kind;
}

function singleOf(space: MarkerSpace, comparison: MarkerComparison): Marker | null {
  const { left, right, operator, isReversed, writtenLiteral } = comparison;
  const name = isReversed ? right.text : left.text;
  return makeSingle(space, name, operator, writtenLiteral, isReversed);
}
