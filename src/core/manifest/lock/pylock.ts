/** `pylock.toml` (PEP 751): pins with their files, from any locker. */
import { normalizeName } from '../../packaging/name.ts';
import { ManifestBuilder } from '../manifest-builder.ts';
import type { Manifest } from '../manifest.ts';
import { describeFiles } from './lock-files.ts';
import { itemsAt, textAt, valueAt, type SpannedValue } from '../syntax/spanned-value.ts';
import { readToml } from '../syntax/toml-value.ts';

/** Reads a `pylock.toml`. Packages without version (directories, repositories) are named as left out. */
export function readPylock(text: string): Manifest {
  const builder = new ManifestBuilder('pylock', text);
  const toml = readToml(text);
  builder.complainAll(toml.complaints);
  builder.openPins('pylock.toml');
  const lockVersion = textAt(toml.value, 'lock-version');
  if (lockVersion === null) {
    const message = '`lock-version` is missing: PEP 751 requires it, and tools refuse the file';
    builder.complain('error', 'lock-version', message, { start: 0, end: Math.min(1, text.length) });
  } else if (!lockVersion.text.startsWith('1.'))
    builder.complain(
      'error',
      'lock-version',
      `Lock version ${lockVersion.text} is not known`,
      lockVersion.span,
    );
  for (const item of itemsAt(toml.value, 'packages')) readPackage(builder, item);
  const requiresPython = textAt(toml.value, 'requires-python');
  if (requiresPython !== null) builder.options = { ...builder.options, requiresPython: requiresPython.text };
  return builder.build();
}

function readPackage(builder: ManifestBuilder, item: SpannedValue): void {
  const name = textAt(item, 'name');
  const version = textAt(item, 'version');
  if (name === null) {
    builder.complain('error', 'invalid-pin', 'A package without a name', item.span);
    return;
  }
  if (version === null) {
    builder.complain('warning', 'left-out', `Left out: \`${name.text}\` has no version here`, name.span);
    return;
  }
  const files = filesOf(item);
  const places = ['wheels', 'sdist', 'archive', 'vcs', 'directory'];
  if (places.every((key) => valueAt(item, key) === null))
    builder.complain('error', 'no-file', `\`${name.text}\` has no file: PEP 751 requires one`, name.span);
  const span = { start: name.span.start, end: version.span.end };
  builder.addPin(name.text, version.text, span, files.hashes, textAt(item, 'marker')?.text);
  builder.guess('A `pylock.toml` names dependencies without their version limits.');
  const requires = itemsAt(item, 'dependencies').flatMap((dependency) => {
    const target = textAt(dependency, 'name');
    const targetVersion = textAt(dependency, 'version');
    if (target === null) return [];
    return [targetVersion === null ? target.text : `${target.text}==${targetVersion.text}`];
  });
  const requiresPython = textAt(item, 'requires-python');
  builder.release(normalizeName(name.text), version.text, {
    requires,
    ...(requiresPython === null ? {} : { requires_python: requiresPython.text }),
    ...files.facts,
  });
}

function filesOf(item: SpannedValue): ReturnType<typeof describeFiles> {
  const sdist = valueAt(item, 'sdist');
  const archive = valueAt(item, 'archive');
  const single = [sdist, archive].filter((value) => value !== null);
  return describeFiles([...itemsAt(item, 'wheels'), ...single], 'name');
}
