/**
 * Times are clamped to this where a pipeline has no `source-epoch`, in seconds since 1970: 2026-01-01T00:00:00Z.
 * Changing it changes every image.
 */
export const defaultSourceEpoch = 1767225600;
