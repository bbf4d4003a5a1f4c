/** What a link says of a comparison: which one, and its setting; one short word of letters that any chat leaves alone. */
import { readSymptom } from '../core/compare/minimise/symptom.ts';
import { ENGINE_NAMES } from '../core/problem/engine-id.ts';
import {
  isPreferenceOrder,
  NEWEST_PREFERENCE,
  type PreferencePart,
} from '../core/resolver/pip/preference-parts.ts';

export const COMPARE_TABS = [
  'sweep',
  'tools',
  'pair',
  'matrix',
  'order',
  'dates',
  'index',
  'board',
  'minimise',
] as const;
export type CompareTab = (typeof COMPARE_TABS)[number];

export interface CompareView {
  readonly tab: CompareTab;
  /** The other engine of a pair. */
  readonly other: string;
  /** The order of preference of the board. */
  readonly order: readonly PreferencePart[];
  /** What the smallest question has to show: see core/compare/minimise/symptom.ts. */
  readonly symptom: string;
}

export const USUAL_COMPARE: CompareView = {
  tab: 'sweep',
  other: ENGINE_NAMES.find((name) => name.startsWith('uv@')) ?? ENGINE_NAMES[0]!,
  order: NEWEST_PREFERENCE,
  symptom: 'failure',
};

/** `pair uv@0.12`, `board pinned,order,…`, `minimise pin:urllib3`, `sweep`. */
export function compareViewText({ tab, other, order, symptom }: CompareView): string {
  if (tab === 'minimise') return readSymptom(symptom).ok ? `minimise ${symptom}` : tab;
  if (tab === 'pair') return `pair ${other}`;
  if (tab === 'board' && order.join() !== NEWEST_PREFERENCE.join()) return `board ${order.join(',')}`;
  return tab;
}

/** Reads what a link says; what is not known is as usual. */
export function readCompareView(text: string): CompareView {
  const [tab = '', setting = ''] = text.split(' ');
  const known = COMPARE_TABS.find((name) => name === tab) ?? 'sweep';
  const order = setting.split(',');
  return {
    tab: known,
    other: known === 'pair' && ENGINE_NAMES.includes(setting) ? setting : USUAL_COMPARE.other,
    symptom: known === 'minimise' && readSymptom(setting).ok ? setting : USUAL_COMPARE.symptom,
    order: known === 'board' && isPreferenceOrder(order) ? order : NEWEST_PREFERENCE,
  };
}
