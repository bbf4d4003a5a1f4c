/**
 * Why the pins of a solution are not the newest releases: for each, the newer final releases by what keeps them out.
 * What a ledger calls a candidate, and was not taken, the search gave up.
 */
import type { Ledger, LedgerReason } from '../ledger/ledger.ts';
import { isPrerelease, parseVersion } from '../packaging/version.ts';
import type { Pin } from '../resolver/outcome.ts';

/** Newer releases with one reason, newest first. */
export interface CapGroup {
  readonly versions: readonly string[];
  /** Null: they were candidates, and the search gave them up. */
  readonly reason: LedgerReason | null;
  /** The step at which the newest of them was first tried; null where it was not. */
  readonly step: number | null;
}

export interface Cap {
  readonly pin: Pin;
  /** The newest final release. */
  readonly newest: string;
  /** Final releases above the pin. */
  readonly newer: number;
  /** Newest first. */
  readonly groups: readonly CapGroup[];
  /** Every version that the ledger knows, lowest first. */
  readonly all: readonly string[];
  readonly limits: Ledger['limits'];
}

/** A ledger with the steps at which versions were tried. */
export type TriedLedger = Ledger & { readonly tried?: Readonly<Record<string, number>> };

/** The pins that are not the newest final release, in the order of the pins. */
export function capsOf(pins: readonly Pin[], ledgers: readonly TriedLedger[]): readonly Cap[] {
  const byName = new Map(ledgers.map((ledger) => [ledger.project, ledger]));
  return pins.flatMap((pin) => {
    const ledger = byName.get(pin.name);
    if (ledger === undefined || pin.origin !== 'index') return [];
    const cap = capOf(pin, ledger);
    return cap === null ? [] : [cap];
  });
}

function capOf(pin: Pin, ledger: TriedLedger): Cap | null {
  const own = parseVersion(pin.version);
  const text = own.ok ? own.value.text : pin.version;
  const at = ledger.versions.findIndex(({ version }) => version === text);
  const newer = ledger.versions.slice(0, Math.max(0, at)).filter(({ version }) => {
    const parsed = parseVersion(version);
    return parsed.ok && !isPrerelease(parsed.value);
  });
  const [newest] = newer;
  if (newest === undefined) return null;
  const groups = new Map<string, { versions: string[]; reason: LedgerReason | null; step: number | null }>();
  for (const { version, reason } of newer) {
    const key = JSON.stringify(reason?.kind === 'yanked' ? { kind: 'yanked' } : reason);
    const known = groups.get(key);
    if (known) known.versions.push(version);
    else groups.set(key, { versions: [version], reason, step: ledger.tried?.[version] ?? null });
  }
  return {
    pin,
    newest: newest.version,
    newer: newer.length,
    groups: [...groups.values()],
    all: ledger.versions.map(({ version }) => version).toReversed(),
    limits: ledger.limits,
  };
}

/** Whether the search gave newer releases up, so that nobody who asks for the package keeps it old. */
export function isGivenUp({ groups }: Cap): boolean {
  return groups.some(({ reason }) => reason === null);
}
