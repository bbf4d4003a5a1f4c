/** The row of pip's differences that a request's tool goes by. */
import { LEGACY_ERA, pipEra, PROTOTYPE_ERA, type PipEra } from '../pip/era.ts';

/** `toolVersion` as requests have it: pip's release, of which those before 20.3 are one, or '' for the 2019 prototype. */
export function eraOfTool(toolVersion: string): PipEra {
  return toolVersion === '' ? PROTOTYPE_ERA : (pipEra(toolVersion) ?? LEGACY_ERA);
}
