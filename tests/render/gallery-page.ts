/** The page on which the golden drawings stand in every look; the look is in the address, so that no drawing stands twice. */

const LOOKS: readonly (readonly [look: string, name: string])[] = [
  ['light', 'Light'],
  ['dark', 'Dark'],
  ['contrast', 'High contrast'],
  ['dark-contrast', 'Dark, high contrast'],
  ['grey', 'Greyscale'],
];

/** A page that needs no server: styles are the program's own. */
export function galleryPage(figures: readonly string[]): string {
  const links = LOOKS.map(([look, name]) => `<a href="#${look}">${name}</a>`).join('\n');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Drawings in every look</title>
<link rel="stylesheet" href="../../../src/styles/tokens.css">
<link rel="stylesheet" href="../../../src/render/search-picture.css">
<style>
body { margin: 24px; background: var(--paper); color: var(--ink); font: 14px/20px var(--face-text); }
nav { display: flex; gap: 16px; }
a { color: inherit; }
figure { margin: 24px 0; }
.search-picture { overflow: auto; }
.search-picture svg { position: static; width: auto; height: auto; max-width: 100%; }
</style>
<nav>
${links}
</nav>
${figures.join('\n')}
<script>
const show = () => {
  const look = location.hash.slice(1);
  document.documentElement.dataset.theme = look.startsWith('dark') ? 'dark' : 'light';
  document.documentElement.dataset.contrast = look.endsWith('contrast') ? 'more' : '';
  document.documentElement.style.filter = look === 'grey' ? 'grayscale(1)' : '';
};
addEventListener('hashchange', show);
show();
</script>
</html>
`;
}
