/**
 * What pip, `pip check` and pkg_resources complain of in an environment: "a 1.0 requires b<2, but you have b 3.0". The
 * tool went on; what is wrong is what is installed.
 */
import { parseRequirement } from '../../../packaging/requirement.ts';
import type { Span } from '../../../packaging/result.ts';
import type { ManifestBuilder } from '../../manifest-builder.ts';
import type { Evidence } from '../evidence.ts';

export class PipEnvironment {
  readonly #evidence: Evidence;
  readonly #builder: ManifestBuilder;
  /** What is broken, a sentence each. */
  readonly sentences: string[] = [];

  constructor(evidence: Evidence, builder: ManifestBuilder) {
    this.#evidence = evidence;
    this.#builder = builder;
  }

  get hasComplaints(): boolean {
    return this.sentences.length > 0;
  }

  /** `name version` is installed. */
  has(name: string, version: string, span: Span): void {
    const pin = parseRequirement(`${name}==${version}`);
    if (!pin.ok) return;
    this.#evidence.exists(name, version);
    this.#builder.remove(
      'installed',
      ({ requirement }) =>
        requirement.normalizedName === pin.value.normalizedName && requirement.text !== pin.value.text,
    );
    this.#builder.addOnce('installed', pin.value, span);
  }

  /**
   * `host` has a requirement that the installed packages do not meet; `version` '' where it is not told, `found` what
   * is installed instead, null for nothing.
   */
  complains(host: string, version: string, requirement: string, found: string | null, span: Span): void {
    const at = version === '' ? (this.#evidence.newestOf(host) ?? '1.0') : version;
    if (version === '' && this.#evidence.newestOf(host) === null)
      this.#builder.guess(
        `Which release of \`${host}\` is installed is not in the text; ${at} stands for it.`,
      );
    const instead = found === null ? 'which is not installed' : `but ${found} is installed`;
    const sentence = `${host}${version === '' ? '' : ` ${version}`} requires ${requirement}, ${instead}.`;
    if (!this.sentences.includes(sentence)) this.sentences.push(sentence);
    this.has(host, at, span);
    this.#evidence.depends(host, at, requirement);
  }
}
