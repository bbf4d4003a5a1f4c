import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  allowsConnection,
  connectSources,
  isMixedContent,
  parseOrigins,
  withConnectSources,
} from '../../src/client/content-policy.ts';

const HTML = readFileSync(new URL('../../index.html', import.meta.url), 'utf8');
const PAGE = 'https://page.example/folder/';

test('the page as it is shipped may ask itself and PyPI, and nobody else', () => {
  const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/u.exec(HTML)![1]!;
  expect(connectSources(policy)).toEqual(["'self'", 'https://pypi.org', 'https://files.pythonhosted.org']);
});

test('a build may add hosts, to this directive alone', () => {
  const html = withConnectSources(HTML, ['https://index.example', 'http://127.0.0.1:8080']);
  const policy = /content="(default-src[^"]*)"/u.exec(html)![1]!;
  expect(connectSources(policy)).toEqual([
    "'self'",
    'https://pypi.org',
    'https://files.pythonhosted.org',
    'https://index.example',
    'http://127.0.0.1:8080',
  ]);
  expect(html.replace(' https://index.example http://127.0.0.1:8080', '')).toBe(HTML);
  expect(withConnectSources(HTML, [])).toBe(HTML);
});

test.each([
  ['https://a.example, http://b.example:8080', ['https://a.example', 'http://b.example:8080']],
  ['', []],
  ['https://a.example/simple/', null],
  ['a.example', null],
  ["https://a.example; script-src 'unsafe-inline'", null],
  ['*', null],
])('the setting %j is read as %j', (text, origins) => {
  expect(parseOrigins(text)).toEqual(origins);
});

test.each([
  ["'self'", 'https://page.example/x', true],
  ["'self'", 'https://other.example/x', false],
  ['https://a.example', 'https://a.example/simple/', true],
  ['https://a.example', 'http://a.example/simple/', false],
  ['http://a.example', 'https://a.example/simple/', true],
  ['https://a.example', 'https://a.example:8443/', false],
  ['https://a.example:8443', 'https://a.example:8443/', true],
  ['https://a.example:*', 'https://a.example:8443/', true],
  ['https://a.example', 'https://b.a.example/', false],
  ['https://*.a.example', 'https://b.a.example/', true],
  ['https://*.a.example', 'https://a.example/', false],
  ['a.example', 'https://a.example/', true],
  ['https:', 'https://anything.example/', true],
  ['*', 'https://anything.example/', true],
  ["'none'", 'https://page.example/', false],
])('a policy that lists %s, asked for %s: %j', (source, url, expected) => {
  expect(allowsConnection([source], url, PAGE)).toBe(expected);
});

test('without a list every address may be asked; what is no address never', () => {
  expect(allowsConnection(null, 'https://a.example/', PAGE)).toBe(true);
  expect(allowsConnection(["'self'"], 'nonsense', PAGE)).toBe(false);
});

test('a page that came over TLS asks no address without it, except on this machine', () => {
  expect(isMixedContent('http://a.example/', PAGE)).toBe(true);
  expect(isMixedContent('http://127.0.0.1:8080/', PAGE)).toBe(false);
  expect(isMixedContent('http://localhost/', PAGE)).toBe(false);
  expect(isMixedContent('https://a.example/', PAGE)).toBe(false);
  expect(isMixedContent('http://a.example/', 'http://page.example/')).toBe(false);
});
