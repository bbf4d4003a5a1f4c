/** How long a step's motion takes now, in milliseconds: the token `--motion`, read once, because reading costs a style. */
let known: number | null = null;

function forget(): void {
  known = null;
}

/** 0 when motion is not wanted. */
export function pageMotion(): number {
  if (known !== null) return known;
  matchMedia('(prefers-reduced-motion: reduce)').addEventListener('change', forget, { once: true });
  known = parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--motion')) || 0;
  return known;
}
