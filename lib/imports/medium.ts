/**
 * The medium of a first contact whose channel is known only as marketing wrote it (`organic search`).
 *
 * Who came by search, advertisement or link asked on a web page, which is the portal; blank stays unknown.
 */
export function mediumOfOrigin(origin: string | null): string {
  const text = origin?.trim().toLowerCase() ?? "";
  if (text === "" || text === "unknown" || text === "לא ידוע") return "unknown";
  const known: [RegExp, string][] = [
    [/e-?mail|newsletter|דוא"?ל|מייל/, "email"],
    [/social|facebook|instagram|tiktok|linkedin|רשת חברתית|פייסבוק|אינסטגרם/, "social"],
    [/phone|call|טלפון/, "phone"],
    [/sms|whatsapp|וואטסאפ/, "sms"],
    [/chat|צ'?אט/, "chat"],
    [/walk.?in|on.?site|office|model home|משרד/, "onsite"],
  ];
  return known.find(([pattern]) => pattern.test(text))?.[1] ?? "portal";
}
