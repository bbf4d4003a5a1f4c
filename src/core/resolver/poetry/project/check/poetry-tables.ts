/** What `[tool.poetry]` may hold. poetry-core 2.5's schema of it, and poetry 2.5's of what it adds. */
import type { Schema } from './json-schema.ts';

const TEXT: Schema = { type: 'string' };
const TEXTS: Schema = { type: 'array', items: TEXT };
const YES_OR_NO: Schema = { type: 'boolean' };
const ADDRESS: Schema = { type: 'string', format: 'uri' };

const NAME = /^[a-zA-Z-_.0-9]+$/;

const WHERE = { python: TEXT, platform: TEXT, markers: TEXT } as const;
const PRERELEASES = { 'allow-prereleases': YES_OR_NO } as const;
const OPTIONAL = { optional: YES_OR_NO, extras: TEXTS } as const;
const SUBDIRECTORY = { subdirectory: TEXT } as const;
const DEVELOP = { develop: YES_OR_NO } as const;

const closed = (required: string | null, properties: Record<string, Schema>): Schema => ({
  type: 'object',
  isClosed: true,
  properties,
  ...(required === null ? {} : { required: [required] }),
});

const LONG = closed('version', {
  version: TEXT,
  ...WHERE,
  ...PRERELEASES,
  'allows-prereleases': YES_OR_NO,
  ...OPTIONAL,
  source: TEXT,
});
const GIT = closed('git', {
  git: TEXT,
  branch: TEXT,
  tag: TEXT,
  rev: TEXT,
  ...SUBDIRECTORY,
  ...WHERE,
  ...PRERELEASES,
  'allows-prereleases': YES_OR_NO,
  ...OPTIONAL,
  ...DEVELOP,
});
const FILE = closed('file', { file: TEXT, ...SUBDIRECTORY, ...WHERE, ...OPTIONAL });
const PATH = closed('path', { path: TEXT, ...SUBDIRECTORY, ...WHERE, ...OPTIONAL, ...DEVELOP });
const URL = closed('url', { url: TEXT, ...SUBDIRECTORY, ...WHERE, ...OPTIONAL });
/** Only adds to a line of `[project]`. */
const ADDITION = closed(null, { ...WHERE, ...PRERELEASES, source: TEXT, ...DEVELOP });

const ONE = [TEXT, LONG, GIT, FILE, PATH, URL];
const SEVERAL: Schema = { type: 'array', minItems: 1, items: { oneOf: [...ONE, ADDITION] } };

const DEPENDENCIES: Schema = {
  type: 'object',
  entries: { keys: NAME, value: { oneOf: [...ONE, SEVERAL, ADDITION] } },
};

const GROUPS: Schema = {
  type: 'object',
  entries: {
    keys: NAME,
    value: closed(null, { optional: YES_OR_NO, 'include-groups': TEXTS, dependencies: DEPENDENCIES }),
  },
};

const FORMAT: Schema = { type: 'string', enum: ['sdist', 'wheel'] };
const FORMATS: Schema = { oneOf: [FORMAT, { type: 'array', items: FORMAT }] };

export const POETRY_SCHEMA: Schema = {
  type: 'object',
  properties: {
    'package-mode': YES_OR_NO,
    name: TEXT,
    version: TEXT,
    description: { type: 'string', pattern: '\\A[^\n]*\\Z' },
    keywords: TEXTS,
    homepage: ADDRESS,
    repository: ADDRESS,
    documentation: ADDRESS,
    license: TEXT,
    authors: TEXTS,
    maintainers: TEXTS,
    readme: { anyOf: [TEXT, TEXTS] },
    classifiers: { type: 'array' },
    packages: {
      type: 'array',
      items: closed('include', { include: TEXT, from: TEXT, to: TEXT, format: FORMATS }),
    },
    include: { type: 'array', items: { anyOf: [TEXT, closed('path', { path: TEXT, format: FORMATS })] } },
    exclude: { type: 'array' },
    dependencies: DEPENDENCIES,
    'dev-dependencies': DEPENDENCIES,
    extras: {
      type: 'object',
      entries: {
        keys: NAME,
        value: { type: 'array', items: { type: 'string', pattern: '^[a-zA-Z-_.0-9]+$' } },
      },
    },
    group: GROUPS,
    build: { anyOf: [TEXT, { type: 'object' }] },
    scripts: { type: 'object' },
    plugins: { type: 'object' },
    urls: { type: 'object', entries: { keys: /^.+$/, value: TEXT } },
  },
};

/** What poetry itself reads besides. */
export const POETRY_ADDITIONS: Schema = {
  type: 'object',
  properties: {
    'requires-poetry': TEXT,
    'requires-plugins': DEPENDENCIES,
    source: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name'],
        properties: { name: TEXT, url: ADDRESS, priority: { enum: ['primary', 'supplemental', 'explicit'] } },
      },
    },
    'build-constraints': { type: 'object' },
    config: { type: 'object' },
  },
};
