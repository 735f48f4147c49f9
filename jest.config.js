/** The compiled tests run as they are: what is tested is what ships. */
export default {
  // As many files at once as there are cores, whatever else Jest would choose.
  maxWorkers: "100%",
  roots: ["<rootDir>/dist/test"],
  testMatch: ["**/*.test.js"],
  testEnvironment: "node",
  transform: {},
  testTimeout: 120_000,
  testSequencer: "<rootDir>/scripts/slow-first.js",
};
