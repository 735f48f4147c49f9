/** The compiled tests run as they are: what is tested is what ships. */
export default {
  // Tests wait for processes as much as they work: one worker a core, and not one fewer.
  maxWorkers: "100%",
  roots: ["<rootDir>/dist/test"],
  testMatch: ["**/*.test.js"],
  testEnvironment: "node",
  transform: {},
  testTimeout: 30_000,
};
