/** Attributes of a region that scrolls. */
export function scrollRegion(
  label: string | undefined,
  /** What scrolls must be reachable by Tab; where a control lies in it, it is. */
  holdsNoControl = true,
): Record<string, string | number | undefined> {
  return { role: 'group', 'aria-label': label, tabindex: holdsNoControl ? 0 : undefined };
}
