/**
 * Every pip release since 20.3 as a row of differences. A new release is one new row; code asks a row for a rule, never
 * for a version number. Sources: pip's and resolvelib's release tags, as listed in resolver/README.md#eras.
 */
import type { PipEra } from './era-rules.ts';
import {
  TEXTS_20_3,
  TEXTS_21_0,
  TEXTS_21_1,
  TEXTS_22_0,
  TEXTS_22_1,
  TEXTS_23_2,
  TEXTS_23_3,
  TEXTS_24_1,
  TEXTS_25_0,
  TEXTS_25_1,
  TEXTS_25_2,
  TEXTS_25_3,
  TEXTS_26_0,
  TEXTS_26_2,
  TEXTS_26_3,
} from './text-era.ts';

export type { PipEra } from './era-rules.ts';

const V26_3: PipEra = {
  release: '26.3',
  search: '1.2.1',
  maxRounds: 200_000,
  policy: 'packaging-26.3',
  preference: '25.1',
  forgetsUserDepths: false,
  prefersCauses: false,
  delaysSetuptools: false,
  promotesConflicts: true,
  requiresPythonFirst: true,
  readsAllDependencies: false,
  splitsExtras: true,
  splitsUrlExtras: true,
  namesExtrasAsOrigin: true,
  normalizesExtras: true,
  extrasFollowBase: 'all',
  constrainsExtras: true,
  urlConstraints: 'all',
  yanked: 'if-pinned',
  ignoresInvalidMetadata: true,
  abortsOnBuildFailure: true,
  hashesPin: true,
  forwardsPreToBuilds: false,
  hasBuildConstraints: true,
  readsMetadataFiles: true,
  readsMetadataLate: false,
  groupsByExtra: false,
  unknownPlatforms: null,
  keepsDependenciesInSets: false,
  readsOddWheelNames: false,
  buildTagFirst: false,
  userNames: 'identifier',
  upgradesIgnoreExtras: true,
  repeatsInstalled: true,
  countsExcludedInstalled: false,
  blamesAnyPython: false,
  overlooksConstraints: false,
  followsDependants: false,
  uploadedPriorTo: true,
  releaseControl: true,
  texts: TEXTS_26_3,
};
const V26_2: PipEra = { ...V26_3, release: '26.2', policy: 'packaging-26', texts: TEXTS_26_2 };
const V26_1: PipEra = { ...V26_2, release: '26.1', followsDependants: true, texts: TEXTS_26_0 };
const V26_0: PipEra = {
  ...V26_1,
  release: '26.0',
  promotesConflicts: false,
  urlConstraints: 'base',
  hashesPin: false,
};
const V25_3: PipEra = {
  ...V26_0,
  release: '25.3',
  policy: 'packaging-25',
  forwardsPreToBuilds: true,
  uploadedPriorTo: false,
  releaseControl: false,
  texts: TEXTS_25_3,
};
const V25_2: PipEra = {
  ...V25_3,
  release: '25.2',
  readsOddWheelNames: true,
  search: '1.2.0',
  hasBuildConstraints: false,
  texts: TEXTS_25_2,
};
const V25_1: PipEra = { ...V25_2, release: '25.1', search: '1.1.0', texts: TEXTS_25_1 };
const V25_0: PipEra = {
  ...V25_1,
  release: '25.0',
  unknownPlatforms: /^android_/u,
  search: '1.0.1',
  preference: '21.2',
  prefersCauses: true,
  requiresPythonFirst: false,
  readsAllDependencies: true,
  texts: TEXTS_25_0,
};
const V24_3: PipEra = { ...V25_0, release: '24.3', policy: 'packaging-24', texts: TEXTS_24_1 };
const V24_2: PipEra = { ...V24_3, release: '24.2', unknownPlatforms: /^(?:android|ios)_/u };
const V24_1: PipEra = { ...V24_2, release: '24.1' };
const V24_0: PipEra = {
  ...V24_1,
  release: '24.0',
  policy: 'packaging-20',
  ignoresInvalidMetadata: false,
  texts: TEXTS_23_3,
};
const V23_3: PipEra = { ...V24_0, release: '23.3', splitsUrlExtras: false };
const V23_2: PipEra = {
  ...V23_3,
  release: '23.2',
  splitsExtras: false,
  namesExtrasAsOrigin: false,
  normalizesExtras: false,
  extrasFollowBase: 'urls',
  texts: TEXTS_23_2,
};
const V23_1: PipEra = {
  ...V23_2,
  release: '23.1',
  keepsDependenciesInSets: true,
  readsMetadataFiles: false,
  texts: TEXTS_22_1,
};
const V23_0: PipEra = {
  ...V23_1,
  release: '23.0',
  search: '0.8',
  maxRounds: 2_000_000,
  delaysSetuptools: true,
};
const V22_3: PipEra = { ...V23_0, release: '22.3' };
const V22_2: PipEra = { ...V22_3, release: '22.2' };
const V22_1: PipEra = { ...V22_2, release: '22.1' };
const V22_0: PipEra = { ...V22_1, release: '22.0', groupsByExtra: true, texts: TEXTS_22_0 };
const V21_3: PipEra = {
  ...V22_0,
  release: '21.3',
  yanked: 'if-all',
  abortsOnBuildFailure: false,
  upgradesIgnoreExtras: false,
  texts: TEXTS_21_1,
};
const V21_2_2: PipEra = {
  ...V21_3,
  release: '21.2.2',
  search: '0.7.1',
  forgetsUserDepths: true,
  prefersCauses: false,
};
const V21_2: PipEra = { ...V21_2_2, release: '21.2', constrainsExtras: false };
const V21_1_2: PipEra = {
  ...V21_2,
  release: '21.1.2',
  unknownPlatforms: /^(?:android|ios|musllinux)_/u,
  search: '0.7.0',
  preference: '21.1',
  userNames: 'project',
};
const V21_1: PipEra = { ...V21_1_2, release: '21.1', countsExcludedInstalled: true };
const V21_0_1: PipEra = {
  ...V21_1_2,
  release: '21.0.1',
  search: '0.5.4',
  preference: '20.3.2',
  constrainsExtras: true,
  extrasFollowBase: 'no',
  urlConstraints: 'no',
  buildTagFirst: true,
  upgradesIgnoreExtras: true,
  blamesAnyPython: true,
  overlooksConstraints: true,
  texts: TEXTS_21_0,
};
const V21_0: PipEra = { ...V21_0_1, release: '21.0', repeatsInstalled: false };
const V20_3_4: PipEra = { ...V21_0, release: '20.3.4', texts: TEXTS_20_3 };
/** 20.3.3 took back how 20.3.2 passed over bad files: a failed build ended everything, and metadata was read late. */
const V20_3_3: PipEra = {
  ...V20_3_4,
  release: '20.3.3',
  search: '0.5.3',
  abortsOnBuildFailure: true,
  readsMetadataLate: true,
};
const V20_3_2: PipEra = {
  ...V20_3_3,
  release: '20.3.2',
  abortsOnBuildFailure: false,
  readsMetadataLate: false,
};
const V20_3: PipEra = {
  ...V20_3_3,
  release: '20.3',
  preference: '20.3',
  constrainsExtras: false,
  yanked: 'last',
};

