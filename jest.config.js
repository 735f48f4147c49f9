/** The compiled tests run as they are: what is tested is what ships. */
export default {
  roots: ["<rootDir>/dist/test"],
  testMatch: ["**/*.test.js"],
  testEnvironment: "node",
  transform: {},
  testTimeout: 30_000,
};
