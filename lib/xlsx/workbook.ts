import { writeZip, type ZipFile } from "./zip";

/** What stands in a cell: text, a number, or nothing. */
export type Cell = string | number | null;

/** How many rows a sheet can hold; what is more goes on in another sheet. */
export const sheetRows = 1_048_576;

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const relations = "http://schemas.openxmlformats.org/package/2006/relationships";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** Text as XML holds it; characters that XML cannot hold are left out. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replace(/[&<>]/g, (character) => entities[character] ?? "");
}

// Text is written as text, never as a formula, whatever it begins with. A cell holds 32,767 characters.
function cellXml(cell: Cell): string {
  if (cell === null) return "<c/>";
  if (typeof cell === "number") return `<c><v>${cell}</v></c>`;
  return `<c t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell.slice(0, 32_767))}</t></is></c>`;
}

const rowXml = (row: readonly Cell[]) => `<row>${row.map(cellXml).join("")}</row>`;

type Options = { isRightToLeft: boolean; rowsPerSheet?: number };

const small = (name: string, xml: string): ZipFile => ({ name, pieces: [head + xml] });

function* lastParts(sheets: number): Generator<ZipFile> {
  const numbers = Array.from({ length: sheets }, (_, place) => place + 1);
  const type = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  yield small(
    "xl/workbook.xml",
    `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${numbers.map((each) => `<sheet name="${each}" sheetId="${each}" r:id="rId${each}"/>`).join("")}</sheets></workbook>`,
  );
  yield small(
    "xl/_rels/workbook.xml.rels",
    `<Relationships xmlns="${relations}">${numbers.map((each) => `<Relationship Id="rId${each}" Type="${office}/worksheet" Target="worksheets/sheet${each}.xml"/>`).join("")}</Relationships>`,
  );
  yield small(
    "_rels/.rels",
    `<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  );
  yield small(
    "[Content_Types].xml",
    `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/>${numbers.map((each) => `<Override PartName="/xl/worksheets/sheet${each}.xml" ContentType="${type}.worksheet+xml"/>`).join("")}</Types>`,
  );
}

/** Writes rows as a spreadsheet in pieces, as they come and however many: a full sheet is followed by another. */
export function writeWorkbook(
  batches: AsyncIterable<readonly (readonly Cell[])[]>,
  { isRightToLeft, rowsPerSheet = sheetRows }: Options,
): AsyncGenerator<Uint8Array> {
  const source = batches[Symbol.asyncIterator]();
  let waiting: (readonly Cell[])[] = [];
  let isOver = false;
  const fill = async () => {
    while (waiting.length === 0 && !isOver) {
      const { done, value } = await source.next();
      if (done) isOver = true;
      else waiting = [...value];
    }
  };
  async function* sheet(): AsyncGenerator<string> {
    yield `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"${isRightToLeft ? ' rightToLeft="1"' : ""}/></sheetViews><sheetData>`;
    for (let left = rowsPerSheet; left > 0; ) {
      await fill();
      if (waiting.length === 0) break;
      const taken = waiting.slice(0, left);
      waiting = waiting.slice(left);
      left -= taken.length;
      yield taken.map(rowXml).join("");
    }
    yield "</sheetData></worksheet>";
  }
  async function* files(): AsyncGenerator<ZipFile> {
    let sheets = 0;
    do {
      sheets += 1;
      yield { name: `xl/worksheets/sheet${sheets}.xml`, pieces: sheet() };
      await fill();
    } while (waiting.length > 0);
    yield* lastParts(sheets);
  }
  return writeZip(files());
}
