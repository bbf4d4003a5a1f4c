/**
 * `npm run fuzz -- [INPUTS OF EACH PARSER] [SEED]`: every parser that reads what people paste or a
 * server sends, one group after another.
 */
await import('./packaging.ts');
await import('./manifest.ts');
await import('./reports.ts');
await import('./index.ts');

export {};
