/** Aborts when the job is cancelled. The runner sends SIGINT first, and SIGTERM 7.5 seconds later. */
export function interruption(): AbortSignal {
  const interrupt = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      interrupt.abort();
      setTimeout(() => process.exit(1), 7000);
    });
  }
  return interrupt.signal;
}
