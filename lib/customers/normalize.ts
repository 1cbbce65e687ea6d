/** Marks that steer the direction of text, join or hide: they ride along when a contact is copied from somewhere. */
const invisible = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** A text without invisible marks, with single spaces and none around it. */
export function tidyText(raw: string): string {
  return raw.replace(invisible, "").replace(/\s+/g, " ").trim();
}

const localPart = /^[^\s@"(),:;<>[\]\\]{1,64}$/;
const domainLabel = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The one form in which an e-mail address is stored and compared: lower case, domain in ASCII; null when it is none.
 *
 * Takes `mailto:` links and `Name <address>`. Dots and plus parts stay, because only one provider ignores them.
 */
export function normalizeEmail(raw: string): string | null {
  const text = tidyText(raw.normalize("NFKC"));
  const address = (/<([^<>]*)>$/.exec(text)?.[1] ?? text).trim().replace(/^mailto:/i, "");
  const at = address.lastIndexOf("@");
  const local = address.slice(0, Math.max(0, at)).toLowerCase();
  const domain = asciiDomain(address.slice(at + 1).toLowerCase());
  if (!localPart.test(local) || /^\.|\.\.|\.$/.test(local)) return null;
  const labels = domain.split(".");
  if (labels.length < 2 || !labels.every((label) => domainLabel.test(label))) return null;
  if (/^\d+$/.test(labels.at(-1) ?? "")) return null;
  const email = `${local}@${domain}`;
  return email.length <= 254 ? email : null;
}

function asciiDomain(domain: string): string {
  const isAscii = /^[a-z0-9.-]*$/.test(domain);
  if (isAscii || !URL.canParse(`http://${domain}`)) return domain;
  return new URL(`http://${domain}`).hostname;
}

/**
 * The one form in which a social handle is stored and compared: lower case, without @ and profile address.
 *
 * Null when nothing that could be a handle is left.
 */
export function normalizeHandle(raw: string): string | null {
  const text = tidyText(raw.normalize("NFKC"));
  // What an address had encoded is written in compatible signs only now.
  const handle = (handleInAddress(text) ?? text).normalize("NFKC").replace(/^@+/, "").toLowerCase().normalize("NFKC");
  return /^[^\s@/?#]{1,100}$/u.test(handle) ? handle : null;
}

function handleInAddress(text: string): string | null {
  const isAddress = /^(https?:\/\/|www\.)/i.test(text) || /^[a-z0-9-]+(\.[a-z0-9-]+)+\/./i.test(text);
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  if (!isAddress || !URL.canParse(address)) return null;
  const { pathname, searchParams } = new URL(address);
  const segments = pathname.split("/").filter((segment) => segment !== "");
  if (segments[0] === "profile.php") return searchParams.get("id") ?? "";
  const name = /^(in|company|user|u|c|channel|add)$/i.test(segments[0] ?? "") ? segments[1] : segments[0];
  return decodeSegment(name ?? "");
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) return segment;
    throw error;
  }
}
