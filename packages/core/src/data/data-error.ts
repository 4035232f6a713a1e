/** What a user's data set is refused for: one sentence that says where. */
export class DataError extends Error {
  override readonly name = 'DataError';
}
