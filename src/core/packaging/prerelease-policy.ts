/**
 * Which releases of Python's `packaging` a rule is taken from. Only rules that an installer's user can see are told
 * apart; `pip.md`'s eras pick one by the release that pip carries inside.
 *
 * | policy | `packaging` | pip | what differs from the next newer one |
 * |---|---|---|---|
 * | `packaging-26.3` | 26.3 and later | 26.3 and later | – |
 * | `packaging-26` | 26.0–26.2 | 26.0–26.2 | extras inside parentheses are compared as written; a line feed may end a text; quotes inside quotes are lost |
 * | `packaging-25` | 24.2, 25.0 | 25.0–25.3 | pre-releases are not fallen back to, except by an empty set; `<V` and `>V` exclude the pre- and post-releases of V's whole release number; markers compare every variable as a version where they can; errors of requirements are worded differently |
 * | `packaging-24` | 22.0–24.1 | 24.1–24.3 | `<` and `>` of a pre-release do not open pre-releases |
 * | `packaging-20` | 19.x–21.3 | 19.3–24.0 | versions and specifiers that PEP 440 does not know are read as legacy ones |
 */
export type PrereleasePolicy =
  'packaging-26.3' | 'packaging-26' | 'packaging-25' | 'packaging-24' | 'packaging-20';

/** Whether a rule of 26.0 holds, which later releases kept. */
export function isPackaging26(policy: PrereleasePolicy): boolean {
  return policy === 'packaging-26' || policy === 'packaging-26.3';
}
