/** uv's warnings on a solution. */
import { assertNever } from '../../packaging/assert.ts';
import type { UvWarning } from '../../resolver/uv/warnings.ts';

/** Without uv's `warning: `. */
export function warningText(warning: UvWarning): string {
  switch (warning.kind) {
    case 'missing-extra':
      return `The package \`${warning.name}==${warning.version}\` does not have an extra named \`${warning.extra}\``;
    case 'yanked': {
      const reason = warning.reason === '' ? '' : ` (reason: "${warning.reason}")`;
      return `\`${warning.name}==${warning.version}\` is yanked${reason}`;
    }
    case 'unpinned':
      return warning.isDirect
        ? `The direct dependency \`${warning.name}\` is unpinned. Consider setting a lower bound when using \`--resolution lowest\` or \`--resolution lowest-direct\` to avoid using outdated versions.`
        : `The transitive dependency \`${warning.name}\` is unpinned. Consider setting a lower bound with a constraint when using \`--resolution lowest\` to avoid using outdated versions.`;
    case 'deprecated-mode':
      return 'The `if-necessary-or-explicit` pre-release mode is deprecated and will be removed in a future release. Use `if-necessary` instead.';
    default:
      return assertNever(warning);
  }
}
