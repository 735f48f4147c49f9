import { expect, test } from "@jest/globals";
import { decodeText, maxFileBytes } from "#gate/decode-text.js";

test("UTF-8 is read, its mark dropped", () => {
  expect(decodeText(Buffer.from("\uFEFFgrüße\n"))).toEqual({ text: "grüße\n" });
});

test("UTF-16 is read by its mark, in either order", () => {
  const little = Buffer.from("\uFEFFkey = 1\n", "utf16le");
  const big = Buffer.from(little).swap16();

  expect(decodeText(little)).toEqual({ text: "key = 1\n" });
  expect(decodeText(big)).toEqual({ text: "key = 1\n" });
});

test("bytes that are not UTF-8 are read as Latin-1", () => {
  expect(decodeText(Buffer.from([0x63, 0x61, 0x66, 0xe9]))).toEqual({
    text: "café",
  });
});

test.each([
  ["binary", Buffer.from([0x50, 0x4e, 0x47, 0, 1])],
  ["binary", Buffer.from("no mark", "utf16le")],
  [
    "lfs-pointer",
    Buffer.from(
      `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 9\n`,
    ),
  ],
  ["too-large", Buffer.alloc(maxFileBytes + 1, 97)],
])("%s content is a gap that says why", (kind, bytes) => {
  expect(decodeText(bytes)).toMatchObject({ gap: { kind } });
});

test("a long text that starts like an LFS pointer is read", () => {
  const text = `version https://git-lfs.github.com/spec/v1\n${"x = 1\n".repeat(400)}`;

  expect(decodeText(Buffer.from(text))).toEqual({ text });
});
