/** What `[project]` and `[dependency-groups]` may hold. poetry-core 2.5's schemas of them. */
import type { Schema } from './json-schema.ts';

const TEXT: Schema = { type: 'string' };
const TEXTS: Schema = { type: 'array', items: TEXT };
const NAMED_TEXTS: Schema = { type: 'object', rest: TEXT };

const only = (key: string): Schema => ({
  type: 'object',
  isClosed: true,
  required: [key],
  properties: { [key]: TEXT },
});

const README: Schema = {
  type: 'object',
  required: ['content-type'],
  oneOf: ['file', 'text'].map((key) => ({
    isClosed: true,
    required: [key],
    properties: { 'content-type': {}, [key]: TEXT },
  })),
  properties: { 'content-type': TEXT },
};

const PEOPLE: Schema = {
  type: 'array',
  items: {
    type: 'object',
    isClosed: true,
    anyOf: [{ required: ['name'] }, { required: ['email'] }],
    properties: { name: TEXT, email: TEXT },
  },
};

const DYNAMIC = [
  'version',
  'description',
  'readme',
  'requires-python',
  'license',
  'license-files',
  'authors',
  'maintainers',
  'keywords',
  'classifiers',
  'urls',
  'scripts',
  'gui-scripts',
  'entry-points',
  'dependencies',
  'optional-dependencies',
];

/** A version as PEP 440 writes it, in small letters; the text stands in the complaint. */
const PRERELEASE = '([-_\\.]?(alpha|a|beta|b|preview|pre|c|rc)[-_\\.]?([0-9]+)?)?';
const POST_RELEASE = '((-([0-9]+))|([-_\\.]?(post|rev|r)[-_\\.]?([0-9]+)?))?';
const DEVELOPMENT = '([-_\\.]?(dev)[-_\\.]?([0-9]+)?)?';
const LOCAL = '(\\+([a-zA-Z0-9]+([-_\\.][a-zA-Z0-9]+)*))?';
const VERSION = `^v?((([0-9]+)!)?([0-9]+(\\.[0-9]+)*)${PRERELEASE}${POST_RELEASE}${DEVELOPMENT})${LOCAL}$`;

export const PROJECT_SCHEMA: Schema = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string', pattern: '^([a-zA-Z\\d]|[a-zA-Z\\d][\\w.-]*[a-zA-Z\\d])$' },
    version: { type: 'string', pattern: VERSION },
    description: TEXT,
    readme: { oneOf: [TEXT, README] },
    'requires-python': TEXT,
    license: { oneOf: [only('file'), only('text'), TEXT] },
    'license-files': TEXTS,
    authors: PEOPLE,
    maintainers: PEOPLE,
    keywords: TEXTS,
    classifiers: TEXTS,
    urls: { type: 'object', rest: { type: 'string', format: 'uri' } },
    scripts: NAMED_TEXTS,
    'gui-scripts': NAMED_TEXTS,
    'entry-points': { type: 'object' },
    dependencies: TEXTS,
    'optional-dependencies': {
      type: 'object',
      entries: { keys: /^([a-z\d]|[a-z\d]([a-z\d-](?!--))*[a-z\d])$/, value: TEXTS },
    },
    dynamic: { type: 'array', items: { type: 'string', enum: DYNAMIC } },
  },
};

export const GROUPS_SCHEMA: Schema = {
  type: 'object',
  rest: {
    type: 'array',
    items: {
      oneOf: [TEXT, only('include-group')],
    },
  },
};
