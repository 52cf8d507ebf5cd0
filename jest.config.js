export default {
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  extensionsToTreatAsEsm: [".ts"],
  transform: { "\\.ts$": "<rootDir>/__tests__/support/strip-types.js" },
  // What a build works in, while it does.
  modulePathIgnorePatterns: ["<rootDir>/build/"],
  testSequencer: "<rootDir>/__tests__/support/longest-first.js",
  testTimeout: 600_000,
  // Tests share two things that don't divide: the processor and the disk.
  maxWorkers: 2,
};
