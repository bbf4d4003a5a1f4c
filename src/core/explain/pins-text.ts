/** Pins as a file that can be given to pip again. */
import type { Pin } from '../resolver/outcome.ts';

/**
 * `requirements` keeps extras; `constraints` must not have any (pip refuses them). Sorted by name, one a line, with a
 * newline at the end. What came from an address is a comment: its version alone would fetch something else.
 */
export function pinsText(pins: readonly Pin[], form: 'requirements' | 'constraints'): string {
  const lines = pins
    .toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name !== b.name)))
    .map((pin) => {
      const extras = form === 'requirements' && pin.extras.length > 0 ? `[${pin.extras.join(',')}]` : '';
      const line = `${pin.name}${extras}==${pin.version}${pin.marker === undefined ? '' : ` ; ${pin.marker}`}`;
      return pin.origin === 'url' ? `# ${line}  (from an address)` : line;
    });
  return lines.map((line) => `${line}\n`).join('');
}
