/**
 * Passwords and tokens in addresses, which no link, issue text or picture should carry. What is left is an address of
 * the same form, so that a text means the same to a resolver.
 */

/** What stands for a secret; pip prints the same (`redact_auth_from_url`). */
const HIDDEN = '****';

/** `scheme://user:password@`, up to the last `@` before the path. */
const USER_INFO = /([a-z][a-z0-9+.-]{0,30}:\/\/)([^\s/?#]*)@/giu;
/** Parameters whose values are secrets by their names. */
const PARAMETER =
  /([?&;#](?:access[_-]?token|auth[_-]?token|private[_-]?token|job[_-]?token|token|api[_-]?key|apikey|key|secret|password|passwd|pwd|sig|signature|x-amz-signature|x-amz-credential|x-amz-security-token|awsaccesskeyid)=)([^\s&;#]+)/giu;
/** Tokens that say themselves what they are: GitHub's, GitLab's, PyPI's, AWS's. */
const TOKEN =
  /(?<![A-Za-z0-9_])(?:gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{20,255}|glpat-[A-Za-z0-9_-]{20,255}|pypi-AgEI[A-Za-z0-9_-]{50,}|(?:AKIA|ASIA)[A-Z0-9]{16})(?![A-Za-z0-9_])/gu;

/** The text without secrets. Names of environment variables (`${TOKEN}`) and the `git@` of SSH are none. */
export function redactCredentials(text: string): string {
  if (!/[@=_-]|(?:AKIA|ASIA)/u.test(text)) return text;
  return text
    .replace(USER_INFO, (_, scheme: string, info: string) => `${scheme}${redactedUser(scheme, info)}@`)
    .replace(PARAMETER, (whole, name: string, value: string) =>
      isVariable(value) ? whole : `${name}${HIDDEN}`,
    )
    .replace(TOKEN, HIDDEN);
}

/** Whether the text holds something that `redactCredentials` would hide. */
export function hasCredentials(text: string): boolean {
  return redactCredentials(text) !== text;
}

function redactedUser(scheme: string, info: string): string {
  const colon = info.indexOf(':');
  const user = colon < 0 ? info : info.slice(0, colon);
  const password = colon < 0 ? '' : info.slice(colon + 1);
  if (colon < 0) return isHarmlessUser(scheme, user) ? user : HIDDEN;
  if (password === '' && isHarmlessUser(scheme, user)) return info;
  if (isVariable(password) && (isVariable(user) || isHarmlessUser(scheme, user))) return info;
  // A token can stand before the colon as well (`token:x-oauth-basic`).
  return isVariable(user) ? `${user}:${HIDDEN}` : HIDDEN;
}

function isHarmlessUser(scheme: string, user: string): boolean {
  return user === '' || user === HIDDEN || isVariable(user) || (user === 'git' && /ssh|^git:/iu.test(scheme));
}

function isVariable(value: string): boolean {
  return value === HIDDEN || /^(?:\$\{[A-Z0-9_]+\}|\$[A-Z0-9_]+|%[A-Z0-9_]+%)$/u.test(value);
}

/** Every text in a value of JSON's kind, keys included, through a function; for values of bounded depth. */
export function mapTexts<Value>(value: Value, change: (text: string) => string): Value {
  if (typeof value === 'string') return change(value) as Value;
  if (Array.isArray(value)) return (value as unknown[]).map((item) => mapTexts(item, change)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [change(key), mapTexts(item as unknown, change)]),
  ) as Value;
}
