/**
 * A token of styles/tokens.css as a colour that a canvas and Monaco take. In forced colours the tokens name the system's
 * colours, and `--ghost` is a mixture: the page works out what they are.
 */
export function pageColour(element: Element, property: string): string {
  const written = getComputedStyle(element).getPropertyValue(property).trim();
  if (written === '' || written.startsWith('#')) return written || '#000000';
  const probe = document.createElement('span');
  probe.style.cssText = `forced-color-adjust: none; color: var(${property})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color || written;
}

/** The same as `#rrggbb`, the only form that Monaco takes; grey for what is no plain colour. */
export function pageColourAsHex(element: Element, property: string): string {
  const colour = pageColour(element, property);
  if (/^#[0-9a-f]{6}$/iu.test(colour)) return colour;
  if (/^#[0-9a-f]{3}$/iu.test(colour)) return colour.replace(/[0-9a-f]/giu, '$&$&');
  const parts = /^rgba?\((\d+),\s*(\d+),\s*(\d+)/u.exec(colour);
  if (parts === null) return '#808080';
  const [, ...channels] = parts;
  return `#${channels.map((channel) => Number(channel).toString(16).padStart(2, '0')).join('')}`;
}
