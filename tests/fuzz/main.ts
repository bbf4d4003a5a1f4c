/** `npm run fuzz -- [INPUTS OF EACH PARSER] [SEED]`: every parser that reads what people paste, one group after another. */
await import('./packaging.ts');
await import('./manifest.ts');

export {};
