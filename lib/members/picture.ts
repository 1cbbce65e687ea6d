/** The largest photo of a member, in bytes. */
export const maxPhotoBytes = 1024 * 1024;

export const photoTypes = ["image/png", "image/jpeg", "image/webp"] as const;
export type PhotoType = (typeof photoTypes)[number];

const holds = (content: Uint8Array, offset: number, bytes: readonly number[]) =>
  bytes.every((byte, index) => content[offset + index] === byte);
const letters = (text: string) => [...text].map((letter) => letter.charCodeAt(0));

/** Which picture these bytes are, whatever their name says: PNG, JPEG or WebP by their own marks, else null. */
export function pictureTypeOf(content: Uint8Array): PhotoType | null {
  const isPng = holds(content, 0, [0x89, ...letters("PNG\r\n"), 0x1a, 0x0a]) && holds(content, 12, letters("IHDR"));
  if (isPng) return "image/png";
  if (holds(content, 0, [0xff, 0xd8, 0xff]) && content.length > 20) return "image/jpeg";
  const isWebp = holds(content, 0, letters("RIFF")) && holds(content, 8, letters("WEBPVP8"));
  return isWebp ? "image/webp" : null;
}
