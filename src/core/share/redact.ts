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
/** An address whose password holds what ends the place of a password: `https://user:p#ss@host`. A port is none. */
const ODD_PASSWORD =
  /([a-z][a-z0-9+.-]{0,30}:\/\/)([^\s/?#@:]{0,200}:(?!\d{1,5}(?:[/?#]|$))[^\s@]{0,200})@/giu;
/** `NAME_TOKEN=…`, `password: "…"`, `"api_key": "…"`; a second `=` makes it a requirement. */
const SETTING =
  /(?<![A-Za-z0-9_])([A-Za-z0-9_]{0,60}(?:token|password|passwd|secret|api_?key|access_?key|private_?key|credentials?)["']?[ \t]{0,3}[=:](?!=)[ \t]{0,3})("[^"\n]{0,2000}"|'[^'\n]{0,2000}'|[^\s"'&;#,]+)/giu;
/** A constraint on a project that is called so: `token = "^1.0"`. */
const CONSTRAINT = /^["']?(?:[\^~<>=!*]|\d+(?:\.\d+)+["']?$|["']?$|\[|\{)/u;
const FLAG = /(--(?:password|passwd|token|api-?key|secret|auth)[ \t=])([^\s-][^\s]*)/giu;
const HEADER =
  /(authorization["']?[ \t]{0,3}[:=][ \t]{0,3}["']?(?:bearer|basic|token)[ \t]{1,3})([^\s"']+)/giu;
/** Tokens that say themselves what they are: those of code hosts, registries, clouds and services, and signed ones. */
const TOKEN =
  /(?<![A-Za-z0-9_])(?:gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{20,255}|gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|soat)-[A-Za-z0-9_-]{20,255}|pypi-Ag[A-Za-z0-9_-]{50,}|(?:AKIA|ASIA)[A-Z0-9]{16}|hf_[A-Za-z0-9]{30,}|npm_[A-Za-z0-9]{36}|dckr_pat_[A-Za-z0-9_-]{20,}|xox[abeoprs]-[A-Za-z0-9-]{10,}|sk-[A-Za-z0-9_-]{20,}|AIza[A-Za-z0-9_-]{35}|AKCp[A-Za-z0-9]{50,}|cmVmdGtuO[A-Za-z0-9+/=]{40,}|eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,})(?![A-Za-z0-9_])/gu;
const PRIVATE_KEY =
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]{0,8000}(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/gu;
/** What every secret has near it. */
const SIGN = /[@=:_-]|(?:AKIA|ASIA|AIza|AKCp|cmVm|eyJ)/u;

/** The text without secrets. Names of environment variables (`${TOKEN}`) and the `git@` of SSH are none. */
export function redactCredentials(text: string): string {
  if (!SIGN.test(text)) return text;
  const named = (whole: string, name: string, value: string): string =>
    isVariable(value) ? whole : `${name}${HIDDEN}`;
  return text
    .replace(PRIVATE_KEY, HIDDEN)
    .replace(USER_INFO, (_, scheme: string, info: string) => `${scheme}${redactedUser(scheme, info)}@`)
    .replace(ODD_PASSWORD, (_, scheme: string, info: string) => `${scheme}${redactedUser(scheme, info)}@`)
    .replace(PARAMETER, named)
    .replace(HEADER, named)
    .replace(FLAG, named)
    .replace(SETTING, (whole: string, name: string, value: string) => {
      if (CONSTRAINT.test(value) || isVariable(value.replaceAll(/["']/gu, ''))) return whole;
      const quote = /^["']/u.exec(value)?.[0] ?? '';
      return `${name}${quote}${HIDDEN}${quote}`;
    })
    .replace(TOKEN, HIDDEN);
}

/** Whether the text holds something that `redactCredentials` would hide. */
export function hasCredentials(text: string): boolean {
  return redactCredentials(text) !== text;
}

/** Whether any text in a value of JSON's kind does. */
export function holdsCredentials(value: unknown): boolean {
  let isFound = false;
  mapTexts(value, (text) => {
    isFound ||= hasCredentials(text);
    return text;
  });
  return isFound;
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
