/** What the drawer holds, in the order of its bar. */
export const DRAWER_PARTS = [
  { id: 'stack', label: 'Stack' },
  { id: 'candidates', label: 'Candidates' },
  { id: 'why', label: 'Why here' },
  { id: 'commands', label: 'Commands' },
  { id: 'cost', label: 'Cost' },
  { id: 'releases', label: 'Releases' },
  { id: 'sources', label: 'Answers from' },
] as const;
export type DrawerPart = (typeof DRAWER_PARTS)[number]['id'];
