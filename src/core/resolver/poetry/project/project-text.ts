/** A `pyproject.toml` as plain values: what engines that read projects are given. */

export type TomlValue =
  string | number | boolean | null | readonly TomlValue[] | { readonly [key: string]: TomlValue };

export type TomlTable = { readonly [key: string]: TomlValue };

export function tableIn(value: TomlValue | undefined, ...path: readonly string[]): TomlTable {
  const found = valueIn(value, ...path);
  return isTable(found) ? found : {};
}

export function valueIn(value: TomlValue | undefined, ...path: readonly string[]): TomlValue | undefined {
  let current = value;
  for (const key of path) {
    if (!isTable(current) || !Object.hasOwn(current, key)) return undefined;
    current = current[key];
  }
  return current;
}

export function textIn(value: TomlValue | undefined, ...path: readonly string[]): string | null {
  const found = valueIn(value, ...path);
  return typeof found === 'string' ? found : null;
}

export function listIn(value: TomlValue | undefined, ...path: readonly string[]): readonly TomlValue[] {
  const found = valueIn(value, ...path);
  return Array.isArray(found) ? (found as readonly TomlValue[]) : [];
}

export function isTable(value: TomlValue | undefined): value is TomlTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
