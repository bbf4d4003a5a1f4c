/** What the drawer holds, in the order of its bar. */
export const DRAWER_PARTS = [
  { id: 'stack', label: 'Stack' },
  { id: 'candidates', label: 'Candidates' },
  { id: 'why', label: 'Why here' },
  { id: 'ask', label: 'Ask' },
  { id: 'commands', label: 'Commands' },
  { id: 'cost', label: 'Cost' },
  { id: 'releases', label: 'Releases' },
  { id: 'sources', label: 'Answers from' },
] as const;
export type DrawerPart = (typeof DRAWER_PARTS)[number]['id'];

/** Null for what is no part of the drawer. */
export function drawerPart(text: string | undefined): DrawerPart | null {
  return DRAWER_PARTS.find(({ id }) => id === text)?.id ?? null;
}
