/** How a wheel's tags fit the interpreter, and what is wrong when they do not. */
import type { TargetEnvironment } from '../../packaging/target-environment.ts';
import type { Version } from '../../packaging/version.ts';
import { knownTags } from './known-tags.ts';
import { TAG_MISMATCHES, type TagMismatch } from './unavailable-reason.ts';

/** A wheel's compressed tag set, taken apart. */
export interface WheelTags {
  readonly python: readonly string[];
  readonly abi: readonly string[];
  readonly platform: readonly string[];
}

/** `py2.py3-none-any`; null when it has not three parts. */
export function readWheelTags(text: string): WheelTags | null {
  const [python, abi, platform, ...rest] = text.split('-');
  if (python === undefined || abi === undefined || platform === undefined || rest.length > 0) return null;
  return { python: python.split('.'), abi: abi.split('.'), platform: platform.split('.') };
}

/** Reads tag sets, each text once: most wheels of an index share a few. */
export class WheelTagReader {
  readonly #read = new Map<string, WheelTags | null>();

  read(text: string): WheelTags | null {
    let tags = this.#read.get(text);
    if (tags === undefined) this.#read.set(text, (tags = readWheelTags(text)));
    return tags;
  }
}

/**
 * What is wrong with a wheel when nothing is known but the lowest Python: a wheel for one CPython below it fits none.
 * Wheels of the stable ABI, of `none`, and for other implementations may fit.
 */
export function tooOldForPython({ python, abi }: WheelTags, lowest: Version): TagMismatch | null {
  const [major = 0, minor = 0] = lowest.release;
  const isTooOld = (tag: string): boolean => {
    const match = /^cp(\d)(\d*)t?$/u.exec(tag);
    if (match === null) return false;
    const [, tagMajor = '', tagMinor = ''] = match;
    return (
      Number(tagMajor) < major || (Number(tagMajor) === major && tagMinor !== '' && Number(tagMinor) < minor)
    );
  };
  const isBoundToOne = abi.every((tag) => /^cp\d+t?$/u.test(tag));
  return isBoundToOne && python.every(isTooOld) ? 'abi-python-version' : null;
}

function nearer(a: TagMismatch, b: TagMismatch): TagMismatch {
  return TAG_MISMATCHES.indexOf(a) < TAG_MISMATCHES.indexOf(b) ? b : a;
}

function isFreeThreadedAbi(abi: string): boolean {
  return abi === 'none' || /^cp\d+\w*t/u.test(abi);
}

/** The interpreter's supported tags as a three-level map. */
export class TagTable {
  /** Tags of the best supported wheel, which uv names as examples. */
  readonly best: WheelTags | null;
  readonly isFreeThreaded: boolean;
  readonly #target: TargetEnvironment;
  readonly #ranks = new Map<WheelTags, number>();
  #knownAbis: Map<string, Set<string>> | null = null;

  constructor(target: TargetEnvironment) {
    this.#target = target;
    this.best = target.tags[0] === undefined ? null : readWheelTags(target.tags[0]);
    this.isFreeThreaded = this.best?.abi[0]?.endsWith('t') ?? false;
  }

  /** Supported ABIs by Python tag. */
  get #abis(): ReadonlyMap<string, ReadonlySet<string>> {
    if (this.#knownAbis !== null) return this.#knownAbis;
    const known = new Map<string, Set<string>>();
    for (const tag of this.#target.tags) {
      const [python = '', abi = ''] = tag.split('-');
      const abis = known.get(python);
      if (abis === undefined) known.set(python, new Set([abi]));
      else abis.add(abi);
    }
    this.#knownAbis = known;
    return known;
  }

  /** Place of the best of the wheel's tags; infinite when none is supported. */
  rank(tags: WheelTags): number {
    let rank = this.#ranks.get(tags);
    if (rank === undefined) this.#ranks.set(tags, (rank = this.#bestRank(tags)));
    return rank;
  }

  #bestRank(tags: WheelTags): number {
    let best = Infinity;
    for (const python of tags.python) {
      for (const abi of tags.abi) {
        for (const platform of tags.platform) {
          best = Math.min(best, this.#target.tagRank.get(`${python}-${abi}-${platform}`) ?? Infinity);
        }
      }
    }
    return best;
  }

  /** Whether the Python and ABI tags would fit on some platform. */
  fitsInterpreter(tags: WheelTags): boolean {
    return tags.python.some((python) => tags.abi.some((abi) => this.#abis.get(python)?.has(abi) === true));
  }

  /** What is wrong with the nearest of the wheel's tags that uv knows; null when it fits. */
  mismatch(tags: WheelTags): TagMismatch | null {
    if (this.rank(tags) < Infinity) return null;
    // Without the interpreter lock only wheels made for that, or without any binary interface, can be used at all.
    if (this.isFreeThreaded && !tags.abi.some(isFreeThreadedAbi)) return 'freethreaded-abi';
    const abis = knownTags('abi', tags.abi);
    const hasPlatform = knownTags('platform', tags.platform).length > 0;
    let nearest: TagMismatch = 'invalid';
    for (const python of knownTags('python', tags.python)) {
      const supported = this.#abis.get(python);
      if (supported === undefined) nearest = nearer(nearest, 'python');
      else if (hasPlatform && abis.some((abi) => supported.has(abi))) return 'platform';
      else if (abis.some((abi) => !supported.has(abi))) nearest = 'abi';
    }
    return nearest;
  }
}
