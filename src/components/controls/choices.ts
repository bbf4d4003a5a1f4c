/** What the menus of the question offer, and how each choice is called. */
import { COMMON_PLATFORMS } from '../../core/packaging/platform.ts';
import { ENGINE_NAMES, parseEngineId } from '../../core/problem/engine-id.ts';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface ChoiceGroup {
  readonly label: string;
  readonly choices: readonly Choice[];
}

const PLATFORM_LABELS: Readonly<Record<string, string>> = {
  'linux-x86_64': 'Linux x86-64',
  'linux-aarch64': 'Linux ARM64',
  'musllinux-x86_64': 'Alpine (musl) x86-64',
  'musllinux-aarch64': 'Alpine (musl) ARM64',
  'macos-arm64': 'macOS Apple silicon',
  'macos-x86_64': 'macOS Intel',
  'windows-amd64': 'Windows x86-64',
  'windows-arm64': 'Windows ARM64',
  'windows-x86': 'Windows 32-bit',
  'ios-arm64_iphoneos': 'iOS',
  'android-arm64_v8a': 'Android ARM64',
};

const PYTHONS = ['3.14', '3.13', '3.12', '3.11', '3.10', '3.9', '3.8', '3.7', '3.6', '3.5', '2.7'];

/** Engines in groups: pip's releases with the backtracking resolver, what came before it, and others. */
export function engineGroups(): readonly ChoiceGroup[] {
  const groups: Record<'pip' | 'uv' | 'before', Choice[]> = { pip: [], uv: [], before: [] };
  for (const name of ENGINE_NAMES) {
    const id = parseEngineId(name);
    if (!id.ok) continue;
    const { family, version } = id.value;
    if (family === 'pip') groups.pip.push({ value: name, label: `pip ${version}` });
    else if (family === 'uv') groups.uv.push({ value: name, label: `uv ${version}` });
    else if (family === 'legacy')
      groups.before.push({ value: name, label: `pip ${version} (first found wins)` });
    else groups.before.push({ value: name, label: 'zazo 2019 (plain backtracking)' });
  }
  return [
    { label: 'pip', choices: groups.pip },
    { label: 'uv', choices: groups.uv },
    { label: 'Before pip’s resolver', choices: groups.before },
  ].filter((group) => group.choices.length > 0);
}

export const PYTHON_CHOICES: readonly Choice[] = PYTHONS.map((version) => ({
  value: version,
  label: `Python ${version}`,
}));

export const PLATFORM_CHOICES: readonly Choice[] = COMMON_PLATFORMS.map((name) => ({
  value: name,
  label: PLATFORM_LABELS[name] ?? name,
}));

/** The choices with the present value among them: links and files may name others than the menu does. */
export function withValue(choices: readonly Choice[], value: string, label = value): readonly Choice[] {
  return choices.some((choice) => choice.value === value) ? choices : [{ value, label }, ...choices];
}
