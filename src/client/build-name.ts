/** What this build calls itself; the bundler puts it in (vite.config.ts). */
declare const __BUILD_NAME__: string | undefined;

/** `0.1.0 (1a2b3c4)`, or `unbuilt` where nothing was bundled. */
export const BUILD_NAME: string = typeof __BUILD_NAME__ === 'string' ? __BUILD_NAME__ : 'unbuilt';
