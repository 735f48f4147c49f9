import { availableParallelism } from "node:os";

/** The compiled tests run as they are: what is tested is what ships. */
export default {
  // One file more at once than there are cores: some wait for leases and processes, and leave theirs idle.
  maxWorkers: availableParallelism() + 1,
  roots: ["<rootDir>/dist/test"],
  testMatch: ["**/*.test.js"],
  testEnvironment: "<rootDir>/scripts/once-per-worker/environment.js",
  transform: {},
  // What is slow to load and the same for every test file.
  moduleNameMapper: {
    "^@ts-morph/common/dist/typescript\\.js$":
      "<rootDir>/scripts/once-per-worker/compiler.cjs",
    "/contract/contract\\.js$":
      "<rootDir>/scripts/once-per-worker/contract.cjs",
  },
  testTimeout: 120_000,
  testSequencer: "<rootDir>/scripts/slow-first.js",
};
