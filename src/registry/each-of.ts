/** The files that are transferred at once. More of them would only share the same connection. */
const filesAtOnce = 4;

/** Does work for each item, for a few at a time. */
export async function eachOf<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  // All must have ended before the caller clears away what they do.
  const workers = Array.from({ length: filesAtOnce }, () => worker().finally(() => left.splice(0)));
  for (const ended of await Promise.allSettled(workers)) if (ended.status === "rejected") throw ended.reason;
}
