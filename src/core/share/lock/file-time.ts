/** A moment in RFC 3339 as uv writes it: milliseconds at most, without zeros at their end. */
export function fileTime(time: string): string {
  return time
    .replace(/\.(\d{1,3})\d*/u, '.$1')
    .replace(/(\.\d*?)0+Z$/u, '$1Z')
    .replace('.Z', 'Z');
}
