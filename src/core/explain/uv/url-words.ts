/** uv's words on addresses that it refuses before or while it searches. */
import type { UvResult } from '../../resolver/uv/uv-result.ts';

type Complaint = NonNullable<UvResult['complaint']>;

function environmentsText(environments: string | undefined): string {
  if (environments === undefined) return '';
  return environments === '' ? ' in all marker environments' : ` in split \`${environments}\``;
}

/** uv's error text without its `error: `. */
export function complaintText(complaint: Complaint): string {
  const { project, environments } = complaint;
  if (complaint.kind === 'conflict') {
    const list = complaint.urls.map((url) => `\n- ${url}`).join('');
    return `Requirements contain conflicting URLs for package \`${project}\`${environmentsText(environments)}:${list}`;
  }
  return `Package \`${project}\` was included as a URL dependency. URL dependencies must be expressed as direct requirements or constraints. Consider adding \`${project} @ ${complaint.url}\` to your dependencies or constraints file.`;
}
