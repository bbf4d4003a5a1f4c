/** Listens for keys that bubble up to a region, whose controls stay what can be reached. */
export function onKey(act: (event: KeyboardEvent) => void): (region: HTMLElement) => () => void {
  return (region) => {
    region.addEventListener('keydown', act);
    return () => region.removeEventListener('keydown', act);
  };
}
