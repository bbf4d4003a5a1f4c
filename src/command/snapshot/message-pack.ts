/** Reads MessagePack, as far as pip's HTTP cache needs it: maps, arrays, texts, bytes, numbers, booleans, nil. */

/** A value; maps have texts as keys. */
export type Packed =
  null | boolean | number | string | Uint8Array | readonly Packed[] | { readonly [key: string]: Packed };

/** Throws a RangeError when the bytes end too early, and an Error for a type that pip does not write. */
export function readMessagePack(bytes: Uint8Array): Packed {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const take = (count: number) => {
    if (at + count > bytes.length) throw new RangeError('it ends too early');
    at += count;
    return at - count;
  };
  const size = (width: 1 | 2 | 4): number => {
    const from = take(width);
    if (width === 1) return view.getUint8(from);
    return width === 2 ? view.getUint16(from) : view.getUint32(from);
  };
  const raw = (count: number) => {
    const from = take(count);
    return bytes.slice(from, from + count);
  };
  const text = (count: number) => new TextDecoder().decode(raw(count));
  const list = (count: number): Packed => Array.from({ length: count }, () => value());
  const map = (count: number): Packed =>
    Object.fromEntries(
      Array.from({ length: count }, () => {
        const key = value();
        return [typeof key === 'string' ? key : '', value()];
      }),
    );
  function value(): Packed {
    const type = size(1);
    if (type < 0x80) return type;
    if (type < 0x90) return map(type & 15);
    if (type < 0xa0) return list(type & 15);
    if (type < 0xc0) return text(type & 31);
    if (type >= 0xe0) return type - 256;
    switch (type) {
      case 0xc4:
        return raw(size(1));
      case 0xc5:
        return raw(size(2));
      case 0xc6:
        return raw(size(4));
      case 0xd9:
        return text(size(1));
      case 0xda:
        return text(size(2));
      case 0xdb:
        return text(size(4));
      case 0xc0:
        return null;
      case 0xc2:
        return false;
      case 0xc3:
        return true;
      case 0xcb:
        return view.getFloat64(take(8));
      case 0xcc:
        return size(1);
      case 0xcd:
        return size(2);
      case 0xce:
        return size(4);
      case 0xcf:
        return Number(view.getBigUint64(take(8)));
      case 0xdc:
        return list(size(2));
      case 0xdd:
        return list(size(4));
      case 0xde:
        return map(size(2));
      case 0xdf:
        return map(size(4));
      default:
        throw new Error(`an unexpected type ${type}`);
    }
  }
  return value();
}
