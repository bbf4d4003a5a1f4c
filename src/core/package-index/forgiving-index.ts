/**
 * An index that passes over what is not known, so that a search can go on to its end:
 *
 *   pandas 3.0 needs numpy>=2.1, tzdata, secret-thing        secret-thing: nobody knows it
 *                                                        ⇒   pandas 3.0 needs numpy>=2.1, tzdata
 *
 * What was passed over is remembered by file. Nothing that can still be loaded is passed over.
 */
import { parseRequirement, type Requirement } from '../packaging/requirement.ts';
import { fileKey } from './facts/release-files.ts';
import {
  isMissing,
  type Distribution,
  type DistributionMetadata,
  type MissingFact,
  type PackageIndex,
} from './package-index.ts';

/** Why a requirement cannot be judged: nothing is known of its project, no known release answers, its marker is lost. */
export type PassedOverReason = 'unknown-project' | 'unanswered' | 'marker-lost';

export interface PassedOver {
  readonly requirement: Requirement;
  readonly reason: PassedOverReason;
}

export interface ForgivingIndex extends PackageIndex {
  /** Requirements of a file that were passed over; its own metadata where nobody knows that. */
  passedOver(file: Distribution): {
    readonly requirements: readonly PassedOver[];
    readonly isUnknown: boolean;
  };
}

interface ForgivenFile {
  readonly metadata: DistributionMetadata | MissingFact;
  readonly requirements: readonly PassedOver[];
  readonly isUnknown: boolean;
}

/** `judge` says why a requirement of a file is to be passed over; null: it counts. */
export function makeForgivingIndex(
  index: PackageIndex,
  judge: (requirement: Requirement, metadata: DistributionMetadata) => PassedOverReason | null,
): ForgivingIndex {
  const files = new Map<string, ForgivenFile>();

  function forgive(file: Distribution): ForgivenFile {
    const metadata = index.metadata(file);
    if (isMissing(metadata)) {
      if (metadata.loadable) return { metadata, requirements: [], isUnknown: false };
      return { metadata: needsNothing(file), requirements: [], isUnknown: true };
    }
    const requirements: PassedOver[] = [];
    const kept = metadata.requiresDist.filter((text) => {
      const parsed = parseRequirement(text.trim());
      if (!parsed.ok) return true;
      const reason = judge(parsed.value, metadata);
      if (reason !== null) requirements.push({ requirement: parsed.value, reason });
      return reason === null;
    });
    if (requirements.length === 0) return { metadata, requirements, isUnknown: false };
    return { metadata: { ...metadata, requiresDist: kept }, requirements, isUnknown: false };
  }

  function forgiven(file: Distribution): ForgivenFile {
    const key = `${file.project} ${fileKey(file)}`;
    let known = files.get(key);
    if (known === undefined) {
      known = forgive(file);
      // What can be loaded may be there the next time.
      if (!isMissing(known.metadata)) files.set(key, known);
    }
    return known;
  }

  return {
    page: (name) => index.page(name),
    metadata: (file) => forgiven(file).metadata,
    passedOver: forgiven,
    ...(index.sources === undefined ? {} : { sources: index.sources }),
    ...(index.indexOrder === undefined ? {} : { indexOrder: index.indexOrder }),
  };
}

function needsNothing({ requiresPython, provenance }: Distribution): DistributionMetadata {
  return { requiresDist: [], requiresPython, providesExtra: [], provenance };
}
