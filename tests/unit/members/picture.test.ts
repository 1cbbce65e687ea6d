import { expect, test } from "vitest";
import { pictureTypeOf } from "@/lib/members/picture";

const bytes = (text: string) => Uint8Array.from([...text].map((letter) => letter.charCodeAt(0)));

test("a picture is known by its own marks", () => {
  expect(pictureTypeOf(bytes("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01"))).toBe("image/png");
  expect(pictureTypeOf(bytes(`\xff\xd8\xff\xe0${"\0".repeat(20)}`))).toBe("image/jpeg");
  expect(pictureTypeOf(bytes("RIFF\x10\0\0\0WEBPVP8 "))).toBe("image/webp");
});

test("what only calls itself a picture is none", () => {
  expect(pictureTypeOf(bytes("<svg onload=alert(1)>"))).toBeNull();
  expect(pictureTypeOf(bytes("GIF89a"))).toBeNull();
  expect(pictureTypeOf(bytes("\x89PNG\r\n\x1a\nnothing of a picture"))).toBeNull();
  expect(pictureTypeOf(bytes("RIFF\x10\0\0\0WAVEfmt "))).toBeNull();
  expect(pictureTypeOf(new Uint8Array())).toBeNull();
});
