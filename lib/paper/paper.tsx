import { join } from "node:path";
import { Document, Font, Page, renderToBuffer, StyleSheet, Text, View } from "@react-pdf/renderer";
import type { ReactNode } from "react";
import { directionOf, type Locale } from "@/lib/i18n/locales";

const fontOf = (path: string) => join(process.cwd(), "node_modules", path);
const latin = "geist/dist/fonts/geist-sans/Geist-";
const hebrew = "@fontsource/heebo/files/heebo-hebrew-";

/**
 * The fonts of the screens, each with the characters that it has. They are read anew: a font that drew one sheet keeps what its
 * signs stood for there, and in the next one the point of a price could be copied as nothing.
 */
function knowFonts(): void {
  const known = Font.getRegisteredFonts();
  for (const [family, regular, bold] of [
    ["Geist", `${latin}Regular.ttf`, `${latin}SemiBold.ttf`],
    ["Heebo", `${hebrew}400-normal.woff`, `${hebrew}600-normal.woff`],
  ] as const) {
    delete known[family];
    Font.register({
      family,
      fonts: [
        { src: fontOf(regular), fontWeight: 400 },
        { src: fontOf(bold), fontWeight: 600 },
      ],
    });
  }
  Font.registerHyphenationCallback((word) => [word]);
}

const styles = StyleSheet.create({
  page: {
    padding: 48,
    paddingBottom: 60,
    fontFamily: ["Geist", "Heebo"],
    color: "#1c1b19",
  },
  // A height of lines is a multiple of the size that stands beside it. None stands on the page: what the numbers of pages inherit
  // the library multiplies with every sheet, until no sheet can hold it.
  text: { fontSize: 10, lineHeight: 1.4 },
  title: { fontSize: 20, fontWeight: 600, marginBottom: 6 },
  section: { fontSize: 12, fontWeight: 600, marginTop: 14, marginBottom: 4 },
  quiet: { color: "#5c5953" },
  strong: { fontWeight: 600 },
  row: { flexDirection: "row", borderBottomWidth: 0.5, borderBottomColor: "#d9d5cd", paddingVertical: 4, gap: 10 },
  rowBack: { flexDirection: "row-reverse" },
  foot: { position: "absolute", bottom: 28, left: 48, right: 48, color: "#5c5953" },
  small: { fontSize: 8 },
});

// Directional marks order the text on a screen; a font has no picture of them.
const plain = (text: string) => text.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");

type LineProps = {
  locale: Locale;
  children: string;
  kind?: "title" | "section" | "quiet" | "strong" | "small";
  isCode?: boolean;
};

/** One paragraph, right to left where the language is; a code, such as a number to call, reads left to right in every language. */
export function PaperLine({ locale, children, kind, isCode = false }: LineProps) {
  const direction = directionOf(locale);
  const order = { direction: isCode ? "ltr" : direction, textAlign: direction === "rtl" ? "right" : "left" } as const;
  return <Text style={[styles.text, order, kind ? styles[kind] : {}]}>{plain(children)}</Text>;
}

type RowProps = {
  locale: Locale;
  cells: readonly (readonly [name: string, text: string])[];
  widths: readonly number[];
  isStrong?: boolean;
  /** Words and no figures: every cell begins where the language begins. */
  isProse?: boolean;
};

/** Cells side by side; the first begins where the language begins, the others end where it ends. */
export function PaperRow({ locale, cells, widths, isStrong = false, isProse = false }: RowProps) {
  const direction = directionOf(locale);
  const isRtl = direction === "rtl";
  return (
    <View style={[styles.row, isRtl ? styles.rowBack : {}]} wrap={false}>
      {cells.map(([name, text], place) => (
        <Text
          key={name}
          style={[
            styles.text,
            { flexGrow: widths[place] ?? 1, flexBasis: 0, direction },
            { textAlign: (place === 0 || isProse) === isRtl ? "right" : "left" },
            isStrong ? styles.strong : {},
          ]}
        >
          {plain(text)}
        </Text>
      ))}
    </View>
  );
}

type PaperProps = { title: string; locale: Locale; foot: string; isWide?: boolean; children: ReactNode };

let last: Promise<unknown> = Promise.resolve();

/**
 * A sheet of A4 as the bytes of a PDF, in the fonts of the screens; several have their numbers. One at a time, as the fonts are
 * one set for all.
 */
export function renderPaper(paper: PaperProps): Promise<Buffer> {
  const rendered = last.then(() => draw(paper));
  last = rendered.catch(() => undefined);
  return rendered;
}

function draw({ title, locale, foot, isWide = false, children }: PaperProps): Promise<Buffer> {
  knowFonts();
  return renderToBuffer(
    <Document title={title} language={locale}>
      <Page size="A4" orientation={isWide ? "landscape" : "portrait"} style={styles.page}>
        {children}
        <View style={styles.foot} fixed>
          <PaperLine locale={locale} kind="small">
            {foot}
          </PaperLine>
        </View>
        <Text
          style={[styles.foot, styles.small, { textAlign: directionOf(locale) === "rtl" ? "left" : "right" }]}
          render={({ pageNumber, totalPages }) => (totalPages > 1 ? `${pageNumber} / ${totalPages}` : "")}
          fixed
        />
      </Page>
    </Document>,
  );
}
