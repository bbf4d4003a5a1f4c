/** pip 19.3's words. */
import type { Engine, ResolveRequest } from '../../resolver/engine.ts';
import { type LegacyResult, resolveLegacy } from '../../resolver/legacy/resolve.ts';
import type { LegacyNotice, LegacyReport } from '../../resolver/legacy/report.ts';
import type { EngineResult, Notice } from '../../resolver/outcome.ts';
import type { TraceRecorder } from '../../resolver/trace-recorder.ts';
import { pythonQuoted } from './python-quoted.ts';
import { RANDOM_ORDER } from './random-order.ts';

function reportText(report: LegacyReport): readonly string[] {
  switch (report.kind) {
    case 'no-matching-version': {
      const { requirement, versions } = report;
      const known = versions.join(', ') || 'none';
      return [
        `Could not find a version that satisfies the requirement ${requirement} (from versions: ${known})`,
        `No matching distribution found for ${requirement}`,
      ];
    }
    case 'requires-python': {
      const { name, python, specifier } = report;
      const forbidden = pythonQuoted(specifier);
      return [`Package ${pythonQuoted(name)} requires a different Python: ${python} not in ${forbidden}`];
    }
    case 'double-requirement': {
      const { requirement, existing, name } = report;
      return [
        `Double requirement given: ${requirement} (already in ${existing}, name=${pythonQuoted(name)})`,
      ];
    }
    case 'unsupported-wheel':
      return [`${report.filename} is not a supported wheel on this platform.`];
    case 'url-against-constraint':
      return [
        `Could not satisfy constraints for ${pythonQuoted(report.name)}: ` +
          'installation from path or url cannot be constrained to a version',
      ];
  }
}

function noticeOf(notice: LegacyNotice): Notice | null {
  switch (notice.kind) {
    case 'random-order':
      return null;
    case 'ignored-marker': {
      const { name, marker } = notice;
      return { level: 'info', text: `Ignoring ${name}: markers '${marker}' don't match your environment` };
    }
    case 'missing-extra':
      return { level: 'warning', text: `${notice.candidate} does not provide the extra '${notice.extra}'` };
    case 'yanked-selected': {
      const { name, version, link, reason } = notice;
      const why = `Reason for being yanked: ${reason === '' ? '<none given>' : reason}`;
      const what = `'${name}' candidate (version ${version} at ${link})`;
      return {
        level: 'warning',
        text: `The candidate selected for download or install is a yanked version: ${what}\n${why}`,
      };
    }
    case 'missing':
      return {
        level: 'error',
        text: `${notice.package} requires ${notice.requirement}, which is not installed.`,
      };
    case 'incompatible': {
      const { requirement, found } = notice;
      return {
        level: 'error',
        text: `${notice.package} has requirement ${requirement}, but you'll have ${found} which is incompatible.`,
      };
    }
  }
}

/** The same result with pip's error text and notices. */
export function tellLegacy(result: LegacyResult): LegacyResult {
  const lines = result.report === null ? [] : reportText(result.report);
  const message = lines.map((line) => `ERROR: ${line}`).join('\n');
  const isRandom = result.legacyNotices.some(({ kind }) => kind === 'random-order');
  const notices = result.legacyNotices.map(noticeOf).filter((notice): notice is Notice => notice !== null);
  return { ...result, message, notices, ...(isRandom ? { caveats: [RANDOM_ORDER] } : {}) };
}

/** The legacy engine, telling what it does in pip 19.3's own words. */
export const resolveLegacyTelling: Engine = (
  request: ResolveRequest,
  recorder: TraceRecorder,
): EngineResult => {
  return tellLegacy(resolveLegacy(request, recorder));
};
