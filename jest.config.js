/** The compiled tests run as they are: what is tested is what ships. */
export default {
  // One after the other: some tests kill servers and start them again, and tell the port they listen on to others.
  maxWorkers: 1,
  roots: ["<rootDir>/dist/test"],
  testMatch: ["**/*.test.js"],
  testEnvironment: "node",
  transform: {},
  testTimeout: 30_000,
};
