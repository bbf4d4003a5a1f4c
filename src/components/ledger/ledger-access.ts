/** How any part of the page opens the ledger, without every part above it having to hand that down. */
import { getContext, setContext } from 'svelte';

const KEY = Symbol('ledger');

/** Opens the ledger at a project, or at the summary of all. */
export type OpenLedger = (project: string | null) => void;

/** Called once, by the page. */
export function provideLedger(open: OpenLedger): void {
  setContext(KEY, open);
}

/** Null where no page provides it, as in pictures of a component alone. */
export function useLedger(): OpenLedger | null {
  return getContext<OpenLedger | undefined>(KEY) ?? null;
}
