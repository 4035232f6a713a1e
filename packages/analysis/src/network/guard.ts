/** What decides between two ways that the code may take: the same object for the same condition. */
export interface Guard {
  /** The condition, as the code has it. */
  readonly text: string;
  /** Whether one model may take both ways: on what it is given, and whether it is being trained. */
  readonly ofCall: boolean;
}
