/** Bounds that both sides know. */
export const LIMITS = {
  /** Documents of one pull page. */
  pullPage: 1000,
  /** Rows of one push. */
  pushRows: 500,
  /** Documents that a reply about digests lists one by one; more are counted in buckets. */
  listedVersions: 500,
  /** Ids of one request for documents by id. */
  pickedIds: 100,
  /** Invoices of one page of the archive. */
  archivePage: 100,
  /** Bytes of one request body. */
  bodyBytes: 4 * 1024 * 1024,
  /** Bytes of the body of an import, after gzip: the largest real file makes 19 million. */
  importBytes: 32 * 1024 * 1024,
  /** Refusals that the reply of an import lists; how many there are is said exactly. */
  importRefusals: 10_000,
  /** Bytes that a terminal puts into one push before it starts another (well below `bodyBytes`). */
  pushBytes: 1024 * 1024,
  /** Bytes of one document, refused on the terminal when it is saved. */
  documentBytes: 512 * 1024,
  /** Nesting of a request body: an invoice needs 6. */
  jsonDepth: 16,
} as const;