/** Newest first. */
export const PIP_ERAS: readonly PipEra[] = [
  ...[
    V26_3,
    V26_2,
    V26_1,
    V26_0,
    V25_3,
    V25_2,
    V25_1,
    V25_0,
    V24_3,
    V24_2,
    V24_1,
    V24_0,
    V23_3,
    V23_2,
    V23_1,
  ],
  ...[
    V23_0,
    V22_3,
    V22_2,
    V22_1,
    V22_0,
    V21_3,
    V21_2_2,
    V21_2,
    V21_1_2,
    V21_1,
    V21_0_1,
    V21_0,
    V20_3_4,
    V20_3_3,
    V20_3_2,
    V20_3,
  ],
];

/** What pip 19.3 has in common with its successors: how it finds and orders files. Its resolver is in legacy/. */
export const LEGACY_ERA: PipEra = {
  ...V20_3,
  release: '19.3',
  readsMetadataLate: false,
  // Before PEP 600 a glibc had a year's name, and macOS a 10 in front.
  unknownPlatforms: /^(?:(?:android|ios|musllinux|manylinux)_|macosx_1[1-9]_|macosx_[2-9]|.*_universal2$)/u,
};

/** How the 2019 prototype is given what it searches: as the newest pip finds it, one requirement at a time. */
export const PROTOTYPE_ERA: PipEra = {
  ...V26_3,
  release: 'zazo',
  splitsExtras: false,
  yanked: 'last',
  uploadedPriorTo: false,
};

/**
 * The row of a release; null when there is none. `26.2.1` is a patch of 26.2; a few patch releases have rows of their
 * own, and the nearest one at or before the patch counts.
 */
export function pipEra(release: string): PipEra | null {
  const [major, minor, patch = '0'] = release.split('.');
  const sameMinor = PIP_ERAS.filter((era) => {
    const [eraMajor, eraMinor] = era.release.split('.');
    return eraMajor === major && eraMinor === minor;
  });
  return sameMinor.find((era) => Number(era.release.split('.')[2] ?? '0') <= Number(patch)) ?? null;
}
