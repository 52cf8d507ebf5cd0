/** Seconds before the second and before the third try of a download that failed for a reason that may pass. */
export const pauses: readonly number[] = [1, 3];

/** Whether a server that answers with this HTTP status may be overloaded or broken only for a while. */
export const isPassingStatus = (status: number) => status >= 500 || [408, 425, 429].includes(status);

/**
 * Whether no other try changes why `fetch` failed: the host doesn't exist, or its certificate or the URL is invalid.
 */
export const isFinal = (cause: Error) =>
  !("code" in cause) || /^(ENOTFOUND$|ERR_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/.test(String(cause.code));
