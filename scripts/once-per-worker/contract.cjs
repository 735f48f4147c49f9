// Over a second until GitHub's contract is compiled, for each test file with a local GitHub.
module.exports = globalThis.loadOncePerWorker(
  "../../dist/test/support/local-github/contract/contract.js",
);
