/** Small archives for tests, byte by byte: a wheel with its METADATA, and a source archive with its PKG-INFO. */
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';

/** A zip archive of these members, deflated; `padding` bytes of a stored member stand before them. */
export function makeZip(members: Readonly<Record<string, string>>, padding = 0): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  const all: [string, Buffer, boolean][] = [
    ...(padding > 0 ? [['padding.bin', Buffer.alloc(padding, 7), false] as [string, Buffer, boolean]] : []),
    ...Object.entries(members).map(([name, text]): [string, Buffer, boolean] => [
      name,
      Buffer.from(text),
      true,
    ]),
  ];
  for (const [name, content, isPacked] of all) {
    const packed = isPacked ? deflateRawSync(content) : content;
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(isPacked ? 8 : 0, 4);
    shared.writeUInt32LE(checksum(content), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(content.length, 18);
    shared.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), shared, tail, Buffer.from(name)]));
    bodies.push(local);
    offset += local.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(all.length, 8);
  end.writeUInt16LE(all.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, listing, end]);
}

function checksum(content: Buffer): number {
  return typeof crc32 === 'function' ? crc32(content) : 0;
}

/** A gzipped tar of these files. */
export function makeTarGz(files: Readonly<Record<string, string | Buffer>>): Buffer {
  const blocks = Object.entries(files).flatMap(([name, text]) => {
    const content = Buffer.from(text);
    const header = Buffer.alloc(512);
    header.write(name, 0, 'latin1');
    header.write('0000644\0', 100, 'latin1');
    header.write(content.length.toString(8).padStart(11, '0'), 124, 'latin1');
    header.write('0', 156, 'latin1');
    header.write('ustar\0' + '00', 257, 'latin1');
    header.write(' '.repeat(8), 148, 'latin1');
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    return [header, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

/** METADATA or PKG-INFO text. */
export function metadataText(
  name: string,
  version: string,
  lines: readonly string[] = [],
  format = '2.1',
): string {
  return [
    `Metadata-Version: ${format}`,
    `Name: ${name}`,
    `Version: ${version}`,
    ...lines,
    '',
    'A readme.',
  ].join('\n');
}

/** A wheel whose METADATA has these further lines. */
export function makeWheel(name: string, version: string, lines: readonly string[] = [], padding = 0): Buffer {
  const folder = `${name.replaceAll('-', '_')}-${version}.dist-info`;
  const members = {
    [`${folder}/METADATA`]: metadataText(name, version, lines),
    [`${folder}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    [`${folder}/RECORD`]: '',
  };
  return makeZip(members, padding);
}
