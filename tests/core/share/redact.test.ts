import { expect, test } from 'vitest';
import { hasCredentials, redactCredentials } from '../../../src/core/share/redact.ts';

const SECRET = 'hunter2Xy9';
test.each([
  `--index-url https://user:${SECRET}@h/simple`,
  `git+https://${SECRET}@github.com/x/y@v1`,
  `p @ git+https://${SECRET}:x-oauth-basic@github.com/x/y`,
  `https://user:a#${SECRET}@h/simple`,
  `https://user:a/${SECRET}@h/simple`,
  `https://h/simple?token=${SECRET}`,
  `https://h/simple?x=1&X-Amz-Signature=${SECRET}`,
  `export GITHUB_TOKEN=${SECRET}`,
  `UV_INDEX_PRIVATE_PASSWORD=${SECRET} uv lock`,
  `TWINE_PASSWORD: "${SECRET}"`,
  `password = '${SECRET}'`,
  `{"api_key": "${SECRET}"}`,
  `AWS_SECRET_ACCESS_KEY=${SECRET}`,
  `Authorization: Bearer ${SECRET}`,
  `twine upload --password ${SECRET} dist`,
  `# see hf_${SECRET.repeat(4)}`,
  `-----BEGIN OPENSSH PRIVATE KEY-----\n${SECRET}\n-----END OPENSSH PRIVATE KEY-----`,
])('nothing of a secret is left: %s', (text) => {
  expect(redactCredentials(text)).not.toContain(SECRET);
  expect(hasCredentials(redactCredentials(text))).toBe(false);
});

test.each([
  'secret==1.0',
  'token>=2,<3',
  'api_key ~= 1.0 ; python_version < "3.9"',
  'token = "^1.0"',
  'password = {version = "1.0"}',
  'tokenizers = "*"',
  'https://h:8080/simple/p@1.0',
  'p @ git+https://github.com/x/y@v1.0#egg=p',
  'git+ssh://git@github.com/x/y',
  '--index-url https://${USER}:${TOKEN}@h/simple',
  'GITHUB_TOKEN=${GITHUB_TOKEN}',
  'tokens: 12 in all',
  'boto3>=1.28.42  # the token of line 3',
  'Because token 1.0 depends on secret (>=2), version solving failed.',
])('what is no secret stays: %s', (text) => {
  expect(redactCredentials(text)).toBe(text);
});
