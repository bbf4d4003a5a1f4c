/** Facts and conclusions in uv's words. */
import { assertNever } from '../../packaging/assert.ts';
import type { VersionRange } from '../../packaging/version-range.ts';
import type { Version } from '../../packaging/version.ts';
import type { UvFailure } from '../../resolver/uv/failure.ts';
import { comparePackages, packageText, projectName, type UvPackage } from '../../resolver/uv/package.ts';
import { isPackageReason } from '../../resolver/uv/unavailable-reason.ts';
import type { Conclusion, Fact, RangeTerm } from './error-tree.ts';
import { availabilityRange, isPlural, packageRangeText, type RangeRole } from './package-range.ts';
import { padded } from './padding.ts';
import {
  packageReasonText,
  reasonExample,
  unsatisfiableText,
  versionReasonText,
} from './unavailable-words.ts';

type Dependency = Extract<Fact, { kind: 'dependency' }>;
type Unavailable = Extract<Fact, { kind: 'unavailable' }>;
type NoVersions = Extract<Fact, { kind: 'no-versions' }>;

/** uv knows Python 3.13.0 as 3.13. */
function trimmedText({ text }: Version): string {
  return text.replace(/(?:\.0)+$/u, '');
}

/** The terms of a conclusion, as far as the words need them. */
export type Terms = Pick<Conclusion, 'packages' | 'terms'>;

export class FactWords {
  readonly #failure: UvFailure;

  constructor(failure: UvFailure) {
    this.#failure = failure;
  }

  /** One fact: `all versions of a depend on b>=2`. */
  fact(fact: Fact): string {
    switch (fact.kind) {
      case 'root':
        return 'we are solving dependencies of root 0';
      case 'no-versions':
        return this.#noVersions(fact);
      case 'unavailable':
        return this.#unavailable(fact);
      case 'dependency':
        return this.#dependency(fact);
      default:
        return assertNever(fact);
    }
  }

  /** Two facts; two dependencies of the same versions share their subject. */
  facts(first: Fact, second: Fact): string {
    if (first.kind === 'dependency' && this.#isPlainMember(first)) return this.fact(second);
    if (second.kind === 'dependency' && this.#isPlainMember(second)) return this.fact(first);
    if (
      first.kind === 'dependency' &&
      second.kind === 'dependency' &&
      first.dependent === second.dependent &&
      first.versions.equals(second.versions)
    ) {
      const wanted = this.#range(first.dependency, first.required, 'dependency');
      const other = this.#range(second.dependency, second.required, 'dependency');
      const both = `${padded('', wanted, ' ')}and${padded(' ', other, '')}`;
      return this.#dependsOn(first, both);
    }
    return `${padded('', this.fact(first), ' ')}and ${this.fact(second)}`;
  }

  /** What a step concludes: `a>=2 cannot be used`. */
  terms({ packages, terms }: Terms): string {
    const sorted = packages
      .map((packageNumber, index) => ({ packageNumber, term: terms[index]! }))
      .sort((a, b) => comparePackages(this.#package(a.packageNumber), this.#package(b.packageNumber)));
    const [first, second] = sorted;
    if (first === undefined) return 'the requirements are unsatisfiable';
    if (second === undefined) return this.#singleTerm(first.packageNumber, first.term);
    if (sorted.length === 2 && first.term.isPositive !== second.term.isPositive) {
      const [dependent, needed] = first.term.isPositive ? [first, second] : [second, first];
      return this.#dependency({
        kind: 'dependency',
        dependent: dependent.packageNumber,
        versions: dependent.term.versions,
        dependency: needed.packageNumber,
        required: needed.term.versions,
      });
    }
    const texts = sorted.map(({ packageNumber, term }) => this.#term(packageNumber, term));
    return `${texts.join(texts.length === 2 ? ' and ' : ', ')} are incompatible`;
  }

  #rootRequires(): string {
    if (this.#failure.member !== null) return 'your project requires';
    return this.#failure.isProject ? 'your project depends on' : 'you require';
  }

  /** The project itself, one of its extras (`sample[web]`) or groups (`sample:dev`): never with a version. */
  #memberText(item: UvPackage): string | null {
    const { member } = this.#failure;
    if (member === null || item.kind === 'marker' || projectName(item) !== member) return null;
    const isBase = item.kind === 'package' && item.extra === null;
    return isBase ? 'your project' : packageText(item);
  }

  /** Of what the root asks for, the project itself goes without saying. */
  #isPlainMember(fact: Dependency): boolean {
    return (
      this.#package(fact.dependent).kind === 'root' &&
      this.#memberText(this.#package(fact.dependency)) === 'your project'
    );
  }

  #package(packageNumber: number): UvPackage {
    return this.#failure.packages[packageNumber]!;
  }

