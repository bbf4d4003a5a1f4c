/** What the menus of the question offer, and how each choice is called. */
import { COMMON_PLATFORMS } from '../../core/packaging/platform.ts';
import { ENGINE_NAMES, parseEngineId, toolName, type EngineFamily } from '../../core/problem/engine-id.ts';
import type { Problem } from '../../core/problem/problem.ts';

export interface Choice {
  readonly value: string;
  readonly label: string;
  /** False for what a long list shows only when it is asked for. */
  readonly isNotable?: boolean;
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

const ENGINE_GROUPS: Readonly<Record<EngineFamily, { readonly group: string; readonly suffix: string }>> = {
  pip: { group: 'pip', suffix: '' },
  legacy: { group: 'pip', suffix: '(legacy resolver)' },
  zazo: { group: 'prototype', suffix: '(2019, plain backtracking)' },
  uv: { group: 'uv', suffix: '' },
  poetry: { group: 'Poetry', suffix: '' },
  pdm: { group: 'PDM', suffix: '' },
};

/** What the index is called where no snapshot is named: a question that brings its own index asks nothing else. */
export function indexWithoutSnapshot({ live, overlay = '', facts }: Problem['index']): string {
  const isOwn = live !== true && (overlay.trim() !== '' || facts !== undefined);
  return isOwn ? 'Toy index alone' : 'Live index, as it is now';
}

/** The groups with the present engine among them: a link may name a release that the menu does not list. */
export function withEngine(groups: readonly ChoiceGroup[], engine: string): readonly ChoiceGroup[] {
  const isListed = groups.some(({ choices }) => choices.some(({ value }) => value === engine));
  const id = parseEngineId(engine);
  if (isListed || !id.ok) return groups;
  const label = `${toolName(id.value)} ${id.value.version}`;
  return [{ label: 'this question', choices: [{ value: engine, label, isNotable: true }] }, ...groups];
}

/** Engines in groups of one family each, in the order of `ENGINE_NAMES`; notable is the newest of each year or major. */
export function engineGroups(): readonly ChoiceGroup[] {
  const groups = new Map<string, Choice[]>();
  const majors = new Set<string>();
  for (const name of ENGINE_NAMES) {
    const id = parseEngineId(name);
    if (!id.ok) continue;
    const { group, suffix } = ENGINE_GROUPS[id.value.family];
    const label = [toolName(id.value), id.value.version, suffix].filter((part) => part !== '').join(' ');
    const major = `${id.value.family} ${id.value.version.split('.')[0]}`;
    groups.set(group, [...(groups.get(group) ?? []), { value: name, label, isNotable: !majors.has(major) }]);
    majors.add(major);
  }
  return [...groups].map(([label, choices]) => ({ label, choices }));
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
