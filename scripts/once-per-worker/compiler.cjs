// Half a second, for most test files.
module.exports = globalThis.loadOncePerWorker(
  "@ts-morph/common/dist/typescript.js",
  "ts-morph",
);
