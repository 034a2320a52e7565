/** The trace that this terminal keeps of itself, as the operator is told of it before it is exported. */
export interface CaseSummary {
  /** Instants of the first and the last entry; '' where there is none. */
  readonly from: string;
  readonly to: string;
  readonly operations: number;
  readonly messages: number;
}

/** A file to be saved: JSON with pseudonyms in place of people. */
export interface CaseFile {
  readonly name: string;
  readonly text: string;
}

/** "Exportar caso para QA". A trace that cannot be read is an empty one; it never disturbs the desk. */
export interface CaseService {
  summary(): Promise<CaseSummary>;
  /** A new key each time: pseudonyms of two files cannot be compared. TERMINAL_UNKNOWN before it is enrolled. */
  export(): Promise<CaseFile>;
}
