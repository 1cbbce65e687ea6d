import { crc32, createDeflateRaw } from "node:zlib";

type Entry = { name: string; crc: number; packed: number; size: number; at: number };

// 1 January 1980, the first day an archive can name: the same file twice is the same bytes.
const date = 0x21;
const sizesFollow = 0x0808;
const deflated = 8;

function localHeader(name: Buffer): Buffer {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(sizesFollow, 6);
  head.writeUInt16LE(deflated, 8);
  head.writeUInt16LE(date, 12);
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, name]);
}

function descriptor({ crc, packed, size }: Entry): Buffer {
  const tail = Buffer.alloc(16);
  tail.writeUInt32LE(0x08074b50, 0);
  for (const [place, value] of [crc, packed, size].entries()) tail.writeUInt32LE(value, 4 + place * 4);
  return tail;
}

function centralHeader({ name, crc, packed, size, at }: Entry): Buffer {
  const text = Buffer.from(name);
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(20, 6);
  head.writeUInt16LE(sizesFollow, 8);
  head.writeUInt16LE(deflated, 10);
  head.writeUInt16LE(date, 14);
  for (const [place, value] of [crc, packed, size].entries()) head.writeUInt32LE(value, 16 + place * 4);
  head.writeUInt16LE(text.length, 28);
  head.writeUInt32LE(at, 42);
  return Buffer.concat([head, text]);
}

function endOf(entries: number, size: number, at: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  return end;
}

/** Names a file of an archive and gives its text in pieces. */
export type ZipFile = { name: string; pieces: AsyncIterable<string> | Iterable<string> };

/** Writes files into a zip archive as they come, in memory that does not grow with them. Throws RangeError from 4 GiB on. */
export async function* writeZip(files: AsyncIterable<ZipFile>): AsyncGenerator<Uint8Array> {
  const entries: Entry[] = [];
  let at = 0;
  for await (const { name, pieces } of files) {
    const entry: Entry = { name, crc: 0, packed: 0, size: 0, at };
    const head = localHeader(Buffer.from(name));
    yield head;
    const deflate = createDeflateRaw();
    const feed = (async () => {
      try {
        for await (const piece of pieces) {
          const bytes = Buffer.from(piece);
          entry.crc = crc32(bytes, entry.crc);
          entry.size += bytes.length;
          if (!deflate.write(bytes)) await new Promise<void>((resume) => deflate.once("drain", resume));
        }
        deflate.end();
      } catch (error) {
        deflate.destroy(error instanceof Error ? error : new Error("a file could not be read"));
      }
    })();
    for await (const chunk of deflate) {
      entry.packed += (chunk as Buffer).length;
      yield chunk as Buffer;
    }
    await feed;
    if (Math.max(entry.size, at + entry.packed) > 0xf0000000) throw new RangeError("the archive is too large");
    yield descriptor(entry);
    at += head.length + entry.packed + 16;
    entries.push(entry);
  }
  const central = Buffer.concat(entries.map(centralHeader));
  yield central;
  yield endOf(entries.length, central.length, at);
}
