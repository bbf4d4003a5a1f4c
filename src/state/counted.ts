/** `1 project`, `2,000 projects`. */
export function counted(amount: number, one: string, many: string): string {
  return `${amount.toLocaleString('en-US')} ${amount === 1 ? one : many}`;
}
