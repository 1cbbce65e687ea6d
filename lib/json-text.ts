/** JSON that PostgreSQL has written already: it leaves as it is, without being read and written once more. */
export class JsonText {
  constructor(readonly text: string) {}
}
