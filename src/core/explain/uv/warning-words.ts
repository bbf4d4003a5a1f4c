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
    case 'deprecated-mode':
      return 'The `if-necessary-or-explicit` pre-release mode is deprecated and will be removed in a future release. Use `if-necessary` instead.';
    default:
      return assertNever(warning);
  }
}