  #singleTerm(packageNumber: number, term: RangeTerm): string {
    const item = this.#package(packageNumber);
    if (item.kind === 'root') {
      return `${this.#failure.isProject ? "your project's requirements" : 'your requirements'} are unsatisfiable`;
    }
    const member = this.#memberText(item);
    if (member !== null && item.kind === 'package') return `${member}'s requirements are unsatisfiable`;
    if (item.kind !== 'package') return `${this.#term(packageNumber, term)} cannot be used`;
    const range = this.#range(packageNumber, term.versions, 'compatibility');
    return `${range} ${term.isPositive ? 'cannot' : 'must'} be used`;
  }

  #term(packageNumber: number, { isPositive, versions }: RangeTerm): string {
    if (isPositive) return this.#range(packageNumber, versions, 'compatibility');
    const single = versions.singleVersion;
    if (single !== null) return `${packageText(this.#package(packageNumber))}!=${single.text}`;
    return this.#range(packageNumber, versions.complement(), 'compatibility');
  }

  #range(packageNumber: number, range: VersionRange, role: RangeRole): string {
    const item = this.#package(packageNumber);
    if (item.kind === 'root') return this.#failure.isProject ? 'your project' : 'your requirements';
    const member = this.#memberText(item);
    if (member !== null) return member;
    return packageRangeText(packageText(item), range, role);
  }

  #noVersions({ package: packageNumber, versions }: NoVersions): string {
    const item = this.#package(packageNumber);
    const name = packageText(item);
    if (item.kind === 'python') {
      const { python } = this.#failure;
      const [word, version] =
        item.role === 'installed'
          ? ['current', trimmedText(python.installed)]
          : ['requested', python.targetText];
      return `the ${word} Python version (${version}) does not satisfy ${this.#range(packageNumber, versions, 'compatibility')}`;
    }
    if (versions.isFull) return `there are no versions of ${name}`;
    const single = versions.singleVersion;
    if (single !== null) return `there is no version of ${name}==${single.text}`;
    const project = projectName(item);
    const listing = project === null ? undefined : this.#failure.included.get(project);
    const left = versions.complement();
    const range = listing === undefined ? left : availabilityRange(left, listing);
    if (range.hasNoSegments) return `there are no versions of ${name}`;
    const text = this.#range(packageNumber, range, 'availability');
    if (range.segments().length === 1) return `only ${text} is available`;
    return `only the following versions of ${name} ${text}`;
  }

  #unavailable({ package: packageNumber, versions, reason }: Unavailable): string {
    const item = this.#package(packageNumber);
    if (isPackageReason(reason)) return `${packageText(item)} ${packageReasonText(reason)}`;
    if (item.kind === 'root') {
      if (reason.kind === 'unsatisfiable-dependency')
        return `${this.#rootRequires()} ${unsatisfiableText(reason)}`;
      return `your requirements cannot be used because ${versionReasonText(reason, false)}`;
    }
    const member = this.#memberText(item);
    if (member !== null) return `${member} ${versionReasonText(reason, false)}`;
    const range = this.#range(packageNumber, versions, 'compatibility');
    const message = versionReasonText(reason, isPlural(versions, 'compatibility'));
    const example = reasonExample(reason, this.#failure.tags);
    return example === null
      ? range + padded(' ', message, '')
      : `${range}${padded(' ', message, ' ')}${example}`;
  }

  #dependency(fact: Dependency): string {
    const dependent = this.#memberText(this.#package(fact.dependent));
    const needed = this.#package(fact.dependency);
    if (dependent !== null && projectName(needed) === this.#failure.member) {
      const wanted = packageRangeText(packageText(needed), fact.required, 'dependency');
      return dependent === 'your project'
        ? `${dependent} has an incompatible dependency on itself`
        : `${dependent} depends on itself at an incompatible version (${wanted})`;
    }
    return this.#dependsOn(fact, this.#range(fact.dependency, fact.required, 'dependency'));
  }

  #dependsOn({ dependent, versions, dependency }: Dependency, wanted: string): string {
    if (this.#package(dependent).kind === 'root') {
      return this.#package(dependency).kind === 'root' ? wanted : `${this.#rootRequires()} ${wanted}`;
    }
    const subject = this.#range(dependent, versions, 'compatibility');
    const isMember = this.#memberText(this.#package(dependent)) !== null;
    const verb = !isMember && isPlural(versions, 'compatibility') ? 'depend' : 'depends';
    return `${padded('', subject, ' ')}${verb} on ${wanted}`;
  }
}
