/** Requirements files, constraints files and `pip freeze` as manifests: one format, three meanings. */
import { ManifestBuilder } from '../manifest-builder.ts';
import type { GroupRole, Manifest, ManifestOptions } from '../manifest.ts';
import { parseRequirementsFile } from './requirements-file.ts';
import type { RequirementsFileOptions } from './requirements-file-options.ts';

const ROLES = {
  requirements: ['requirements', 'main', 'requirements'],
  constraints: ['constraints', 'constraints', 'constraints'],
  'pip-freeze': ['installed', 'installed', 'installed'],
} as const satisfies Record<string, readonly [GroupRole, string, string]>;

/** Reads a text in pip's format. `pip freeze` prints what is installed, so that is the pane its lines go to. */
export function readRequirementsManifest(text: string, kind: keyof typeof ROLES): Manifest {
  const [role, id, label] = ROLES[kind];
  const pane = kind === 'pip-freeze' ? 'installed' : kind;
  const file = parseRequirementsFile(text, { pane });
  const builder = new ManifestBuilder(kind, text);
  builder.group(id, label, role, true);
  for (const entry of file.entries) builder.add(id, entry.requirement, entry.span, entry);
  builder.complainAll(file.diagnostics);
  builder.options = optionsOfFile(file.options);
  return builder.build();
}

/** A file's options in the names of `Problem.options`; only those that are set. */
export function optionsOfFile(options: RequirementsFileOptions): ManifestOptions {
  return {
    ...(options.pre ? { pre: true } : {}),
    ...(options.allReleases.length > 0 ? { allReleases: options.allReleases } : {}),
    ...(options.onlyFinal.length > 0 ? { onlyFinal: options.onlyFinal } : {}),
    ...(options.onlyBinary.length > 0 ? { onlyBinary: options.onlyBinary } : {}),
    ...(options.noBinary.length > 0 ? { noBinary: options.noBinary } : {}),
    ...(options.preferBinary ? { preferBinary: true } : {}),
    ...(options.requireHashes === null ? {} : { requireHashes: options.requireHashes }),
  };
}
