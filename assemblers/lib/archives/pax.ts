const block = 512;

/**
 * Sorts the records in every extended header of an archive of the format pax (POSIX, "pax Interchange Format"). tar
 * writes attributes in the order in which the tree's file system lists them.
 */
export async function* sortRecords(archive: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const source = reader(archive);
  let recordedSize: number | undefined;
  for (;;) {
    const header = await source.take(block);
    yield header;
    if (header.length < block) return;
    const size = recordedSize ?? (Number.parseInt(header.toString("latin1", 124, 136), 8) || 0);
    const padded = Math.ceil(size / block) * block;
    recordedSize = undefined;
    if (header.toString("latin1", 156, 157) !== "x") {
      yield* source.pass(padded);
      continue;
    }
    const content = await source.take(padded);
    const records = parseRecords(content.toString("latin1", 0, size));
    // The header that follows can't express a size of 8 GiB or more, so a record does.
    const longSize = records.find(({ key }) => key === "size")?.value;
    if (longSize !== undefined) recordedSize = Number(longSize);
    content.write(records.map(({ text }) => text).join(""), "latin1");
    yield content;
  }
}

interface PaxRecord {
  readonly key: string;
  readonly value: string;
  readonly text: string;
}

/** Records by key. Each is its own length, a space, `key=value` and a line break. */
function parseRecords(text: string): readonly PaxRecord[] {
  const records: PaxRecord[] = [];
  for (let rest = text; rest !== ""; ) {
    const record = rest.slice(0, Number.parseInt(rest, 10));
    const [, key = "", value = ""] = /^\d+ ([^=]*)=(.*)\n$/s.exec(record) ?? [];
    records.push({ key, value, text: record });
    rest = rest.slice(record.length);
  }
  return records.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Reads a stream by numbers of bytes: `take` collects them, `pass` hands them on. */
function reader(stream: AsyncIterable<Buffer>) {
  const chunks = stream[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  async function* pass(count: number): AsyncGenerator<Buffer> {
    for (let left = count; left > 0; ) {
      if (rest.length === 0) {
        const { done, value } = await chunks.next();
        if (done) return;
        rest = value;
      }
      const part = rest.subarray(0, left);
      rest = rest.subarray(part.length);
      left -= part.length;
      yield part;
    }
  }
  const take = async (count: number) => Buffer.concat(await Array.fromAsync(pass(count)));
  return { pass, take };
}
