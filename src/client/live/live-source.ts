/**
 * The live indexes of a session: one reader for each list of indexes and rule, one allowance for each question of the
 * user's. Loaded when the user first allows it; nothing of it is part of the page before.
 */
import type { LiveFact } from '../../core/package-index/live/live-layer.ts';
import type { MissingFact } from '../../core/package-index/package-index.ts';
import { indexRule } from '../../core/problem/index-rule.ts';
import type { Problem } from '../../core/problem/problem.ts';
import { allowsConnection, connectSources, isMixedContent, pagePolicy } from '../content-policy.ts';
import type { LiveSource } from '../storage/fact-store.ts';
import { makeLiveCache } from './live-cache.ts';
import { liveErrorText, wayOn, type LiveError, type LiveWayOn } from './live-error.ts';
import {
  indexUrlsOf,
  makeLiveIndex,
  PYPI_FILE_HOSTS,
  type LiveAction,
  type LiveIndex,
} from './live-index.ts';
import type { CacheState } from './live-memory.ts';
import type { LiveCounts, LivePlatform } from './live-transport.ts';

/** What one question has cost, and how fetching for it stands. */
export interface LiveReport {
  readonly counts: LiveCounts;
  /** Facts of this session, whatever question they were fetched for. */
  readonly facts: number;
  readonly failure: LiveFailureReport | null;
}

export interface LiveFailureReport {
  readonly kind: LiveError['kind'];
  /** A sentence for the reader. */
  readonly text: string;
  readonly wayOn: LiveWayOn;
  /** Facts that are still missing. */
  readonly count: number;
}

export interface LiveCode extends LiveSource {
  load(...question: Parameters<LiveSource['load']>): NonNullable<ReturnType<LiveSource['load']>>;
  allowLargePages(): void;
  forget(): Promise<void>;
  cacheState(): Promise<CacheState>;
}

/** The page's own policy and address; tests give others. */
export interface LiveSurroundings {
  /** Text of the content security policy. */
  readonly policy: string;
  readonly pageUrl: string;
  readonly platform?: Partial<LivePlatform>;
}

/** Why this page may not ask an address; null when it may. */
function refusal(url: string, sources: readonly string[] | null, pageUrl: string): LiveError | null {
  if (isMixedContent(url, pageUrl)) return { kind: 'mixed-content', url };
  return allowsConnection(sources, url, pageUrl) ? null : { kind: 'blocked-by-policy', url };
}

/** Live indexes for a session. `onReport` hears of every change. */
export function makeLiveCode(
  onReport: (report: LiveReport) => void,
  { policy, pageUrl, platform = {} }: LiveSurroundings = { policy: pagePolicy(), pageUrl: document.baseURI },
): LiveCode {
  const cache = makeLiveCache();
  const sources = connectSources(policy);
  const hosts = (sources ?? []).flatMap((source) => (URL.canParse(source) ? [new URL(source).host] : []));
  const indexes = new Map<string, LiveIndex>();
  let generation = 0;
  let stop = new AbortController();
  let allowsLargePages = false;
  let action: { readonly index: LiveIndex; readonly action: LiveAction } | null = null;
  let report: LiveReport = { counts: NO_COUNTS, facts: 0, failure: null };

  function tell(change: Partial<LiveReport>): void {
    report = { ...report, ...change };
    onReport(report);
  }

  function scope(problem: Problem): string {
    return [generation, indexRule(problem), ...indexUrlsOf(problem)].join(' ');
  }

  function indexOf(problem: Problem): LiveIndex {
    const key = scope(problem);
    const known = indexes.get(key);
    if (known !== undefined) return known;
    const made = makeLiveIndex({
      indexUrls: indexUrlsOf(problem),
      rule: indexRule(problem),
      // The page's policy is the list of hosts that its owner trusts with files.
      fileHosts: [...PYPI_FILE_HOSTS, ...hosts],
      cache,
      refuse: (url) => refusal(url, sources, pageUrl),
      platform,
    });
    indexes.set(key, made);
    return made;
  }

  function actionOf(index: LiveIndex): LiveAction {
    if (action?.index === index) return action.action;
    const { signal } = stop;
    const onProgress = (counts: LiveCounts): void => {
      if (signal === stop.signal) tell({ counts });
    };
    action = { index, action: index.begin({ signal, onProgress, allowsLargePages }) };
    allowsLargePages = false;
    return action.action;
  }

  return {
    scope,
    loaded: (problem: Problem): readonly LiveFact[] => indexes.get(scope(problem))?.loaded() ?? [],
    async load(problem: Problem, missing: readonly MissingFact[], isKnown: (project: string) => boolean) {
      const index = indexOf(problem);
      const { signal } = stop;
      const load = await actionOf(index).load(missing, isKnown);
      const [failure] = load.failures;
      const text = failure === undefined ? '' : liveErrorText(failure.error);
      // What was displaced by a newer question has nothing to say.
      if (signal === stop.signal)
        tell({
          facts: index.loaded().length,
          failure:
            failure === undefined
              ? null
              : { kind: failure.error.kind, text, wayOn: wayOn(failure.error), count: load.failures.length },
        });
      if (failure !== undefined) return { ok: false, reason: text };
      return { ok: true, bundles: [{ kind: 'live', facts: load.facts }] };
    },
    begin() {
      stop.abort();
      stop = new AbortController();
      action = null;
      if (report.failure !== null || report.counts.requests > 0) tell({ counts: NO_COUNTS, failure: null });
    },
    stop: () => stop.abort(),
    allowLargePages() {
      allowsLargePages = true;
    },
    async forget() {
      stop.abort();
      generation++;
      indexes.clear();
      action = null;
      await cache.clear();
    },
    cacheState: () => cache.state(),
  };
}

const NO_COUNTS: LiveCounts = { requests: 0, pages: 0, metadata: 0, bytes: 0, underWay: 0 };
